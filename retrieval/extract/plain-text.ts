import type { Block } from '../passage.ts';
import { detectLanguage } from '../text/language.ts';
import { fileName, hostOf } from './address-names.ts';
import { isBrowserWall } from './browser-wall.ts';
import { readDate } from './dates.ts';
import type { ExtractedPage, FetchedPage } from './extract-page.ts';
import { jsonBlocks } from './json.ts';
import { markdownBlocks } from './markdown.ts';
import { paragraphBlocks } from './paragraphs.ts';
import { codeLanguageOf, looksLikeCode, sourceCodeBlocks } from './source-code.ts';
import { tabularBlocks } from './tabular-text.ts';

/**
 * Reads plain text, Markdown, JSON, tables of values and source code, with the lines that each block
 * stands on. What is no text at all, such as an image, has no blocks.
 */
export function extractPlainText(page: FetchedPage): ExtractedPage {
  const { url, fetchedAt, stated } = page;
  const { blocks: read, title } = readBlocks(page);
  // The lines of a reader service's Markdown are none of the page's.
  const blocks = stated === undefined ? read : read.map(({ place: _place, ...block }) => block);
  const modifiedAt = readDate(page.lastModified, fetchedAt);
  const sample = blocks.slice(0, 50).map(({ text }) => text.slice(0, 400));
  return {
    url,
    title: (stated?.title ?? title ?? titleFrom(blocks, url)).slice(0, 300),
    site: hostOf(url),
    author: null,
    language: detectLanguage(sample.join('\n')),
    publishedAt: readDate(stated?.publishedAt, fetchedAt),
    modifiedAt,
    fetchedAt,
    blocks,
    canonicalUrl: null,
    needsBrowser: stated !== undefined && isWall(stated.title, blocks),
  };
}

/** A megabyte of text is a book: what follows would not be kept. */
const maxCharacters = 2_000_000;

/** JSON that is cut cannot be parsed, and parsing is fast. */
const maxJsonCharacters = 20_000_000;

function readBlocks({ contentType, url, text }: FetchedPage): {
  blocks: Block[];
  title: string | null;
} {
  const type = contentType.toLowerCase().split(';')[0]?.trim() ?? '';
  const file = fileName(url).toLowerCase();
  const isPlain = type === '' || type === 'text/plain' || type === 'application/octet-stream';
  if (
    /\bjson\b|\+json$/u.test(type) ||
    (isPlain && /\.(?:json|jsonl|ndjson|ipynb|geojson)$/u.test(file)) ||
    (type === '' && /^\s*[[{]/u.test(text))
  ) {
    return { blocks: jsonBlocks(toSource(text, maxJsonCharacters)), title: null };
  }
  const source = toSource(text, maxCharacters);
  if (/^text\/(?:x-)?markdown$/u.test(type) || /\.(?:md|mdx|markdown|rmd)$/u.test(file)) {
    return markdownBlocks(source);
  }
  if (!isPlain && !type.startsWith('text/') && !textTypes.test(type)) {
    return { blocks: [], title: null };
  }
  if (/^text\/(?:csv|tab-separated-values)$/u.test(type) || /\.(?:csv|tsv)$/u.test(file)) {
    return { blocks: tabularBlocks(source), title: fileName(url) || null };
  }
  const codeLanguage =
    codeLanguageOf(file) ?? /^(?:text|application)\/(?:x-)?(.+)$/u.exec(codeType(type))?.[1];
  if (codeLanguage !== undefined || looksLikeCode(source)) {
    const blocks = sourceCodeBlocks(source, codeLanguage ?? null);
    return { blocks, title: fileName(url) || null };
  }
  return { blocks: paragraphBlocks(source), title: null };
}

/** A reader service may be held up before the page as well. */
function isWall(title: string | null, blocks: readonly Block[]): boolean {
  const text = blocks.slice(0, 60).map((block) => block.text);
  return isBrowserWall({ title: title ?? '', text: text.join(' ') });
}

function toSource(text: string, length: number): string {
  return text.slice(0, length).replaceAll('\0', '').replace(/\r\n?/gu, '\n');
}

const textTypes = /octet-stream|javascript|typescript|yaml|toml|x-sh|x-python|sql$|x-tex/u;

/** The type where it names a language; empty where it says no more than that it is text. */
function codeType(type: string): string {
  return /javascript|typescript|yaml|toml|x-sh|python|sql$|java|\bx-c|x-go|x-rust|css$/u.test(type)
    ? type
    : '';
}

function titleFrom(blocks: readonly Block[], url: string): string {
  const first = blocks[0];
  if (first?.kind === 'heading') return first.text;
  if (first?.kind === 'paragraph' && first.text.length <= 120) return first.text;
  return fileName(url) || hostOf(url);
}
