import type { DigestPosts } from '../state/digest-posts.ts';

import { postAddress } from './channel.ts';
import type { Channel } from './channel.ts';

/** A published post as readers ask about it. */
export interface AskablePost {
  id: number;
  /** Without its emoji. */
  title: string;
  text: string;
  /** Addresses of the pages that it rests on, and that it links to. */
  sources: readonly string[];
  /** In the channel; null where it has no public address. */
  url: string | null;
}

/** The post of that number, as long as it stands in the channel. */
export type FindAskablePost = (id: number) => AskablePost | null;

export function createFindAskablePost({
  posts,
  channel,
}: {
  posts: Pick<DigestPosts, 'find'>;
  channel: Pick<Channel, 'known'>;
}): FindAskablePost {
  return (id) => {
    const found = posts.find(id);
    if (found?.state !== 'published' || found.content.kind !== 'release') return null;
    const { post } = found.content;
    const chat = channel.known();
    const messageId = found.sent?.messageId ?? 0;
    const isPublic = chat !== null && chat.username !== null && messageId !== 0;
    return {
      id,
      title: post.title.text.slice(post.title.emoji.length).trim(),
      text: post.text,
      sources: [...new Set([...post.sources, ...post.links].map(({ url }) => url))],
      url: isPublic ? postAddress(chat, messageId) : null,
    };
  };
}

/** What is released, without what is said of it: `DeepSeek-V3` of «DeepSeek-V3: 671 млрд параметров». */
export function subjectOf({ title }: Pick<AskablePost, 'title'>): string {
  const [subject = title] = title.split(/: /u);
  return subject;
}
