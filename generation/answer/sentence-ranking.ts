import type { RankedPassage } from '../../retrieval/passage.ts';
import { splitSentences } from '../../retrieval/text/sentences.ts';
import { isStopWord } from '../../retrieval/text/stop-words.ts';
import { tokenize, type Token } from '../../retrieval/text/terms.ts';
import { shareOfTexts } from '../../retrieval/text/word-frequency.ts';

import { holdsExpected } from './expected-answer.ts';
import type { Question } from './question.ts';
import { similarity } from './word-similarity.ts';

export interface RankedSentence {
  text: string;
  /** Where its passage stands in the list that was given, from 0. */
  passage: number;
  /** Higher answers better; comparable within one question only. */
  score: number;
  features: SentenceFeatures;
}

/** What the ranking saw, each from 0 to 1 unless said otherwise; `answerability` judges by it. */
export interface SentenceFeatures {
  /** Share of the question's information that the sentence carries. */
  own: number;
  /** The same of all passages of its page together. */
  page: number;
  /** Whether it holds the kind of thing that was asked for. */
  expected: number;
  /** The least that a name or number of the question is matched on the page. */
  names: number;
  /** Natural logarithm of 1 + its words. */
  length: number;
  /** Information of the question, in nats. */
  information: number;
  /** Information of the question that the sentence carries, in nats. */
  carried: number;
  /** Information of the question that the page lacks, in nats. */
  missing: number;
  /** The most informative term that the page lacks, in nats. */
  mostMissing: number;
  terms: number;
}

/** Sentences of the passages, the one that answers best first. Each text is ranked once. */
export function rankSentences(
  question: Question,
  passages: readonly RankedPassage[],
): RankedSentence[] {
  const candidates = collectCandidates(passages);
  const terms = question.terms;
  if (terms.length === 0 || candidates.length === 0) return [];

  const matches = candidates.map((candidate) => matchTerms(terms, candidate.tokens));
  const weights = terms.map((term, at) => information(term.stem, matches, at));
  const total = sum(weights);
  const coverage = (matched: readonly number[]): number =>
    sum(matched.map((match, at) => match * (weights[at] ?? 0))) / total;

  const pageMatches = new Map<string, number[]>();
  for (const [at, candidate] of candidates.entries()) {
    const known = pageMatches.get(candidate.pageUrl);
    const own = matches[at] ?? [];
    pageMatches.set(candidate.pageUrl, known === undefined ? own : strongest(known, own, 1));
  }
  const asked = new Set(terms.map((term) => term.stem));

  const ranked = candidates.map((candidate, at): RankedSentence => {
    let own = matches[at] ?? [];
    const page = pageMatches.get(candidate.pageUrl) ?? own;
    // «Это называется антигенной вариацией» speaks of what the sentence before it named.
    if (candidates[at - 1]?.pageUrl === candidate.pageUrl && refersBack(candidate.text)) {
      own = strongest(own, matches[at - 1] ?? [], 0.65);
    }
    let surrounded = own;
    for (const neighbour of [at - 1, at + 1]) {
      if (candidates[neighbour]?.pageUrl !== candidate.pageUrl) continue;
      surrounded = strongest(surrounded, matches[neighbour] ?? [], 0.7);
    }
    const expected = holdsExpected(question.expected, candidate.text, candidate.tokens, asked);
    const lacks = page.map((match, term) => (1 - match) * (weights[term] ?? 0));
    const features: SentenceFeatures = {
      own: coverage(own),
      page: coverage(page),
      expected,
      names: Math.min(1, ...terms.flatMap((term, i) => (term.isName ? [page[i] ?? 0] : []))),
      length: Math.log(1 + candidate.tokens.length),
      information: total,
      carried: coverage(own) * total,
      missing: sum(lacks),
      mostMissing: Math.max(...lacks),
      terms: terms.length,
    };
    const tooLong = Math.max(0, Math.log(candidate.tokens.length / 20));
    const score =
      0.45 * features.own +
      0.3 * features.page +
      0.25 * coverage(surrounded) +
      0.1 * expected -
      0.05 * tooLong;
    return { text: candidate.text, passage: candidate.passage, score, features };
  });
  return ranked.sort((one, other) => other.score - one.score);
}

/** Whether a sentence opens with a word that stands for something said before. */
function refersBack(text: string): boolean {
  return backReference.test(text.toLowerCase());
}

const backReference =
  /^(?:[^\p{L}]*\p{L}+[^\p{L}.]+){0,3}?(?:эт(?:от|а|о|и|ого|ой|их|ому|им|ими|ом|у)|он|она|оно|они|его|ее|её|их|ему|ей|им|ими|так(?:ой|ая|ое|ие|ого|их)|the (?:former|latter)|this|that|these|those|it|its|he|his|him|she|her|they|their|them|such)(?![\p{L}])/u;

interface Candidate {
  text: string;
  tokens: Token[];
  passage: number;
  pageUrl: string;
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
    for (const sentence of splitSentences(passage.text)) {
      if (seen.has(sentence.text)) continue;
      seen.add(sentence.text);
      const tokens = tokenize(sentence.text);
      if (tokens.length === 0) continue;
      candidates.push({ text: sentence.text, tokens, passage: at, pageUrl: passage.pageUrl });
    }
  }
  return candidates;
}

/** How well each term is met by any word of the sentence: 1 for its own stem, less for a likeness. */
function matchTerms(terms: Question['terms'], tokens: readonly Token[]): number[] {
  const stems = new Set(tokens.map((token) => token.stem));
  const telling = tokens.filter((token) => !isStopWord(token.word));
  return terms.map((term) => {
    if (stems.has(term.stem)) return 1;
    return 0.9 * Math.max(0, ...telling.map((token) => similarity(term, token)));
  });
}

/**
 * How much a term tells, in nats: the rarer the more. What the passages at hand say of it (all of
 * them share the subject, so its name tells little) is smoothed with what general language says,
 * for a handful of passages is too few to count by.
 */
function information(stem: string, matches: readonly number[][], at: number): number {
  const holding = matches.filter((matched) => (matched[at] ?? 0) >= 0.54).length;
  const general = shareOfTexts(stem, wordsOfPassage);
  const share = (holding + priorSentences * general) / (matches.length + priorSentences);
  return Math.log((1 - share + 1e-6) / (share + 1e-6) + 1);
}

const wordsOfPassage = 120;
const priorSentences = 100;

function strongest(one: readonly number[], other: readonly number[], factor: number): number[] {
  return one.map((match, at) => Math.max(match, factor * (other[at] ?? 0)));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
