import type { Document } from 'domhandler';
import type { Block } from '../passage.ts';
import { detectLanguage } from '../text/language.ts';
import { articleBodyInstead } from './article-body.ts';
import { toBlocks } from './blocks.ts';
import { findContent } from './candidates.ts';
import type { ExtractedPage } from './extract-page.ts';
import { readMetadata } from './metadata.ts';
import type { Metadata } from './metadata.ts';
import { parse } from './parse.ts';
import { readChannel } from './channel.ts';
import { writeMaths } from './maths.ts';
import { removeClutter } from './remove-clutter.ts';
import { removeFurniture } from './remove-furniture.ts';
import { removeInvisible } from './remove-invisible.ts';
import { isScriptShell } from './script-shell.ts';
import { openTableCaptions } from './tables.ts';
import { simplifySource } from './simplify-source.ts';
import { readStructuredData } from './structured-data.ts';
import { trimBlocks } from './trim-blocks.ts';

/** Reads an HTML page: what it says of itself, and its own text without the site around it. */
export function extractArticle({
  url,
  html,
  fetchedAt,
  lastModified,
}: {
  url: string;
  html: string;
  fetchedAt: string;
  lastModified: string | null;
}): ExtractedPage {
  const source = simplifySource(html);
  const document = parse(source.html);
  const structured = readStructuredData(source.structuredData);
  const metadata = readMetadata(document, structured, { url, fetchedAt, lastModified });
  const isShell = isScriptShell(document, source);
  const channel = source.html.includes('data-post=') ? readChannel(document, { fetchedAt }) : null;
  const found = channel?.blocks ?? readContent(document, source.html, metadata);
  const stated = channel === null ? articleBodyInstead(structured, found, metadata) : null;
  const blocks = stated ?? found;
  const { title, site, authors, publishedAt, modifiedAt, canonicalUrl } = metadata;
  return {
    url,
    title,
    site,
    author: authors.length === 0 ? null : authors.join(', '),
    language: detectLanguage(sample(title, blocks)),
    publishedAt: channel?.latest ?? publishedAt,
    modifiedAt,
    fetchedAt,
    blocks,
    canonicalUrl,
    needsBrowser: isShell && stated === null,
  };
}

function readContent(document: Document, html: string, metadata: Metadata): Block[] {
  prepare(document);
  removeClutter(document, findContent(document));
  const content = trimBlocks(toBlocks(findContent(document)), metadata);
  const found = characters(content);
  if (found >= 500) return content;
  const rest = trimBlocks(toBlocks(document.children), metadata);
  // Text that is short beside what else the page holds is a teaser or a notice.
  if (found >= 100 && found >= characters(rest) * 0.3) return content;
  if (characters(rest) >= 100) return rest;
  // A page whose only text sits in what looks like clutter: better that than nothing.
  const untouched = parse(html);
  prepare(untouched);
  const all = trimBlocks(toBlocks(untouched.children), metadata);
  return characters(all) > characters(rest) * 2 ? all : rest;
}

function prepare(document: Document): void {
  writeMaths(document);
  removeInvisible(document);
  removeFurniture(document);
  openTableCaptions(document);
}

function characters(blocks: readonly Block[]): number {
  return blocks.reduce((sum, { text }) => sum + text.length, 0);
}

function sample(title: string, blocks: readonly Block[]): string {
  let text = title;
  for (const block of blocks) {
    if (text.length > 4000) break;
    if (block.kind !== 'code') text += `\n${block.text}`;
  }
  return text;
}
