import type { Block } from '../passage.ts';
import { detectLanguage } from '../text/language.ts';
import { readDate } from './dates.ts';
import type { ExtractedPage, FetchedPage } from './extract-page.ts';
import { jsonBlocks } from './json.ts';
import { markdownBlocks } from './markdown.ts';
import { foldText } from './text-folding.ts';

/** Reads plain text, Markdown and JSON. What is no text at all, such as an image, has no blocks. */
export function extractPlainText(page: FetchedPage): ExtractedPage {
  const { url, fetchedAt } = page;
  const { blocks, title } = readBlocks(page);
  const modifiedAt = readDate(page.lastModified, fetchedAt);
  const sample = blocks.slice(0, 50).map(({ text }) => text.slice(0, 400));
  return {
    url,
    title: (title ?? titleFrom(blocks, url)).slice(0, 300),
    site: hostOf(url),
    language: detectLanguage(sample.join('\n')),
    publishedAt: null,
    modifiedAt,
    fetchedAt,
    blocks,
    canonicalUrl: null,
    needsBrowser: false,
  };
}

const maxCharacters = 2_000_000;

function readBlocks({ contentType, url, text }: FetchedPage): {
  blocks: Block[];
  title: string | null;
} {
  const type = contentType.toLowerCase().split(';')[0]?.trim() ?? '';
  const source = text.slice(0, maxCharacters).replaceAll('\0', '').replace(/\r\n?/gu, '\n');
  const file = fileName(url).toLowerCase();
  if (/\bjson\b|\+json$/u.test(type) || (type === '' && /^\s*[[{]/u.test(source))) {
    return { blocks: jsonBlocks(source), title: null };
  }
  if (type === 'text/markdown' || type === 'text/x-markdown' || /\.(?:md|markdown)$/u.test(file)) {
    return markdownBlocks(source);
  }
  if (type !== '' && !type.startsWith('text/') && !textTypes.test(type)) {
    return { blocks: [], title: null };
  }
  return { blocks: paragraphs(source), title: null };
}

const textTypes = /octet-stream|javascript|yaml|toml|x-sh|x-python|sql$|x-tex/u;

function paragraphs(source: string): Block[] {
  return source.split(/\n[^\S\n]*\n/u).flatMap((paragraph): Block[] => {
    const text = foldText(paragraph);
    return text === '' ? [] : [{ kind: 'paragraph', text }];
  });
}

function titleFrom(blocks: readonly Block[], url: string): string {
  const first = blocks[0];
  if (first?.kind === 'heading') return first.text;
  if (first?.kind === 'paragraph' && first.text.length <= 120) return first.text;
  return fileName(url) || hostOf(url);
}

function fileName(url: string): string {
  try {
    return decodeURIComponent(
      new URL(url).pathname.split('/').findLast((part) => part !== '') ?? '',
    );
  } catch {
    return '';
  }
}

function hostOf(url: string): string {
  try {
    return new URL(url).host.replace(/^www\./u, '');
  } catch {
    return '';
  }
}
