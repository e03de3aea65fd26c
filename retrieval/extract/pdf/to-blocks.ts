import type { Block, BlockKind } from '../../passage.ts';
import { foldCode, foldText } from '../text-folding.ts';
import { collectWords, joinParagraph } from './join-lines.ts';
import { listMarker } from './layout-blocks.ts';
import type { BodyFont, LayoutBlock } from './layout-blocks.ts';

/** Joins the lines of each block to its text, with the pages that it stands on. */
export function toBlocks(layout: readonly LayoutBlock[], body: BodyFont): Block[] {
  const words = collectWords(layout.flatMap(({ lines }) => lines.map(({ text }) => text)));
  return layout.flatMap((block, at): Block[] => {
    const text = textOf(block, words);
    if (text === '') return [];
    const kind = kindOf(block, text, body);
    // A heading that is set in two lines apart is one heading still, but two may follow each other.
    const from = block.lines[0]?.page ?? at;
    const to = block.lines.at(-1)?.page ?? from;
    const shown = kind === 'list-item' ? text.replace(bullet, '') : text;
    return shown === '' ? [] : [{ kind, text: shown, place: { unit: 'page', from, to } }];
  });
}

const bullet = /^[•◦‣▪■●○∙·\uF0B7\uF0A7*–—-]\s*/u;

function textOf({ kind, lines }: LayoutBlock, words: ReadonlySet<string>): string {
  if (kind === 'code') return foldCode(withoutMargin(lines.map(({ text }) => text)).join('\n'));
  const joined = joinParagraph(
    lines.map(({ text }) => text),
    words,
  );
  // Leaders of a table of contents.
  return foldText(unligated(joined).replace(/(?:\s?[.…·_]){4,}\s*/gu, ' … '));
}

function withoutMargin(lines: readonly string[]): string[] {
  const margins = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/u));
  const margin = Math.min(...margins);
  return lines.map((line) => line.slice(margin));
}

function unligated(text: string): string {
  return text.replace(/[\uFB00-\uFB06]/gu, (ligature) => ligature.normalize('NFKC'));
}

function kindOf(block: LayoutBlock, text: string, body: BodyFont): BlockKind {
  if (block.kind !== 'text') return block.kind;
  if (isHeading(block, text, body)) return 'heading';
  return listMarker.test(text) ? 'list-item' : 'paragraph';
}

function isHeading(block: LayoutBlock, text: string, body: BodyFont): boolean {
  if (text.length > 180 || block.lines.length > 4 || !/\p{L}{2}/u.test(text)) return false;
  if (/[,;]$/u.test(text) || /…\s*\d+$/u.test(text) || caption.test(text)) return false;
  if (block.size > body.size * 1.13) return true;
  if (block.size < body.size * 0.97 || !block.isApart || text.length > 100) return false;
  if (/[.:!?]$/u.test(text) || !/^[\p{Lu}\p{N}«"“]/u.test(text)) return false;
  const isCapitals = /\p{L}{4}/u.test(text) && !/\p{Ll}/u.test(text);
  return block.lines.length <= 2 && (isCapitals || (block.isOneFont && block.font !== body.font));
}

const caption = /^(?:table|figure|fig\.|таблица|табл\.|рис\.|рисунок)\s*\d/iu;
