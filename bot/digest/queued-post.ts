import type { DigestPost } from '../../generation/digest/digest-post.ts';
import type { ListPost } from '../../generation/digest/list-post.ts';
import type { UnreadPage } from '../../retrieval/passage.ts';
import type { ChoiceReason } from '../../retrieval/releases/choose.ts';
import type { Release } from '../../retrieval/releases/release.ts';

/**
 * `draft`: before the admins. `approved`: goes to the channel when it is due. `sending`: on its way; what
 * is found so after a start was cut off, and nobody knows whether it arrived. `unknown`: just that, before
 * the admins. `skipped` and `published` are ends, which an admin may still undo for a while.
 */
export type PostState = 'draft' | 'approved' | 'sending' | 'unknown' | 'published' | 'skipped';

/** What stands in a post. */
export type PostContent =
  /** `notRead`: pages of its makers that could not be read when it was written. */
  | { kind: 'release'; post: DigestPost; notRead?: readonly UnreadPage[] }
  | { kind: 'list'; post: ListPost; releaseIds: readonly string[] };

/**
 * What an admin has to know of it. Of an unknown one: it was looked for in the channel and is not there,
 * or could not be looked for. Of a draft: Telegram did not take it, in its words.
 */
export type PostTrouble =
  | { kind: 'not-found' }
  | { kind: 'not-looked' }
  | { kind: 'refused'; words: string };

/** A post for the channel, from its first draft on. */
export interface QueuedPost {
  /** From 1; a button and an address name it by this. */
  id: number;
  /** What it came from: a round, a link or a post that an admin sent, or other posts. */
  origin: 'round' | 'message' | 'list';
  state: PostState;
  /** Counts what was changed in it, from 1: who taps below an older one is told so. */
  revision: number;
  content: PostContent;
  /** What it is about; null for a list. */
  release: Release | null;
  /** Why it was chosen. */
  reasons: readonly ChoiceReason[];
  /** An editor's own words, which are not checked. */
  opinion: string | null;
  madeAt: Date;
  /** The admin who decided last; null where nobody did. */
  decidedBy: number | null;
  decidedAt: Date | null;
  /** Of an approved one: not before this. */
  dueAt: Date | null;
  /** Where it stands in the channel; null where it never did, or does not any more. */
  sent: { channelId: number; messageId: number; at: Date; revision: number } | null;
  /** Of a published one: what it would say by now, which nobody has decided on yet. */
  renewed: PostContent | null;
  /** The highest id that was known of a message of the channel when it was sent last. */
  sentAfter: number | null;
  trouble: PostTrouble | null;
}
