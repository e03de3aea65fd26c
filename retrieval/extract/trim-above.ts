import type { LinkedBlock } from './blocks.ts';
import { isByline } from './bylines.ts';
import { endsSentence, isProse } from './running-text.ts';
import { comparable } from './titles.ts';

/** The title is a field of its own; what stands above it on the page is navigation. */
export function dropAboveTitle(
  blocks: readonly LinkedBlock[],
  titles: readonly string[],
): LinkedBlock[] {
  const wanted = new Set(titles.map((title) => comparable(title)));
  let proseAbove = 0;
  for (const [position, { text, kind }] of blocks.entries()) {
    if (wanted.has(comparable(text)) && (kind === 'heading' || kind === 'paragraph')) {
      return blocks.slice(position + 1);
    }
    if (text.length >= 100) proseAbove += 1;
    if (proseAbove >= 2) break;
  }
  return [...blocks];
}

/** Drops from above the first sentence a headline said once more, bylines and dates. */
export function dropBylines(
  blocks: readonly LinkedBlock[],
  authors: readonly string[],
): LinkedBlock[] {
  const first = blocks.findIndex((block) => isProse(block));
  if (first <= 0) return [...blocks];
  return [
    ...blocks.slice(0, first).filter((block) => !isSubheadline(block) && !isByline(block, authors)),
    ...blocks.slice(first),
  ];
}

function isSubheadline({ kind, text }: LinkedBlock): boolean {
  return kind === 'heading' && (text.length > 60 || endsSentence(text));
}
