import type { RankedPassage } from '../../retrieval/passage.ts';
import { splitSentences } from '../../retrieval/text/sentences.ts';

import { answerability, answerableFrom } from './answerability.ts';
import type { Answerer, AnswererEvent, AnswerLength, AnswerRequest } from './answerer.ts';
import { analyzeQuestion, type Question } from './question.ts';
import { rankSentences } from './sentence-ranking.ts';

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
  const chosen = ranked
    .slice(0, 4 + (length === 'long' ? 4 : 0))
    .filter(
      (sentence, at) =>
        at < usualCount(question, length) ||
        confidence < uncertainBelow ||
        sentence.score >= 0.85 * best.score,
    );
  const fitting = takeFitting(chosen, characterLimits[length]);
  return fitting.map((sentence) => ({ text: sentence.text, number: sentence.passage + 1 }));
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

function usualCount(question: Question, length: AnswerLength): number {
  return (question.wantsMore ? 4 : 2) + (length === 'long' ? 4 : 0);
}

// Between the threshold and this the right sentence is often the third or the fourth.
const uncertainBelow = 0.9;

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
