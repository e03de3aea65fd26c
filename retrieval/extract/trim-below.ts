import type { LinkedBlock } from './blocks.ts';
import { dateLine } from './bylines.ts';
import { endsSentence } from './running-text.ts';

/** Drops from under the last sentence headings of empty boxes, credits, a few names and addresses. */
export function dropFooter(blocks: readonly LinkedBlock[]): LinkedBlock[] {
  let end = blocks.length;
  while (end > 1 && isHeadingOrCredit(blocks[end - 1])) end -= 1;
  let loose = end;
  while (loose > 1 && (isLoose(blocks[loose - 1]) || isHeadingOrCredit(blocks[loose - 1]))) {
    loose -= 1;
  }
  // Many short lines are a list, of prices or of dates, not what is left of a page's frame.
  if (end - loose <= 3) end = loose;
  return blocks.slice(0, end);
}

/** A short line that is no sentence. */
export function isLoose(block: LinkedBlock | undefined): boolean {
  if (block?.kind !== 'paragraph' || block.text.length >= 100 || endsSentence(block.text))
    return false;
  // A last line with a figure may be the price that was asked for.
  return block.linkShare > 0 || !/\d/u.test(block.text) || dateLine.test(block.text);
}

function isHeadingOrCredit(block: LinkedBlock | undefined): boolean {
  if (block === undefined) return false;
  if (block.kind === 'heading') return true;
  return block.kind === 'paragraph' && block.text.length < 250 && credit.test(block.text);
}

const credit =
  /\b(?:contributed (?:to this|reporting)|reporting by|editing by|all rights reserved)\b|©|все права защищены/iu;
