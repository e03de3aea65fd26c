import type { AmountKind, Fact, Subject } from '../fact.ts';
import type { SourcePage } from '../source-page.ts';
import { NUMBER, readAmount, SCALE } from './amount.ts';
import { licenceName } from './licence.ts';
import { found } from './parameters.ts';
import { foldName } from './subject.ts';
import { tablesOf } from './tables.ts';

/** What a table of models says in the release's own row, by the names of its columns. */
export function readSpecTables(page: SourcePage, subject: Subject): Fact[] {
  return tablesOf(page).flatMap(({ header, rows }) => {
    const own = rows.find(({ cells }) => subject.aliases.includes(foldName(cells[0] ?? '')));
    if (own === undefined) return [];
    const context = header.filter((name) => name !== '').join(' | ');
    const quoted = { text: own.quote, page };
    return header.flatMap((name, at): Fact[] => {
      const cell = own.cells[at] ?? '';
      if (at > 0 && /^licen[sc]e$/iu.test(name) && /\p{L}/u.test(cell)) {
        return [{ ...found({ kind: 'licence', name: licenceName(cell) }, cell, quoted), context }];
      }
      const rule = COLUMNS.find(({ pattern }) => pattern.test(name));
      const [, digits, scale] = AMOUNT.exec(cell) ?? [];
      const amount = readAmount(digits, scale);
      if (at === 0 || rule === undefined || amount === null || amount.value < rule.least) return [];
      return [{ ...found({ kind: rule.kind, amount }, cell, quoted), context }];
    });
  });
}

const AMOUNT = new RegExp(`^${NUMBER}${SCALE}?(?:\\s*(?:tokens?|params?|parameters))?$`, 'iu');

const COLUMNS: readonly { kind: AmountKind; pattern: RegExp; least: number }[] = [
  { kind: 'active-parameters', pattern: /activ(?:e|ated)/iu, least: 1e6 },
  { kind: 'parameters', pattern: /param|model size|параметр/iu, least: 1e6 },
  { kind: 'context', pattern: /context|max.{0,10}tokens|контекст/iu, least: 256 },
  { kind: 'training-tokens', pattern: /train.{0,6}tokens|^tokens$/iu, least: 1e8 },
  { kind: 'dimensions', pattern: /^(?:embedding )?dim(?:ension)?s?$/iu, least: 16 },
];
