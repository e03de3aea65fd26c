import { createMarkerReader } from '../../citations/markers.ts';
import type { RankedPassage } from '../../retrieval/passage.ts';
import { splitSentences, startsWithLowerCaseName } from '../../retrieval/text/sentences.ts';

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
  // A page that speaks of V3 alone does not answer for V4.
  if (best.features.versions === 0) return [];
  // A sum of money has its currency beside it: without one, something else was counted.
  if (question.expected === 'price' && best.features.expected === 0) return [];
  const usual = (question.wantsMore ? 4 : 2) + (length === 'long' ? 4 : 0);
  const further = ranked
    .slice(1, Math.max(usual, confidence < doubtfulBelow ? 5 : 4))
    .filter(
      (sentence, at) =>
        at + 1 < usual || confidence < uncertainBelow || sentence.score >= 0.85 * best.score,
    )
    .filter((sentence) => belongsWith(best, sentence, passages, length));
  const fitting = takeFitting([best, ...further], characterLimits[length]);
  const ordered = [best, ...asRead(fitting.slice(1))];
  return ordered.map((sentence) => ({ text: sentence.text, number: sentence.passage + 1 }));
}

// Between the threshold and this the right sentence is often the third or the fourth.
const uncertainBelow = 0.9;
const doubtfulBelow = 0.8;

/**
 * A further sentence speaks of the same names and, from another page, of the same thing. Where the
 * best one carries nearly all of the question it must say something of it too; elsewhere the answer
 * may well stand in words of its own.
 */
function belongsWith(
  best: RankedSentence,
  sentence: RankedSentence,
  passages: readonly RankedPassage[],
  length: AnswerLength,
): boolean {
  const { names, said } = sentence.features;
  if (names < best.features.names - 0.3) return false;
  const isSamePage = passages[sentence.passage]?.pageUrl === passages[best.passage]?.pageUrl;
  if (!isSamePage) return said >= 0.2;
  return length === 'long' || best.features.own < 0.9 || said >= 0.1;
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
  const pages = new Map<string, Quote[]>();
  const numbered = passages.map((passage, at) => ({ passage, number: at + 1 }));
  numbered.sort((one, other) => one.passage.position - other.passage.position);
  for (const { passage, number } of numbered) {
    const sentences = pages.get(passage.pageUrl) ?? [];
    for (const { text } of splitSentences(passage.text)) sentences.push({ text, number });
    pages.set(passage.pageUrl, sentences);
  }
  const each = Math.max(1, Math.round((length === 'long' ? 9 : 3) / pages.size));
  const beginnings = [...pages.values()].flatMap((sentences) => sentences.slice(0, each));
  return takeFitting(beginnings, characterLimits[length]);
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
  const quoted = shorten(withoutMarkers(quote.text));
  const ending = quoted.match(/[.!?…]+$/u)?.[0] ?? '';
  const text = quoted.slice(0, quoted.length - ending.length).replace(/[\s,;]+$/u, '');
  // An item of a list would run on from the quote before it.
  const opened = startsWithLowerCaseName(text)
    ? text
    : `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  return `${opened} [${quote.number}]${ending === '' ? '.' : ending}`;
}

/** A page's own footnote marks would be taken for ours. */
function withoutMarkers(text: string): string {
  const reader = createMarkerReader();
  const segments = [...reader.push(text), ...reader.flush()];
  return segments
    .map((segment) => (segment.type === 'text' ? segment.text : ''))
    .join('')
    .replace(/\s?\[\p{L}{1,2}\]/gu, '')
    .replace(/\s+(?=[.,;:!?…])/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** Some pages know no full stop: a screen of text is no sentence to quote. */
function shorten(text: string): string {
  if (text.length <= longestQuote) return text;
  const cut = text.slice(0, longestQuote);
  const clause = cut.match(/^.*[,;:—–)](?=\s)/su)?.[0] ?? '';
  const words = cut.replace(/\s+\S*$/u, '');
  const kept = clause.length > longestQuote / 2 ? clause : words;
  return `${kept.replace(/[,;:—–\s]+$/u, '')}…`;
}

const longestQuote = 600;
