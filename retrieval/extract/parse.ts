import { load } from 'cheerio/slim';
import type { Document } from 'domhandler';
import { endHead } from './end-head.ts';
import { limitDepth } from './limit-depth.ts';

/** The tree of a page's markup, no deeper than it may be walked. */
export function parse(html: string): Document {
  const document = load(html).root()[0];
  if (document === undefined) throw new TypeError('The parser gave no document.');
  endHead(document);
  limitDepth(document);
  return document;
}
