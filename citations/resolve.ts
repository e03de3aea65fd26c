import type { Passage } from '../retrieval/passage.ts';
import type { CitedAnswer } from './citation-stream.ts';
import type { CitedSentence, CitedSource, Quote } from './citation.ts';
import type { Claim } from './claims.ts';
import { quoteAddress } from './quote-address.ts';
import { findQuoteAmong } from './quote.ts';
import { checkSupport } from './support.ts';

export interface ResolvedAnswer {
  answer: string;
  /** One for each claim, in the same order. */
  sentences: CitedSentence[];
  /** One for each number in the answer, from 1. */
  sources: CitedSource[];
}

/** Checks every claim of a finished answer against what it cites, and quotes what decides. */
export function resolveCitations({ answer, claims, sources }: CitedAnswer): ResolvedAnswer {
  const sentences = claims.map(resolveClaim);
  return {
    answer,
    sentences,
    sources: sources.flatMap((passages, index) => resolveSource(index + 1, passages, sentences)),
  };
}

function resolveClaim({ text, citations }: Claim): CitedSentence {
  const quotes = citations.map(({ source, passages }) => quoteFrom(source, passages, text));
  const { support, verdict } = checkSupport(
    text,
    citations.flatMap(({ passages }) => passages),
  );
  return { text, citations: citations.map(({ source }) => source), quotes, support, verdict };
}

function resolveSource(
  number: number,
  passages: readonly Passage[],
  sentences: readonly CitedSentence[],
): CitedSource[] {
  const [passage] = passages;
  if (passage === undefined) return [];
  const { pageUrl: url, title, site, publishedAt, fetchedAt } = passage;
  const { quote, quoteUrl, place } =
    sentences.flatMap(({ quotes }) => quotes).find(({ source }) => source === number) ??
    quoteFrom(number, passages, '');
  return [{ number, url, title, site, publishedAt, fetchedAt, quote, quoteUrl, place }];
}

function quoteFrom(source: number, passages: readonly Passage[], claim: string): Quote {
  const texts = passages.map(({ text }) => text);
  const quote = findQuoteAmong(claim, texts);
  const passage = passages.find(({ text }) => text.includes(quote)) ?? passages[0];
  const { pageUrl = '', place = null } = passage ?? {};
  return { source, quote, quoteUrl: quoteAddress({ pageUrl, place }, quote), place };
}
