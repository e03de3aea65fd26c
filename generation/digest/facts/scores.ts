import type { Amount, Fact, Score, Subject } from '../fact.ts';
import type { SourcePage } from '../source-page.ts';
import { readAmount } from './amount.ts';
import { BENCHMARK } from './benchmarks.ts';
import { found } from './parameters.ts';
import type { PageStatement } from './statements.ts';
import { isSaidOf, isSubject, namesIn } from './subject.ts';
import { tablesOf, type PageTable } from './tables.ts';

/** Scores of a page's tables, whichever way they lie: the release's own and those beside them. */
export function readScoreTables(page: SourcePage, subject: Subject): Fact[] {
  return tablesOf(page).flatMap((table) => {
    const cells = byColumns(table, subject) ?? byRows(table, subject) ?? [];
    return cells.flatMap(({ benchmark, system, isOwn, cell, quote }) => {
      const read = readCell(cell, benchmark);
      if (read === null) return [];
      const score: Score = { benchmark, system, isOwn, from: null, ...read };
      const context = table.header.filter((name) => name !== '').join(' | ');
      return [{ ...found({ kind: 'score', score }, cell, { text: quote, page }), context }];
    });
  });
}

/** Scores of a sentence or an item of a list. */
export function readScores(statement: PageStatement, subject: Subject): Fact[] {
  const { text, kind } = statement;
  if (kind !== 'sentence' || !/\d/u.test(text)) return [];
  const facts: Fact[] = [];
  const taken: [number, number][] = [];
  for (const { pattern, read } of SENTENCES) {
    for (const match of text.matchAll(pattern)) {
      const groups = match.groups ?? {};
      const from = match.index;
      const to = from + match[0].length;
      if (taken.some(([start, end]) => from < end && start < to)) continue;
      const named = tidy(groups['benchmark'] ?? '');
      const metric = METRIC.exec(text.slice(0, from))?.[1];
      const benchmark = metric === undefined || named === '' ? named : `${named} (${metric})`;
      const unit = groups['unit'] === '%' ? 'percent' : 'points';
      const amount = readAmount(groups['to']?.replace(',', '.'), undefined);
      if (amount === null || benchmark === '' || isNoScore(amount, benchmark)) continue;
      taken.push([from, to]);
      // Whose it is may stand between the benchmark and the value.
      const owner = ownerOf(statement, text.indexOf(groups['to'] ?? '', from), subject);
      const before =
        read === 'change' ? readAmount(groups['from']?.replace(',', '.'), undefined) : null;
      const score: Score = { benchmark, ...owner, amount, unit, from: before };
      facts.push(found({ kind: 'score', score }, match[0], statement));
      const other = readAmount(groups['other']?.replace(',', '.'), undefined);
      const system = groups['system'];
      if (other === null || system === undefined) continue;
      const beside: Score = { benchmark, system, isOwn: false, amount: other, unit, from: null };
      facts.push(found({ kind: 'score', score: beside }, match[0], statement));
    }
  }
  return facts;
}

