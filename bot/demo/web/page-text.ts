import { load } from 'cheerio/slim';

import { toBlocks } from '../../../retrieval/extract/blocks.ts';
import { removeInvisible } from '../../../retrieval/extract/remove-invisible.ts';

/** What a page's markup shows to a reader, a line for each block: what a search engine keeps of it. */
export function pageText(markup: string): string {
  const document = load(markup).root()[0];
  if (document === undefined) return '';
  removeInvisible(document);
  return toBlocks(document.children)
    .map(({ text }) => text)
    .join('\n');
}
