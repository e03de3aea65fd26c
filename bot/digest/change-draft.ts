import type { Logger } from 'pino';

import type { DigestWriter } from '../../generation/digest/digest-writer.ts';
import type { DigestPosts } from '../state/digest-posts.ts';

import { channelMessage } from './channel-message.ts';
import type { PostContent, QueuedPost } from './queued-post.ts';

export interface ChangeDraftOptions {
  posts: DigestPosts;
  writer: Pick<DigestWriter, 'readFacts' | 'edit' | 'instruct'>;
  /** Of the bot, without @. */
  username: string;
  logger: Logger;
  signal: AbortSignal;
}

/** What an editor wants of a draft: another text, a change that a model is to make, their own opinion. */
export type DraftChange =
  | { kind: 'text' | 'instruction'; words: string }
  /** Null: none. */
  | { kind: 'opinion'; words: string | null };

/**
 * `too-long`: a post takes no so many characters. `changed`: somebody else was faster. `no-list`: lists
 * are not written by anybody. `not-checked`: its sources could not be read. `no-model`: it failed.
 */
export type ChangeOutcome =
  | { kind: 'done' | 'changed' | 'no-list' | 'not-checked' | 'no-model' }
  | { kind: 'too-long'; count: number; most: number };

/** Changes a draft as an editor wants it; what is written is checked again. What fails changes nothing. */
export async function changeDraft(
  draft: QueuedPost,
  change: DraftChange,
  { posts, writer, username, logger, signal }: ChangeDraftOptions,
): Promise<ChangeOutcome> {
  if (change.words !== null && change.words.length > MESSAGE_LENGTH) {
    return { kind: 'too-long', count: change.words.length, most: MESSAGE_LENGTH };
  }
  const changed =
    change.kind === 'opinion'
      ? { opinion: change.words }
      : await rewrite(draft, { kind: change.kind, words: change.words });
  if (typeof changed === 'string') return { kind: changed };
  const { text } = channelMessage({ ...draft, ...changed }, { username });
  if (text.length > MESSAGE_LENGTH) {
    return { kind: 'too-long', count: text.length, most: MESSAGE_LENGTH };
  }
  const isKept = posts.revise(draft.id, draft.revision, changed) !== null;
  return { kind: isKept ? 'done' : 'changed' };

  async function rewrite(
    { content, release }: QueuedPost,
    { kind, words }: { kind: 'text' | 'instruction'; words: string },
  ): Promise<{ content: PostContent } | 'no-list' | 'not-checked' | 'no-model'> {
    if (content.kind === 'list' || release === null) return 'no-list';
    try {
      const table = await writer.readFacts(release, { signal });
      const post =
        kind === 'text'
          ? await writer.edit(release, table, words)
          : await writer.instruct(
              release,
              table,
              { post: content.post, instruction: words },
              { signal },
            );
      return post === null
        ? 'no-model'
        : { content: { kind: 'release', post, notRead: table.notRead } };
    } catch (error) {
      logger.warn({ err: error, post: draft.id }, 'a draft could not be changed');
      return kind === 'text' ? 'not-checked' : 'no-model';
    }
  }
}

const MESSAGE_LENGTH = 4096;
