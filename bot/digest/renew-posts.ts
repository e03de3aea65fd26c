import type { Logger } from 'pino';

import type { DigestPost } from '../../generation/digest/digest-post.ts';
import type { DigestWriter } from '../../generation/digest/digest-writer.ts';
import type { Release } from '../../retrieval/releases/release.ts';
import type { ReleaseStore } from '../../retrieval/releases/release-store.ts';
import type { DigestPosts } from '../state/digest-posts.ts';

import type { QueuedPost } from './queued-post.ts';

export interface RenewPostsOptions {
  digest: {
    writer: Pick<DigestWriter, 'write' | 'readFacts' | 'edit'>;
    releases: Pick<ReleaseStore, 'find'>;
  };
  posts: DigestPosts;
  logger: Logger;
  /** Published ones that are older are left as they are. */
  publishedSinceMs?: number;
  now?: () => Date;
  signal: AbortSignal;
}

/**
 * Writes anew what later appearances have changed: a draft has its new words at once, a published post
 * says what it would say by now. What an editor wrote stays, with the links of now. Resolves to the posts
 * that changed.
 * @throws the signal's reason when it is aborted
 */
export async function renewPosts({
  digest,
  posts,
  logger,
  publishedSinceMs = 7 * 86_400_000,
  now = () => new Date(),
  signal,
}: RenewPostsOptions): Promise<QueuedPost[]> {
  const since = new Date(now().getTime() - publishedSinceMs);
  const renewed: QueuedPost[] = [];
  for (const queued of [...posts.list(['draft'], 200), ...posts.publishedSince(since)]) {
    const release = newerRelease(queued, digest.releases);
    if (release === null || queued.content.kind !== 'release') continue;
    try {
      const post = await writeAnew(queued.content.post, release, { writer: digest.writer, signal });
      posts.learn(queued.id, release);
      if (post.text === queued.content.post.text && sameLinks(post, queued.content.post)) continue;
      const content = { kind: 'release', post } as const;
      const isKept =
        queued.state === 'draft'
          ? posts.revise(queued.id, queued.revision, { content }) !== null
          : posts.renew(queued.id, content);
      const after = isKept ? posts.find(queued.id) : null;
      if (after !== null) renewed.push(after);
    } catch (error) {
      signal.throwIfAborted();
      logger.warn({ err: error, post: queued.id }, 'a post could not be brought up to date');
    }
  }
  return renewed;
}

function newerRelease(
  { release }: QueuedPost,
  releases: Pick<ReleaseStore, 'find'>,
): Release | null {
  if (release === null) return null;
  const known = releases.find(release.id);
  return known !== null && known.changedAt > release.changedAt ? known : null;
}

async function writeAnew(
  post: DigestPost,
  release: Release,
  { writer, signal }: { writer: RenewPostsOptions['digest']['writer']; signal: AbortSignal },
): Promise<DigestPost> {
  if (post.generator !== 'editor') return (await writer.write(release, { signal })).post;
  return writer.edit(release, await writer.readFacts(release, { signal }), post.text);
}

function sameLinks(one: DigestPost, other: DigestPost): boolean {
  return JSON.stringify(one.links) === JSON.stringify(other.links);
}
