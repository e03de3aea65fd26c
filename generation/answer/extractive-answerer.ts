import { createMarkerReader } from '../../citations/markers.ts';
import type { RankedPassage } from '../../retrieval/passage.ts';
import { startsWithLowerCaseName } from '../../retrieval/text/sentences.ts';

import { quoteCode } from '../code/quote-code.ts';

import type { Answerer, AnswererEvent, AnswerLength, AnswerRequest } from './answerer.ts';
import { chooseSentences } from './choose-sentences.ts';
import { analyzeQuestion } from './question.ts';
import type { RankedSentence } from './sentence-ranking.ts';
import { summarizeFiles } from './summarize-file.ts';
import { readableRow, statementsOf } from './table-rows.ts';

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
      if (request.code !== undefined) {
        const text = quoteCode(request);
        yield text === null ? { type: 'declined' } : { type: 'text-delta', text };
        return;
      }
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

function chooseQuotes(request: AnswerRequest): Quote[] {
  const { passages, length } = request;
  const question = analyzeQuestion(request.question);
  if (request.wantsSummary === true) {
    const sentences = length === 'long' ? 14 : 5;
    return takeFitting(summarizeFiles(passages, { sentences }), characterLimits[length]);
  }
  if (question.wantsSummary) return summarize(passages, length);
  const [best, ...further] = chooseSentences(question, request);
  if (best === undefined) return [];
  const fitting = takeFitting([best, ...further], characterLimits[length]);
  const ordered = [best, ...asRead(fitting.slice(1))];
  return ordered.map(({ text, passage }) => {
    return { text: readableRow(text, passages[passage]?.text ?? ''), number: passage + 1 };
  });
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
    for (const text of statementsOf(passage.text)) {
      sentences.push({ text: readableRow(text, passage.text), number });
    }
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
