import type { RankedPassage } from '../../retrieval/passage.ts';
import { isStopWord } from '../../retrieval/text/stop-words.ts';
import { tokenize, type Token } from '../../retrieval/text/terms.ts';

import { countsWhatIsAsked } from './direct-answer.ts';
import { holdsExpected } from './expected-answer.ts';
import { wordBeforeHyphen, type Question } from './question.ts';
import { columnNames, isTableRow, statementsOf } from './table-rows.ts';
import { generalInformation, localInformation, TermWeights } from './term-weights.ts';
import { similarity } from './word-similarity.ts';

export interface RankedSentence {
  text: string;
  /** Where its passage stands in the list that was given, from 0. */
  passage: number;
  /** Counts the sentences of all passages page by page as one reads them: neighbours differ by 1. */
  place: number;
  /** Higher answers better; comparable within one question only. */
  score: number;
  features: SentenceFeatures;
}

/**
 * What the ranking saw; `answerability` judges by it. Shares are from 0 to 1, information is in nats.
 * Information is counted in two ways: by the passages at hand, and (`general…`) by the language.
 */
export interface SentenceFeatures {
  /** Share of the question's information that the sentence's own words carry. */
  said: number;
  /** The same with what its heading, title and, where it refers back, the sentence before it name. */
  own: number;
  generalOwn: number;
  /** The same of all passages of its page together. */
  page: number;
  generalPage: number;
  /** Whether it holds the kind of thing that was asked for. */
  expected: number;
  /** The least that a name or number of the question is matched on the page. */
  names: number;
  /** The same of versions and models alone: V3, R1, H100. 1 when the question has none. */
  versions: number;
  /** Natural logarithm of 1 + its words. */
  length: number;
  /** Information of the question. */
  generalInformation: number;
  /** Information of the question that the sentence carries. */
  carried: number;
  /** Information of the question that the page lacks. */
  missing: number;
  /** The most informative term that the page lacks. */
  generalMostMissing: number;
  /** How many terms the question has. */
  terms: number;
  /** Whether any kind of thing may answer. 0 or 1. */
  isOpen: number;
  /** How far its score is above the best one of any other page. */
  lead: number;
}

/** Sentences of the passages, the one that answers best first. Each text is ranked once. */
export function rankSentences(
  question: Question,
  passages: readonly RankedPassage[],
): RankedSentence[] {
  const candidates = collectCandidates(passages);
  const terms = question.terms;
  if (terms.length === 0 || candidates.length === 0) return [];

  const matches = candidates.map(({ text, tokens }) => matchTerms(terms, text, tokens));
  const local = new TermWeights(terms.map((term, at) => localInformation(term.stem, matches, at)));
  const general = new TermWeights(terms.map((term) => generalInformation(term.stem)));
  const contexts = new Map(
    candidates.map(
      ({ context }) => [context, matchTerms(terms, context, tokenize(context))] as const,
    ),
  );
  const pageMatches = matchPages(candidates, matches, contexts);
  const asked = new Set(terms.map((term) => term.stem));

  const ranked = candidates.map((candidate, at): RankedSentence => {
    const before = candidates[at - 1]?.pageUrl === candidate.pageUrl ? matches[at - 1] : undefined;
    const after = candidates[at + 1]?.pageUrl === candidate.pageUrl ? matches[at + 1] : undefined;
    // What title and heading name, the sentences below them no longer repeat.
    let own = strongest(matches[at] ?? [], contexts.get(candidate.context) ?? [], 0.85);
    // «Это называется антигенной вариацией» speaks of what the sentence before it named.
    if (before !== undefined && refersBack(candidate.text)) own = strongest(own, before, 0.65);
    let surrounded = own;
    for (const neighbour of [before, after]) {
      if (neighbour !== undefined) surrounded = strongest(surrounded, neighbour, 0.7);
    }
    const page = pageMatches.get(candidate.pageUrl) ?? own;
    const features: SentenceFeatures = {
      said: local.coverage(matches[at] ?? []),
      own: local.coverage(own),
      generalOwn: general.coverage(own),
      page: local.coverage(page),
      generalPage: general.coverage(page),
      expected: holdsExpected(question.expected, candidate.text, candidate.tokens, asked),
      names: Math.min(1, ...terms.flatMap((term, i) => (term.isName ? [page[i] ?? 0] : []))),
      versions: Math.min(
        1,
        ...terms.flatMap((term, i) => (isVersion(term.word) ? [page[i] ?? 0] : [])),
      ),
      length: Math.log(1 + candidate.tokens.length),
      generalInformation: general.total,
      carried: local.coverage(own) * local.total,
      missing: (1 - local.coverage(page)) * local.total,
      generalMostMissing: general.mostMissing(page),
      terms: terms.length,
      isOpen: question.expected === 'any' ? 1 : 0,
      lead: 0,
    };
    const tooLong = Math.max(0, Math.log(candidate.tokens.length / 20));
    const isCount = question.expected === 'number';
    const counted = isCount && countsWhatIsAsked(question, candidate.text) ? 1 : 0;
    const score =
      0.45 * features.own +
      0.4 * local.coverage(surrounded) +
      0.5 * features.generalPage +
      0.15 * features.expected +
      0.1 * counted -
      0.03 * tooLong;
    return { text: candidate.text, passage: candidate.passage, place: at, score, features };
  });
  ranked.sort((one, other) => other.score - one.score);
  for (const sentence of ranked) sentence.features.lead = leadOf(sentence, ranked, passages);
  return ranked;
}

