import { isStopWord } from '../retrieval/text/stop-words.ts';
import { tokenize } from '../retrieval/text/terms.ts';
import { compareDates, findDates, type DateMention } from './dates.ts';
import { compareFigures, findFigures, type Figure } from './figures.ts';
import { isSameName, isUnmistakableName } from './names.ts';

interface Place {
  start: number;
  end: number;
}

/** A piece of a statement that can be looked for in another one. */
export type Term = Place &
  (
    | { kind: 'figure'; figure: Figure }
    | { kind: 'date'; date: DateMention }
    /** `isCertain` is false for the first word, which is capital anyway. */
    | { kind: 'name'; word: string; stem: string; isCertain: boolean }
    /** `isCapital` only inside a sentence: «Who» of «Doctor Who» is a small word and part of a name. */
    | { kind: 'word'; word: string; stem: string; isStop: boolean; isCapital: boolean }
  );

/** A sentence or two, taken apart into terms in order. */
export interface Statement {
  text: string;
  terms: Term[];
}

/** Takes a sentence apart; figures and dates swallow the words that they are written with. */
export function readStatement(text: string): Statement {
  const known = statements.get(text);
  if (known !== undefined) return known;
  if (statements.size >= statementsLimit) statements.clear();
  const statement = takeApart(text);
  statements.set(text, statement);
  return statement;
}

// A sentence is compared with every claim, quoted from and compared again; bounded, so that no text
// can fill memory.
const statements = new Map<string, Statement>();
const statementsLimit = 2_000;

function takeApart(text: string): Statement {
  const dates: Term[] = findDates(text).map((date) => ({
    kind: 'date',
    date,
    start: date.start,
    end: date.end,
  }));
  const figures = findFigures(text)
    .filter((figure) => !overlapsAny(figure, dates))
    .map((figure): Term => ({ kind: 'figure', figure, start: figure.start, end: figure.end }));
  const facts = [...dates, ...figures].toSorted((one, other) => one.start - other.start);
  const terms = [...facts];
  let isFirst = true;
  let nextFact = 0;
  for (const token of tokenize(text)) {
    const mayStartSentence = isFirst;
    isFirst = false;
    while ((facts[nextFact]?.end ?? Infinity) <= token.start) nextFact += 1;
    if (token.end > (facts[nextFact]?.start ?? Infinity)) continue;
    const raw = text.slice(token.start, token.end);
    const isStop = isStopWord(token.word);
    const { word, stem, start, end } = token;
    const isCapital = /^\p{Lu}/u.test(raw);
    if (isUnmistakableName(raw) || (isCapital && !isStop)) {
      const isCertain = isUnmistakableName(raw) || !mayStartSentence;
      terms.push({ kind: 'name', word, stem, isCertain, start, end });
      continue;
    }
    terms.push({
      kind: 'word',
      word,
      stem,
      isStop,
      isCapital: isCapital && !mayStartSentence,
      start,
      end,
    });
  }
  return { text, terms: terms.toSorted((one, other) => one.start - other.start) };
}

/** How well a term of a source answers to a term of a claim. */
export function compareTerms(claim: Term, found: Term): 'same' | 'close' | 'different' {
  if (claim.kind === 'figure' && found.kind === 'figure') {
    return compareFigures(claim.figure, found.figure);
  }
  if (claim.kind === 'date' && found.kind === 'date') {
    const compared = compareDates(claim.date, found.date);
    return compared === 'vague' ? 'close' : compared;
  }
  if (claim.kind === 'figure' && found.kind === 'date') {
    const isItsYear = found.date.year !== null && claim.figure.values.includes(found.date.year);
    return isItsYear && (claim.figure.unit ?? 'year') === 'year' ? 'same' : 'different';
  }
  if (isFact(claim) || isFact(found)) return 'different';
  if (claim.kind === 'name' || found.kind === 'name') {
    return isSameName(claim.word, found.word) ? 'same' : 'different';
  }
  return claim.stem === found.stem ? 'same' : 'different';
}

/** What a term weighs in a claim: figures decide, small words do not. */
export function termWeight(term: Term): number {
  if (term.kind === 'figure' || term.kind === 'date') return 2;
  if (term.kind === 'name') return term.isCertain ? 1.5 : 1;
  return term.isStop ? 0 : 1;
}

/** Figures and dates, which are either there or not. */
export function isFact(term: Term): term is Extract<Term, { kind: 'figure' | 'date' }> {
  return term.kind === 'figure' || term.kind === 'date';
}

function overlapsAny({ start, end }: Place, places: readonly Place[]): boolean {
  return places.some((other) => start < other.end && other.start < end);
}
