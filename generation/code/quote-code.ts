import { isDefinition } from '../../retrieval/extract/source-code.ts';
import type { RankedPassage } from '../../retrieval/passage.ts';
import { contentStems } from '../../retrieval/text/stop-words.ts';
import { tokenize } from '../../retrieval/text/terms.ts';

import type { AnswerRequest } from '../answer/answerer.ts';

/**
 * Lines of code that answer, as a block with its language and the number of its passage; null where
 * nothing in the code has a word of the question. As a whole, code is told of by what it defines.
 */
export function quoteCode({
  question,
  passages,
  code,
  wantsSummary,
}: AnswerRequest): string | null {
  if (wantsSummary === true || code?.task !== null) return outline(passages);
  const best = bestPassage(question, passages);
  if (best === null) return null;
  const { text } = best.passage;
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${code?.language ?? ''}\n${cut(text, best.stems)}\n${fence}\n[${best.number}]`;
}

interface NumberedPassage {
  passage: RankedPassage;
  /** From 1. */
  number: number;
  stems: ReadonlySet<string>;
}

/** The one that has most of the question, rarer words counting for more. */
function bestPassage(question: string, passages: readonly RankedPassage[]): NumberedPassage | null {
  const asked = new Set(stemsOf(question));
  const holding = passages.map(({ text }) => new Set(stemsOf(text)));
  const weightOf = (stem: string): number => {
    const count = holding.filter((stems) => stems.has(stem)).length;
    return Math.log(1 + passages.length / Math.max(1, count));
  };
  let best: { at: number; score: number } | null = null;
  for (const [at, stems] of holding.entries()) {
    const score = [...asked]
      .filter((stem) => stems.has(stem))
      .reduce((sum, stem) => sum + weightOf(stem), 0);
    if (score > (best?.score ?? 0)) best = { at, score };
  }
  const passage = best === null ? undefined : passages[best.at];
  if (best === null || passage === undefined) return null;
  return { passage, number: best.at + 1, stems: asked };
}

/** Each definition on a line of its own, which is then told where it stands. */
function outline(passages: readonly RankedPassage[]): string | null {
  const numbered = passages.map((passage, at) => ({ passage, number: at + 1 }));
  const lines = numbered
    .toSorted((one, other) => one.passage.position - other.passage.position)
    .flatMap(({ passage, number }) =>
      passage.text
        .split('\n')
        .filter((line) => isDefinition(line) && !line.startsWith('@'))
        .map((line) => `• ${line.trim().replace(/\s*[{:]\s*$/u, '')} [${number}]`),
    );
  if (lines.length > 0) return lines.slice(0, mostDefinitions).join('\n');
  const [first] = numbered;
  if (first === undefined) return null;
  const text = first.passage.text.split('\n').slice(0, mostLines).join('\n');
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}\n${text}\n${fence}\n[${first.number}]`;
}

const mostDefinitions = 20;

/** A passage may be longer than a screen: then what stands around the question's words. */
function cut(text: string, asked: ReadonlySet<string>): string {
  const lines = text.split('\n');
  if (lines.length <= mostLines) return text;
  const hits = lines.map((line) => stemsOf(line).filter((stem) => asked.has(stem)).length);
  let best = { from: 0, score: -1 };
  for (let from = 0; from + mostLines <= lines.length; from += 1) {
    const score = hits.slice(from, from + mostLines).reduce((sum, count) => sum + count, 0);
    if (score > best.score) best = { from, score };
  }
  return lines.slice(best.from, best.from + mostLines).join('\n');
}

const mostLines = 40;

/** Words of code stand in its names: `countClearNights`, `count_clear_nights`. */
function stemsOf(text: string): string[] {
  const apart = text
    .replaceAll(/(?<=[\p{Ll}\d])(?=\p{Lu})/gu, ' ')
    .replaceAll(/[_.$@#/\\-]+/gu, ' ');
  return contentStems(tokenize(`${text}\n${apart}`));
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/gu)].map(([run]) => run.length));
}
