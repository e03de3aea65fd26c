import type { IndexedPage } from '../index/passage-index.ts';

/** Files of a chat that a question may be answered from. */
export interface AskedFiles {
  /** As the index keeps them: each in a scope of its own, which no other chat's questions name. */
  pages: readonly Pick<IndexedPage, 'scope' | 'url'>[];
  /** True when nothing else is looked at: no search, no page of the web. */
  isAlone: boolean;
  /** True when the files are wanted as a whole and in their order, not what fits the question best. */
  inOrder?: boolean;
}
