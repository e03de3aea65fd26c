import type { Logger } from 'pino';

import type { DigestPost } from '../../generation/digest/digest-post.ts';
import type { FactTable } from '../../generation/digest/fact.ts';
import type { DigestWriter } from '../../generation/digest/digest-writer.ts';
import type { Release } from '../../retrieval/releases/release.ts';
import type { ReleaseStore } from '../../retrieval/releases/release-store.ts';
import type { DigestPosts } from '../state/digest-posts.ts';

import type { QueuedPost } from './queued-post.ts';
import { missesForNow } from './unread-pages.ts';

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
    // Where two became one, the other post stays as it is.
    if (release !== null && posts.about(release)?.id !== queued.id) continue;
    if (release === null || queued.content.kind !== 'release') continue;
    try {
      const { post, table } = await writeAnew(queued.content.post, release, {
        writer: digest.writer,
        signal,
      });
      // What it says by a page that is away for now must not be lost: the next round tries again.
      if (missesForNow(table)) continue;
      posts.learn(queued.id, release);
      const offered = queued.renewed?.kind === 'release' ? queued.renewed.post : null;
      if (saysTheSame(post, queued.content.post)) {
        // What was offered meanwhile is out of date.
        if (offered !== null) posts.renew(queued.id, null);
        continue;
      }
      // Nobody is asked twice about the same words.
      if (offered !== null && saysTheSame(post, offered)) continue;
      const content = { kind: 'release', post, notRead: table.notRead } as const;
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
  const known = namesOf(release)
    .map((name) => releases.find(name))
    .find((one) => one !== null);
  if (known === undefined || known === null) return null;
  return known.id !== release.id || known.changedAt > release.changedAt ? known : null;
}

/** What a link was sent of is known to its services by other names, once they have told of it. */
function namesOf({ id, links }: Release): string[] {
  if (!id.startsWith('link:')) return [id];
  const model = URL.parse(links.huggingface ?? '')?.pathname.slice(1);
  const [, number] = /\/abs\/(.+)$/u.exec(links.paper ?? '') ?? [];
  return [
    ...(model === undefined ? [] : [`huggingface:${model}`]),
    ...(number === undefined ? [] : [`arxiv:${number}`]),
  ];
}

async function writeAnew(
  post: DigestPost,
  release: Release,
  { writer, signal }: { writer: RenewPostsOptions['digest']['writer']; signal: AbortSignal },
): Promise<{ post: DigestPost; table: FactTable }> {
  if (post.generator !== 'editor') return writer.write(release, { signal });
  const table = await writer.readFacts(release, { signal });
  return { post: await writer.edit(release, table, post.text), table };
}

function saysTheSame(one: DigestPost, other: DigestPost): boolean {
  return one.text === other.text && JSON.stringify(one.links) === JSON.stringify(other.links);
}
