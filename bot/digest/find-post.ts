import { GrammyError } from 'grammy';
import type { Api } from 'grammy';
import type { Message } from 'grammy/types';

import { sendingFailureOf } from '../telegram/sending-failure.ts';
import type { SendingFailure } from '../telegram/sending-failure.ts';

import type { ChannelChat } from './channel.ts';

export interface FindPostOptions {
  api: Api;
  channel: ChannelChat;
  text: string;
  /** The highest id that was known of a message there before the post was sent. */
  after: number;
  /** The highest that is known by now. */
  last: number;
  /** To whom a message may be forwarded, to be looked at. */
  adminIds: readonly number[];
  /** Ids without a message that are tried beyond the last one that is there: some may be deleted. */
  beyond?: number;
  /** Ids that are tried at most. */
  most?: number;
  signal: AbortSignal;
}

/** The id of the message that shows the post. */
export type FoundPost = { kind: 'found'; messageId: number } | { kind: 'not-found' | 'not-looked' };

/**
 * Looks for a post among a channel's newest messages. A bot cannot read them, but what it forwards
 * comes back to it; the admin's chat that it goes through is tidied at once.
 * @throws what `isPassing` knows: it may be tried again
 */
export async function findPost({
  api,
  channel,
  text,
  after,
  last,
  adminIds,
  beyond = 5,
  most = 200,
  signal,
}: FindPostOptions): Promise<FoundPost> {
  const through = [...adminIds];
  let end = Math.max(after, last) + beyond;
  for (let id = after + 1; id <= end; id += 1) {
    if (id > after + most) return { kind: 'not-looked' };
    let message: Message | null | 'not-looked' = 'not-looked';
    while (through.length > 0 && message === 'not-looked') {
      signal.throwIfAborted();
      message = await look(id, through[0] ?? 0);
      // One who has blocked the bot cannot help; the next may.
      if (message === 'not-looked') through.shift();
    }
    if (message === 'not-looked') return { kind: 'not-looked' };
    if (message?.text === text) return { kind: 'found', messageId: id };
    // Others may have posted since, of which nobody has told.
    if (message !== null) end = Math.max(end, id + beyond);
  }
  return { kind: 'not-found' };

  async function look(messageId: number, adminId: number): Promise<Message | null | 'not-looked'> {
    try {
      const message = await api.forwardMessage(adminId, channel.id, messageId, {
        disable_notification: true,
      });
      await api.deleteMessage(adminId, message.message_id).catch(() => {});
      return message;
    } catch (error) {
      signal.throwIfAborted();
      if (isPassing(error)) throw error;
      return error instanceof GrammyError && NO_MESSAGE.test(error.description)
        ? null
        : 'not-looked';
    }
  }
}

/** Telegram is out of reach, or wants to be asked later: nothing is known of the channel by that. */
export function isPassing(error: unknown): boolean {
  return PASSING.has(sendingFailureOf(error));
}

const PASSING: ReadonlySet<SendingFailure> = new Set(['unreachable', 'unknown-outcome', 'flood']);

const NO_MESSAGE = /message to forward not found|MESSAGE_ID_INVALID|message can't be forwarded/iu;