function leadOf(
  { passage, score }: RankedSentence,
  ranked: readonly RankedSentence[],
  passages: readonly RankedPassage[],
): number {
  const page = passages[passage]?.pageUrl;
  const rival = ranked.find((sentence) => passages[sentence.passage]?.pageUrl !== page);
  return score - (rival?.score ?? 0);
}

/** Text planted for a machine is nothing a page says: it would read as an answer. */
function speaksToMachine(text: string): boolean {
  return plantedInstruction.test(text);
}

const plantedInstruction =
  /(?:ignore|disregard|forget) (?:all |any |the |your |of )*(?:previous|prior|above|earlier|other) (?:instructions?|prompts?|rules)|(?:игнорируй|забудь|отбрось)(?:те)? (?:\p{L}+ ){0,3}(?:инструкци|указани|правила)/iu;

/** V3, R1, H100; not 1970s or 21st. */
function isVersion(word: string): boolean {
  return /^\p{L}+\p{N}/u.test(word);
}

/** Whether a sentence opens with a word that stands for something said before. */
export function refersBack(text: string): boolean {
  return backReference.test(text.toLowerCase());
}

const backReference =
  /^(?:[^\p{L}]*\p{L}+[^\p{L}.]+){0,3}?(?:эт(?:от|а|о|и|ого|ой|их|ому|им|ими|ом|у)|он|она|оно|они|его|ее|её|их|ему|ей|им|ими|так(?:ой|ая|ое|ие|ого|их)|the (?:former|latter)|this|that|these|those|it|its|he|his|him|she|her|they|their|them|such)(?![\p{L}])/u;

interface Candidate {
  text: string;
  tokens: Token[];
  passage: number;
  pageUrl: string;
  /** Title of the page, heading above and, of a row, the names of its columns. */
  context: string;
}

/** In reading order of each page, so that neighbours stand beside each other. */
function collectCandidates(passages: readonly RankedPassage[]): Candidate[] {
  const order = passages
    .map((passage, at) => ({ passage, at }))
    .sort(
      (one, other) =>
        compareText(one.passage.pageUrl, other.passage.pageUrl) ||
        one.passage.position - other.passage.position,
    );
  const seen = new Set<string>();
  const candidates: Candidate[] = [];
  for (const { passage, at } of order) {
    for (const text of statementsOf(passage.text)) {
      if (seen.has(text) || speaksToMachine(text)) continue;
      seen.add(text);
      const tokens = tokenize(text);
      if (tokens.length === 0) continue;
      const { pageUrl, title, heading } = passage;
      const columns = isTableRow(text) ? columnNames(text, passage.text).join(', ') : '';
      const context = `${title}\n${heading ?? ''}${columns === '' ? '' : `\n${columns}`}`;
      candidates.push({ text, tokens, passage: at, pageUrl, context });
    }
  }
  return candidates;
}

/** How well each term is met by any word of the sentence: 1 for its own stem, less for a likeness. */
function matchTerms(terms: Question['terms'], text: string, tokens: readonly Token[]): number[] {
  const stems = new Set(tokens.map((token) => token.stem));
  const telling = tokens.filter((token) => !isStopWord(token.word));
  return terms.map((term) => {
    if (stems.has(term.stem)) return isOfAnother(term, text, tokens) ? 0 : 1;
    // V3 is not V4: what holds a digit is met exactly or not at all.
    if (/\p{N}/u.test(term.word)) return 0;
    return 0.9 * Math.max(0, ...telling.map((token) => similarity(term, token)));
  });
}

/** RWKV-v5 is no DeepSeek-V5: whether a version stands behind the hyphens of other names alone. */
function isOfAnother(
  { word, stem, joinedTo }: Question['terms'][number],
  text: string,
  tokens: readonly Token[],
): boolean {
  if (joinedTo === null || !isVersion(word)) return false;
  return tokens.every((token, at) => {
    if (token.stem !== stem) return true;
    const before = wordBeforeHyphen(text, tokens, at);
    return before !== undefined && before.stem !== joinedTo;
  });
}

function matchPages(
  candidates: readonly Candidate[],
  matches: readonly number[][],
  contexts: ReadonlyMap<string, number[]>,
): Map<string, number[]> {
  const pages = new Map<string, number[]>();
  for (const [at, { pageUrl, context }] of candidates.entries()) {
    const own = strongest(matches[at] ?? [], contexts.get(context) ?? [], 1);
    const known = pages.get(pageUrl);
    pages.set(pageUrl, known === undefined ? own : strongest(known, own, 1));
  }
  return pages;
}

function strongest(one: readonly number[], other: readonly number[], factor: number): number[] {
  return one.map((match, at) => Math.max(match, factor * (other[at] ?? 0)));
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
