import type { Block } from '../passage.ts';
import type { LinkedBlock } from './blocks.ts';
import { isRunningText } from './running-text.ts';
import { isSignpost } from './signposts.ts';
import { dropTeasers } from './teasers.ts';
import { dropAboveTitle, dropBylines } from './trim-above.ts';
import { dropFooter } from './trim-below.ts';

/**
 * Cuts off what stands around an article's text and in its gaps: the title and byline above it,
 * signposts to other pages, labels of boxes, what is left under its last sentence. A page that is
 * not running text, such as a list of links or a reference page, keeps what it has.
 */
export function trimBlocks(
  blocks: readonly LinkedBlock[],
  { titles, authors }: { titles: readonly string[]; authors: readonly string[] },
): Block[] {
  let kept = dropAboveTitle(blocks, titles);
  if (isRunningText(kept)) {
    kept = dropTeasers(kept).filter((block) => !isSignpost(block));
    kept = dropBylines(kept, authors);
    kept = dropFooter(kept);
  }
  return kept.map(({ linkShare: _linkShare, ...block }) => block);
}
