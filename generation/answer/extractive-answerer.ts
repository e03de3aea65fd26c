import type { RankedPassage } from '../../retrieval/passage.ts';
import { splitSentences } from '../../retrieval/text/sentences.ts';

import { answerability, answerableFrom } from './answerability.ts';
import type { Answerer, AnswererEvent, AnswerLength, AnswerRequest } from './answerer.ts';
import { analyzeQuestion } from './question.ts';
import { rankSentences, type RankedSentence } from './sentence-ranking.ts';

/**
 * Answers by quoting: the one or two sentences that answer come first, each with its passage's
 * number; more only where the question asks for more or the first are uncertain. Declines when the
 * best sentence is only the nearest one.
 */
export function createExtractiveAnswerer(): Answerer {
  return {
    name: 'extractive',
    async *answer(request, { signal }): AsyncIterable<AnswererEvent> {
      signal.throwIfAborted();
      const quotes = chooseQuotes(request);
      if (quotes.length === 0) yield { type: 'declined' };
      for (const [at, quote] of quotes.entries()) {
        signal.throwIfAborted();
        yield { type: 'text-delta', text: `${at === 0 ? '' : ' '}${withMarker(quote)}` };
      }
    },
  };
}

interface Quote {
  text: string;
  /** The passage's number, from 1. */
  number: number;
}

function chooseQuotes({ question: text, passages, length }: AnswerRequest): Quote[] {
  const question = analyzeQuestion(text);
  if (question.wantsSummary) return summarize(passages, length);
  const ranked = rankSentences(question, passages);
  const best = ranked[0];
  if (best === undefined) return [];
  const confidence = answerability(best.features);
  if (confidence < answerableFrom) return [];
  const usual = (question.wantsMore ? 4 : 2) + (length === 'long' ? 4 : 0);
  const further = ranked
    .slice(1, Math.max(usual, confidence < doubtfulBelow ? 5 : 4))
    .filter(
      (sentence, at) =>
        at + 1 < usual || confidence < uncertainBelow || sentence.score >= 0.85 * best.score,
    )
    .filter((sentence) => belongsWith(best, sentence));
  const fitting = takeFitting([best, ...further], characterLimits[length]);
  const ordered = [best, ...asRead(fitting.slice(1))];
  return ordered.map((sentence) => ({ text: sentence.text, number: sentence.passage + 1 }));
}

// Between the threshold and this the right sentence is often the third or the fourth.
const uncertainBelow = 0.9;
const doubtfulBelow = 0.8;

/**
 * A further sentence speaks of the same names. Where the best one carries nearly all of the question
 * it must say something of it too; elsewhere the answer may well stand in words of its own.
 */
function belongsWith(best: RankedSentence, sentence: RankedSentence): boolean {
  const sameNames = sentence.features.names >= best.features.names - 0.3;
  return sameNames && (best.features.own < 0.9 || sentence.features.said >= 0.1);
}

/** Page by page, the better page first, each in its own order. */
function asRead(sentences: readonly RankedSentence[]): RankedSentence[] {
  const firstOf = (passage: number): number =>
    sentences.findIndex((sentence) => sentence.passage === passage);
  return sentences.toSorted(
    (one, other) => firstOf(one.passage) - firstOf(other.passage) || one.place - other.place,
  );
}

/** «О чём эта страница?»: its beginning says it better than any sentence that shares those words. */
function summarize(passages: readonly RankedPassage[], length: AnswerLength): Quote[] {
  const first = passages[0];
  if (first === undefined) return [];
  const sentences = passages
    .map((passage, at) => ({ passage, number: at + 1 }))
    .filter(({ passage }) => passage.pageUrl === first.pageUrl)
    .sort((one, other) => one.passage.position - other.passage.position)
    .flatMap(({ passage, number }) =>
      splitSentences(passage.text).map((sentence) => ({ text: sentence.text, number })),
    );
  return takeFitting(sentences.slice(0, length === 'long' ? 8 : 3), characterLimits[length]);
}

/** One phone screen for a short answer, a message and a half of Telegram's for a long one. */
const characterLimits: Record<AnswerLength, number> = { short: 900, long: 3000 };

/** The first always; a further one as long as the whole stays within the limit. */
function takeFitting<T extends { text: string }>(sentences: readonly T[], limit: number): T[] {
  const taken: T[] = [];
  let characters = 0;
  for (const sentence of sentences) {
    if (taken.length > 0 && characters + sentence.text.length > limit) continue;
    taken.push(sentence);
    characters += sentence.text.length;
  }
  return taken;
}

/** `… в 1914 году [2].`: the marker stands within the sentence it speaks for. */
function withMarker(quote: Quote): string {
  // A page's own footnote marks would be taken for ours.
  const quoted = quote.text.replace(/\s?\[(?:\d{1,3}|\p{L})\]/gu, '').trim();
  const ending = quoted.match(/[.!?…]+$/u)?.[0] ?? '';
  const text = quoted.slice(0, quoted.length - ending.length).trimEnd();
  return `${text} [${quote.number}]${ending === '' ? '.' : ending}`;
}
