import type { OtherPage, Passage } from '../retrieval/passage.ts';
import type { CitedAnswer } from './citation-stream.ts';
import type { CitedSentence, CitedSource, Quote } from './citation.ts';
import type { Claim } from './claims.ts';
import { quoteAddress } from './quote-address.ts';
import { placeOfQuote } from './place-of-quote.ts';
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
    sources: sources.flatMap((passages, index) => {
      const source = resolveSource(index + 1, passages, sentences);
      return source === null ? [] : [{ ...source, ...otherPages(passages, sources) }];
    }),
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
): CitedSource | null {
  const [passage] = passages;
  if (passage === undefined) return null;
  const { pageUrl: url, title, site, publishedAt, fetchedAt } = passage;
  const { quote, quoteUrl, place } =
    sentences.flatMap(({ quotes }) => quotes).find(({ source }) => source === number) ??
    quoteFrom(number, passages, '');
  return { number, url, title, site, publishedAt, fetchedAt, quote, quoteUrl, place };
}

/** Where else what was cited stands, except on pages that are cited themselves. */
function otherPages(
  passages: readonly Passage[],
  sources: readonly (readonly Passage[])[],
): { alsoAt?: readonly OtherPage[] } {
  const cited = new Set(sources.flatMap((each) => each.map(({ pageUrl }) => pageUrl)));
  const others = passages
    .flatMap(({ alsoAt = [] }) => alsoAt)
    .filter(({ pageUrl }) => !cited.has(pageUrl));
  const alsoAt = [...new Map(others.map((page) => [page.pageUrl, page])).values()];
  return alsoAt.length === 0 ? {} : { alsoAt };
}

function quoteFrom(source: number, passages: readonly Passage[], claim: string): Quote {
  const texts = passages.map(({ text }) => text);
  const quote = findQuoteAmong(claim, texts);
  const passage = passages.find(({ text }) => text.includes(quote)) ?? passages[0];
  if (passage === undefined)
    return {
      source,
      quote,
      quoteUrl: quoteAddress({ pageUrl: '', place: null }, quote),
      place: null,
    };
  // Without a claim the passage as a whole is meant.
  const place = claim === '' ? passage.place : placeOfQuote(passage, quote);
  return { source, quote, quoteUrl: quoteAddress({ ...passage, place }, quote), place };
}
