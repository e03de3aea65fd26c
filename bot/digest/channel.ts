import type { Api } from 'grammy';

import type { DigestNotes } from '../state/digest-notes.ts';

/** The channel that posts go to, as Telegram knows it. */
export interface ChannelChat {
  id: number;
  title: string;
  /** Without @; null where it has no public address. */
  username: string | null;
}

export interface Channel {
  /** Asks Telegram once. @throws what grammY throws, such as when there is no such channel */
  chat(signal?: AbortSignal): Promise<ChannelChat>;
  /** Null before Telegram was asked. */
  known(): ChannelChat | null;
  /** The highest id that is known of a message there; null where none is. */
  lastMessageId(): number | null;
  /** A message of that id stands there. */
  saw(messageId: number): void;
}

export interface ChannelOptions {
  api: Api;
  /** `@name` or `-100…`. */
  name: string;
  notes: DigestNotes;
}

export function createChannel({ api, name, notes }: ChannelOptions): Channel {
  let chat: ChannelChat | null = null;
  const lastMessageId = (): number | null => {
    const [id, last] = notes.read('last-message')?.split(':') ?? [];
    // What is known of another channel says nothing of this one.
    return chat !== null && Number(id) === chat.id ? Number(last) : null;
  };
  return {
    async chat(signal) {
      if (chat !== null) return chat;
      const found = await api.getChat(name, signal as never);
      chat = { id: found.id, title: found.title ?? name, username: found.username ?? null };
      return chat;
    },
    known: () => chat,
    lastMessageId,
    saw(messageId) {
      if (chat === null || messageId <= (lastMessageId() ?? 0)) return;
      notes.write('last-message', `${chat.id}:${messageId}`);
    },
  };
}

/** Where a post can be opened: by everybody, or by the channel's members. */
export function postAddress({ id, username }: ChannelChat, messageId: number): string {
  const room = username ?? `c/${String(id).replace(/^-100/u, '')}`;
  return `https://t.me/${room}/${messageId}`;
}
