import type { Passage } from '../retrieval/passage.ts';
import { quoteUrl } from './text-fragment.ts';

/**
 * The address that opens a document where a passage's quote stands. Browsers open a PDF at a page
 * (`#page=4`, RFC 8118), but few of them find words in it.
 */
export function quoteAddress(
  { pageUrl, place }: Pick<Passage, 'pageUrl' | 'place'>,
  quote: string,
): string {
  if (place?.unit !== 'page') return quoteUrl(pageUrl, quote);
  return `${pageUrl.replace(/#.*$/su, '')}#page=${place.from}`;
}
