import type { Passage } from '../retrieval/passage.ts';
import type { CitedSentence, CitedSource } from './citation.ts';
import { findDisagreement, type Stated } from './disagreement.ts';
import { quoteAddress } from './quote-address.ts';

/** A figure or date on which pages contradict each other. */
export interface CitedDisagreement {
  kind: 'figure' | 'date';
  /** What each page says; the one that the answer follows comes first. */
  values: [CitedValue, CitedValue];
}

export interface CitedValue {
  /** The source's number in the answer. */
  source: number;
  /** As it is written there, its unit with it. */
  value: string;
  /** The sentence, an exact part of the page. */
  quote: string;
  quoteUrl: string;
}

const most = 2;

/**
 * Where the pages at hand contradict what an answer says of a figure or date. A page that the answer
 * does not cite becomes its next source, so that both can be opened.
 */
export function citeDisagreements(
  { sentences, sources }: { sentences: readonly CitedSentence[]; sources: readonly CitedSource[] },
  passages: readonly Passage[],
): { disagreements: CitedDisagreement[]; sources: CitedSource[] } {
  const cited = [...sources];
  const disagreements: CitedDisagreement[] = [];
  const known = new Set<string>();
  for (const { text, verdict } of sentences) {
    if (verdict !== 'supported' || disagreements.length === most) continue;
    const found = findDisagreement(text, passages);
    const key = found?.between.map(({ fact }) => fact).join(' ');
    if (found === null || key === undefined || known.has(key)) continue;
    known.add(key);
    const [one, other] = found.between;
    disagreements.push({ kind: found.kind, values: [cite(one), cite(other)] });
  }
  return { disagreements, sources: cited };

  function cite({ passage, quote, fact }: Stated): CitedValue {
    const quoteUrl = quoteAddress(passage, quote);
    const { pageUrl: url, title, site, publishedAt, fetchedAt, place } = passage;
    let number = cited.find((source) => source.url === url)?.number;
    if (number === undefined) {
      number = cited.length + 1;
      cited.push({ number, url, title, site, publishedAt, fetchedAt, quote, quoteUrl, place });
    }
    return { source: number, value: fact, quote, quoteUrl };
  }
}