/** Scores of a card's `model-index`. */
export function readModelIndex(page: SourcePage): Fact[] {
  const { lines } = page.frontMatter;
  const start = lines.findIndex((line) => /^model-index\s*:/u.test(line));
  if (start === -1) return [];
  const facts: Fact[] = [];
  let benchmark = '';
  let metric = '';
  let isDataset = false;
  for (const line of lines.slice(start + 1)) {
    if (/^dataset\s*:/u.test(line)) isDataset = true;
    else if (/^(?:-\s*)?(?:metrics|task|source)\s*:/u.test(line)) isDataset = false;
    const name = /^(?:-\s*)?name\s*:\s*["']?(.+?)["']?$/u.exec(line)?.[1];
    if (isDataset && name !== undefined) benchmark = tidy(name);
    const measured = /^(?:-\s*)?type\s*:\s*["']?([a-z][\w@-]{1,12})["']?$/iu.exec(line)?.[1];
    if (!isDataset && measured !== undefined) metric = measured;
    const value = /^(?:-\s*)?value\s*:\s*["']?([\d.]+)["']?$/u.exec(line)?.[1];
    const amount = readAmount(value, undefined);
    if (amount === null || benchmark === '') continue;
    const isPlain = metric === '' || /^(?:acc\w*|exact_match|em|score)$/iu.test(metric);
    const score: Score = {
      benchmark: isPlain ? benchmark : `${benchmark} (${metric.toUpperCase()})`,
      system: null,
      isOwn: true,
      amount,
      unit: 'points',
      from: null,
    };
    facts.push(found({ kind: 'score', score }, line, { text: line, page }));
  }
  return facts;
}

/** What is not a share of right answers is told with its name. */
const METRIC = /(?<!\p{L})(WER|CER|BLEU|chrF|FID|Elo|perplexity|F1)(?: score)?(?: of| =|:)?\s*$/u;

interface ScoreCell {
  benchmark: string;
  system: string | null;
  isOwn: boolean;
  cell: string;
  quote: string;
}

/** Benchmarks in the rows, systems in the columns; or one column of the release's own scores. */
function byColumns({ header, rows }: PageTable, subject: Subject): ScoreCell[] | null {
  const own = header.findIndex((name, at) => at > 0 && isOwnColumn(name, subject));
  const isPair =
    header.length === 2 &&
    /^(?:score|value|result|accuracy|acc|оценка|значение|результат)/iu.test(header[1] ?? '');
  if (own === -1 && !isPair) return null;
  const label = labelColumn(header, rows, own === -1 ? 1 : own);
  return rows.flatMap(({ cells, quote }): ScoreCell[] => {
    const benchmark = tidy(cells[label] ?? '');
    if (!isBenchmarkName(benchmark)) return [];
    if (isPair && own === -1) {
      if (!isKnownBenchmark(benchmark)) return [];
      return [{ benchmark, system: null, isOwn: true, cell: cells[1] ?? '', quote }];
    }
    return header.flatMap((name, at) => {
      if (at === label || (at !== own && !looksLikeSystem(name))) return [];
      return [{ benchmark, system: tidy(name), isOwn: at === own, cell: cells[at] ?? '', quote }];
    });
  });
}

/** Systems in the rows, benchmarks in the columns. */
function byRows({ header, rows }: PageTable, subject: Subject): ScoreCell[] | null {
  const own = rows.filter(({ cells }) => isOwnColumn(cells[0] ?? '', subject));
  if (own.length === 0) return null;
  return rows.flatMap(({ cells, quote }) => {
    const system = tidy(cells[0] ?? '');
    const isOwn = isOwnColumn(cells[0] ?? '', subject);
    if (!isOwn && !looksLikeSystem(system)) return [];
    return header.flatMap((name, at) => {
      const benchmark = tidy(name);
      if (at === 0 || !isKnownBenchmark(benchmark)) return [];
      return [{ benchmark, system, isOwn, cell: cells[at] ?? '', quote }];
    });
  });
}

/** Before the figures there may be the shots, the metric or the group beside the benchmark. */
function labelColumn(header: readonly string[], rows: PageTable['rows'], own: number): number {
  const named = header.findIndex(
    (name, at) => at < own && /^(?:benchmark|task|dataset|бенчмарк|набор|тест)/iu.test(name),
  );
  if (named !== -1) return named;
  for (let at = 0; at < own; at += 1) {
    const known = rows.filter(({ cells }) => isKnownBenchmark(tidy(cells[at] ?? '')));
    if (known.length * 2 >= rows.length) return at;
  }
  return 0;
}

function isOwnColumn(name: string, subject: Subject): boolean {
  return isSubject(tidy(name), subject) || /(?:^|\()ours\)?$/iu.test(name.trim());
}

function looksLikeSystem(name: string): boolean {
  if (
    /shots?|metric|category|setting|version|type|arch|param|context|#|lang|size|^$/iu.test(name)
  ) {
    return false;
  }
  return /\p{Lu}/u.test(name) && name.length <= 60;
}

function isBenchmarkName(name: string): boolean {
  if (name === '' || name.length > 60 || !/\p{L}/u.test(name)) return false;
  return !/param|architecture|tokens?\b|context|licen|layers|vocab|hidden|heads|price|\$|release|date|size|average|^avg|memory|speed|latency/iu.test(
    name,
  );
}

function isKnownBenchmark(name: string): boolean {
  return isBenchmarkName(name) && new RegExp(`^${BENCHMARK}`, 'u').test(name);
}

/** 71.2 · 80.1% · 0.712 · 71,2 · 71.2 ± 0.4 · **71.2** · 16/30 · 1287 · ~71 · 71.2 (5-shot). */
function readCell(cell: string, benchmark: string): Pick<Score, 'amount' | 'unit'> | null {
  const plain = cell.replaceAll(/[*_`†‡^]/gu, '').trim();
  const match =
    /^[~≈]?\s*(\d+(?:[.,]\d+)?)\s*(%)?(?:\s*(?:±|\+\/-)\s*[\d.,]+%?)?(?:\s*\([^)]{0,30}\))?$/u.exec(
      plain,
    );
  const amount = readAmount(match?.[1]?.replace(',', '.'), undefined, {
    before: /^[~≈]/u.test(plain) ? '~' : '',
  });
  if (match === null || amount === null || isNoScore(amount, benchmark)) return null;
  return { amount, unit: match[2] === '%' ? 'percent' : 'points' };
}

/** A year is the name's, not a score. */
function isNoScore({ digits, value }: Amount, benchmark: string): boolean {
  return benchmark.includes(digits) || value > 5000;
}

function tidy(name: string): string {
  return name
    .replaceAll(/[*_`†‡]|[↑↓]/gu, '')
    .replace(
      /\s*\((?:\d+-shot|EM|Acc\.?|accuracy|CoT|pass@1|Pass@1|F1|cot|Avg\.?|0-shot[^)]*)\)\s*/gu,
      ' ',
    )
    .replaceAll(/\s+/gu, ' ')
    .trim();
}

/** Whose a score of a sentence is: the last system that is named before it. */
function ownerOf(
  statement: PageStatement,
  at: number,
  subject: Subject,
): Pick<Score, 'system' | 'isOwn'> {
  if (isSaidOf(subject, statement, at)) return { system: null, isOwn: true };
  const name = namesIn(statement.text).findLast(({ start }) => start < at)?.name;
  return { system: name ?? statement.carried, isOwn: false };
}

const VALUE = `(?<to>\\d+(?:[.,]\\d+)?)\\s?(?<unit>%)?(?:\\s*(?:points|balls|баллов|балла))?`;
const OF = `(?:[Oo]n|[Ii]n|[Ff]or|at|[Нн]а|[Вв]|[Пп]о)(?: the)?`;
const THE_BENCHMARK = `(?<benchmark>${BENCHMARK}(?: (?:19|20)\\d\\d)?)`;
const BESIDE = `(?:[,;(\\s]+(?:compared (?:to|with)|versus|vs\\.?|against|против|while|у|and)\\s+(?:(?<other>\\d+(?:[.,]\\d+)?)\\s?%?\\s*(?:for|of|by|у|for the)\\s+(?<system>[A-Z][\\w.-]*\\w(?: \\d\\w*(?:\\.\\w+)*)?)))?`;

const SENTENCES: readonly { pattern: RegExp; read: 'value' | 'change' }[] = [
  {
    read: 'change',
    pattern: new RegExp(
      `${OF} ${THE_BENCHMARK}[^.;]{0,40}?(?:rose|increased|improved|went|grew|jumped|вырос\\p{L}*|поднял\\p{L}*) (?:from|с) (?<from>\\d+(?:[.,]\\d+)?)\\s?%? (?:to|до) ${VALUE}`,
      'gu',
    ),
  },
  {
    read: 'change',
    pattern: new RegExp(
      `(?:from|с) (?<from>\\d+(?:[.,]\\d+)?)\\s?%? (?:to|до) ${VALUE} ${OF} ${THE_BENCHMARK}`,
      'gu',
    ),
  },
  { read: 'value', pattern: new RegExp(`${VALUE} ${OF} ${THE_BENCHMARK}${BESIDE}`, 'gu') },
  {
    read: 'value',
    pattern: new RegExp(
      `${OF} ${THE_BENCHMARK}[,:]?\\s+(?:[\\p{L}\\d][\\p{L}\\d.-]*\\s+){0,4}?(?:scores?|reach\\p{L}*|achiev\\p{L}*|gets?|of|набира\\p{L}+|показыва\\p{L}+|получа\\p{L}+)\\s+(?:\\p{L}+ ){0,3}?${VALUE}${BESIDE}`,
      'gu',
    ),
  },
  {
    read: 'value',
    pattern: new RegExp(
      `${THE_BENCHMARK}(?:\\s*\\([^)]{0,20}\\))?\\s*(?::|=|—|–|score of|accuracy of)\\s*${VALUE}(?:\\s*\\((?:vs\\.?\\s*)?(?<system>[A-Z][\\w.-]*(?: \\d[\\w.]*)?)[:\\s]+(?<other>\\d+(?:[.,]\\d+)?)\\s?%?\\))?`,
      'gu',
    ),
  },
];
