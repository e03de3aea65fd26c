import type { RankedPassage } from '../../retrieval/passage.ts';
import { contentStems } from '../../retrieval/text/stop-words.ts';
import { tokenize } from '../../retrieval/text/terms.ts';

import { isTableRow, statementsOf } from './table-rows.ts';

/** A sentence of a file and the number of its passage, from 1. */
export interface FileStatement {
  text: string;
  number: number;
}

/**
 * So many sentences that stand for each file as a whole, in its order: what it begins with, and from
 * further on those that have most of the words that the file comes back to.
 */
export function summarizeFiles(
  passages: readonly RankedPassage[],
  { sentences: most }: { sentences: number },
): FileStatement[] {
  const numbered = passages.map((passage, at) => ({ passage, number: at + 1 }));
  const files = [...Map.groupBy(numbered, ({ passage }) => passage.pageUrl).values()];
  const each = Math.max(1, Math.round(most / Math.max(1, files.length)));
  return files.flatMap((file) => {
    const statements = file
      .toSorted((one, other) => one.passage.position - other.passage.position)
      .flatMap(({ passage, number }) =>
        statementsOf(passage.text).map((text) => ({ text, number })),
      );
    const told = statements.filter(isTelling);
    return choose(told.length >= each ? told : statements, each);
  });
}

function choose(statements: readonly FileStatement[], most: number): FileStatement[] {
  if (statements.length <= most) return [...statements];
  const head = Math.ceil(most / 2);
  const stems = statements.map(({ text }) => new Set(contentStems(tokenize(text))));
  const counts = new Map<string, number>();
  for (const stem of stems.flatMap((own) => [...own])) {
    counts.set(stem, (counts.get(stem) ?? 0) + 1);
  }
  const chosen = new Set(statements.slice(0, head).keys());
  const said = new Set([...chosen].flatMap((at) => [...(stems[at] ?? [])]));
  while (chosen.size < most) {
    let best = { at: -1, score: -1 };
    for (const [at, own] of stems.entries()) {
      if (chosen.has(at)) continue;
      // What has been said tells nothing new, and a long sentence is not better for its length.
      const news = [...own].filter((stem) => !said.has(stem));
      const weight = news.reduce((sum, stem) => sum + Math.log(counts.get(stem) ?? 1), 0);
      const score = weight / Math.sqrt(Math.max(4, own.size));
      if (score > best.score) best = { at, score };
    }
    if (best.at === -1) break;
    chosen.add(best.at);
    for (const stem of stems[best.at] ?? []) said.add(stem);
  }
  return [...chosen].sort((one, other) => one - other).flatMap((at) => statements[at] ?? []);
}

/** Page numbers, names and rows of tables say little by themselves. */
function isTelling({ text }: FileStatement): boolean {
  const words = text.match(/\p{L}{2,}/gu)?.length ?? 0;
  return words >= 4 && text.length <= 400 && !isTableRow(text);
}
