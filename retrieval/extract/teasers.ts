import type { LinkedBlock } from './blocks.ts';
import { isLoose } from './trim-below.ts';

/** Drops each heading that leads elsewhere, with nothing under it but a line or two. */
export function dropTeasers(blocks: readonly LinkedBlock[]): LinkedBlock[] {
  const kept: LinkedBlock[] = [];
  let position = 0;
  while (position < blocks.length) {
    const block = blocks[position];
    if (block === undefined) break;
    let next = position + 1;
    if (block.kind === 'heading' && block.linkShare >= 0.9) {
      while (isLoose(blocks[next])) next += 1;
      const after = blocks[next];
      if (after === undefined || after.kind === 'heading') {
        position = next;
        continue;
      }
      next = position + 1;
    }
    kept.push(block);
    position = next;
  }
  return kept;
}
