import type { Block } from '../passage.ts';
import { toBlocks } from './blocks.ts';
import type { Metadata } from './metadata.ts';
import { parse } from './parse.ts';
import { simplifySource } from './simplify-source.ts';
import type { StructuredData } from './structured-data.ts';
import { foldText } from './text-folding.ts';
import { comparable } from './titles.ts';

/**
 * The text a page carries in its structured data, when what was found on the page is not it: pages
 * that draw their text by script, and pages whose text was mistaken. Null when what was found holds
 * at least half of it: then the page itself, with its structure, is the better source. Null also
 * when the page has a text and goes by another title, as a list of articles does.
 */
export function articleBodyInstead(
  { headline, articleBody }: StructuredData,
  found: readonly Block[],
  { ownTitles }: Metadata,
): Block[] | null {
  if (articleBody === null) return null;
  const blocks = bodyBlocks(articleBody.slice(0, 1_000_000));
  const body = wordsOf(blocks);
  if (body.length < 60) return null;
  const foundWords = wordsOf(found);
  const known = new Set(foundWords);
  const shared = body.filter((word) => known.has(word)).length;
  if (shared >= body.length / 2) return null;
  return foundWords.length < 60 || isTitleOf(headline, ownTitles) ? blocks : null;
}

function isTitleOf(headline: string | null, titles: readonly string[]): boolean {
  const wanted = comparable(headline ?? '');
  return wanted !== '' && titles.some((title) => comparable(title).includes(wanted));
}

/** The body may be plain text or markup, as hostile as that of the page. */
function bodyBlocks(articleBody: string): Block[] {
  if (/<\/?(?:p|br|div|body|span|a)\b/iu.test(articleBody)) {
    return toBlocks(parse(simplifySource(articleBody).html).children).map(
      ({ linkShare: _linkShare, ...block }) => block,
    );
  }
  return articleBody
    .split(/\n+/u)
    .map((line) => foldText(line))
    .filter((line) => line !== '')
    .map((line) => ({ kind: 'paragraph', text: line }));
}

function wordsOf(blocks: readonly Block[]): string[] {
  return blocks.flatMap(({ text }) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
}
