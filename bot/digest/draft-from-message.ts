import type { Message } from 'grammy/types';

import type { DigestWriter } from '../../generation/digest/digest-writer.ts';
import type { DigestPosts } from '../state/digest-posts.ts';

import type { QueuedPost } from './queued-post.ts';

/** Of what an admin sent: a new draft, the post that there is already, or why there is none. */
export type MessageDraft =
  | { kind: 'drafted' | 'known'; post: QueuedPost }
  | { kind: 'nothing' | 'unreadable' };

export interface DraftFromMessageOptions {
  posts: DigestPosts;
  writer: Pick<DigestWriter, 'draft'>;
  signal: AbortSignal;
}

/** @throws what reading and writing throws */
export async function draftFromMessage(
  message: Message,
  { posts, writer, signal }: DraftFromMessageOptions,
): Promise<MessageDraft> {
  const publisher = publisherOf(message);
  const draft = await writer.draft(textWithLinks(message), { signal, publisher });
  if (draft === null) return { kind: 'nothing' };
  const known = posts.about(draft.release);
  if (known !== null) return { kind: 'known', post: known };
  if (draft.status === 'unreadable') return { kind: 'unreadable' };
  const { release, table } = draft;
  const content = { kind: 'release', post: draft.post, notRead: table.notRead } as const;
  const post = posts.add({ origin: 'message', content, release, reasons: [] });
  return post === null ? { kind: 'nothing' } : { kind: 'drafted', post };
}

/** Whether it is a link and nothing else. */
export function isOnlyLink(message: Message): boolean {
  const text = message.text ?? '';
  const links = (message.entities ?? []).filter(({ type }) => type === 'url');
  if (links.length === 0 || links.length > MOST_LINKS) return false;
  let rest = text;
  for (const { offset, length } of links.toReversed()) {
    rest = `${rest.slice(0, offset)} ${rest.slice(offset + length)}`;
  }
  return !/[\p{L}\p{N}]/u.test(rest);
}

/** Several links of one thing are one draft: its weights, its paper, its code. */
const MOST_LINKS = 3;

/** Whether it is a post of a channel that says something. */
export function isForwardedPost({ forward_origin: origin, text, caption }: Message): boolean {
  return origin?.type === 'channel' && /[\p{L}\p{N}]/u.test(text ?? caption ?? '');
}

/** A link may stand behind words, where the text does not show it. */
function textWithLinks(message: Message): string {
  const text = message.text ?? message.caption ?? '';
  const hidden = (message.entities ?? message.caption_entities ?? []).flatMap((entity) =>
    entity.type === 'text_link' ? [entity.url] : [],
  );
  return [text, ...hidden].join('\n');
}

function publisherOf({ forward_origin: origin }: Message): string | null {
  return origin?.type === 'channel' ? origin.chat.title : null;
}
