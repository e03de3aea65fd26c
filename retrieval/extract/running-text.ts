import type { LinkedBlock } from './blocks.ts';

/** Whether a block reads like a sentence or more. */
export function isProse(block: LinkedBlock): boolean {
  return (
    (block.kind === 'paragraph' || block.kind === 'quotation') &&
    block.linkShare < 0.5 &&
    (block.text.length >= 100 || (block.text.length >= 40 && endsSentence(block.text)))
  );
}

export function endsSentence(text: string): boolean {
  return /[.!?…:;。！？]["'»”’)\]]*$/u.test(text);
}

/** Whether a page tells something in sentences, unlike a list or a reference. */
export function isRunningText(blocks: readonly LinkedBlock[]): boolean {
  let prose = 0;
  let all = 0;
  for (const block of blocks) {
    all += block.text.length;
    if (isProse(block)) prose += block.text.length;
  }
  return prose >= 250 && prose >= all * 0.3;
}
