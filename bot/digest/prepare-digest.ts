import type { DigestPost } from '../../generation/digest/digest-post.ts';
import type { DigestWriter } from '../../generation/digest/digest-writer.ts';
import type { ServiceAddresses } from '../../retrieval/releases/addresses.ts';
import { chooseReleases } from '../../retrieval/releases/choose.ts';
import type { ChosenRelease } from '../../retrieval/releases/choose.ts';
import { collectReleases } from '../../retrieval/releases/collect.ts';
import type { SourceReport } from '../../retrieval/releases/collect.ts';
import type { UnreadPage } from '../../retrieval/passage.ts';
import type { Release } from '../../retrieval/releases/release.ts';
import type { ReleaseSource } from '../../retrieval/releases/release-source.ts';
import type { ReleaseStore } from '../../retrieval/releases/release-store.ts';

import { mayBeReadLater } from './unread-pages.ts';

export interface PrepareDigestOptions {
  sources: readonly ReleaseSource[];
  addresses: ServiceAddresses;
  store: ReleaseStore;
  writer: Pick<DigestWriter, 'write'>;
  wanted: { topics: string[]; include: string[]; exclude: string[]; maxPerDay: number };
  /** Whether what a source has when it is read first is learned and not published. */
  isFirstRunSilent?: boolean;
  /** How many may be written; by default as many as there may be in a day. */
  atMost?: number;
  /** Published, skipped or in the queue. */
  isTaken?: (release: Release) => boolean;
  /** What could not be written. */
  onFailure?: (what: string, error: unknown) => void;
  signal: AbortSignal;
}

export interface DigestDraft extends ChosenRelease {
  post: DigestPost;
  /** Pages of its makers that could not be read. */
  notRead: readonly UnreadPage[];
}

export interface PreparedDigest {
  sources: SourceReport[];
  drafts: DigestDraft[];
  /** Releases that are worth a post, and for which there is no room today. */
  waiting: number;
  /** Topics and words that no release matches. */
  unmatched: string[];
  /**
   * Titles of chosen releases of which no post could be written, or none of whose makers' pages can be
   * read for now: they stay for the next time.
   */
  notWritten: string[];
}

/**
 * One round: what is new is collected, what is worth it chosen, and a post of each written.
 * @throws the signal's reason when it is aborted
 */
export async function prepareDigest({
  sources,
  addresses,
  store,
  writer,
  wanted,
  isFirstRunSilent = true,
  atMost = wanted.maxPerDay,
  isTaken = () => false,
  onFailure = () => {},
  signal,
}: PrepareDigestOptions): Promise<PreparedDigest> {
  const round = await collectReleases({ sources, addresses, store, signal, isFirstRunSilent });
  const { topics, include, exclude } = wanted;
  // Also what came in an earlier round: there may be room for it now, or it has become popular.
  const recent = store.load({ changedSince: new Date(round.at.getTime() - LOOK_BACK_MS) });
  const taken = new Set(recent.filter(isTaken).map(({ id }) => id));
  const { chosen, waiting, unmatched } = chooseReleases(recent, {
    now: round.at,
    topics,
    include,
    exclude,
    atMost,
    isTaken: (id) => taken.has(id),
    popularityAt: store.popularityAt,
  });
  const drafts: DigestDraft[] = [];
  const notWritten: string[] = [];
  for (const one of chosen) {
    try {
      const { post, table } = await writer.write(one.release, { signal });
      if (mayBeReadLater(table)) notWritten.push(one.release.title);
      else drafts.push({ ...one, post, notRead: table.notRead });
    } catch (error) {
      signal.throwIfAborted();
      onFailure('digest post', error);
      notWritten.push(one.release.title);
    }
  }
  return { sources: round.sources, drafts, waiting: waiting.length, unmatched, notWritten };
}

/** Twice as far as a release is news. */
const LOOK_BACK_MS = 14 * 86_400_000;
