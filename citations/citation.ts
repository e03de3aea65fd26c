import type { OtherPage, Place, ReadInPart } from '../retrieval/passage.ts';
import type { Difference } from './find-difference.ts';

/** How a claim stands to what it cites. `uncited` claims cite nothing that was read. */
export type Verdict = 'supported' | 'partly' | 'unsupported' | 'contradicted' | 'uncited';

/** An exact substring of a source's text, and an address that opens the page at it. */
export interface Quote {
  /** The source's number in the answer, from 1. */
  source: number;
  quote: string;
  /** The page's address with a `#:~:text=` fragment, or of a PDF with `#page=`. */
  quoteUrl: string;
  /** The pages or lines of the document that it stands on; null where there are none. */
  place: Place | null;
}

/** One claim of the answer: a sentence without its markers. */
export interface CitedSentence {
  text: string;
  /** Numbers of the sources it cites, in order of appearance. */
  citations: number[];
  /** At most one for each source cited. */
  quotes: Quote[];
  /** 0 to 1: how much of the claim its best source carries. */
  support: number;
  verdict: Verdict;
  /** Why it is not supported, where one figure, date, name or negation is why. */
  difference?: Difference;
  /** It cited another page at first, which does not say so. */
  isCorrected?: true;
}

/** A page that was read and is cited. */
export interface CitedSource {
  /** From 1, in order of first appearance in the answer. */
  number: number;
  url: string;
  title: string;
  site: string;
  publishedAt: string | null;
  fetchedAt: string;
  /** The first quote taken from it. */
  quote: string;
  quoteUrl: string;
  /** Where that quote stands. */
  place: Place | null;
  /** Pages that have what was cited in the same words and are no sources of their own. */
  alsoAt?: readonly OtherPage[];
  /** Of a page that was read for this answer, and not to its end. */
  readInPart?: ReadInPart;
}
