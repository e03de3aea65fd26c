import type { Api } from 'grammy';
import type { InlineKeyboardMarkup } from 'grammy/types';
import type { Logger } from 'pino';

import type { Locale } from '../locales/locale.ts';
import type { DigestCards } from '../state/digest-cards.ts';
import type { DigestPosts } from '../state/digest-posts.ts';
import { sendingFailureOf } from '../telegram/sending-failure.ts';

import type { Channel } from './channel.ts';
import { channelMessage } from './channel-message.ts';
import type { ChannelMessage } from './channel-message.ts';
import { digestCard } from './digest-card.ts';
import type { DigestCardOptions } from './digest-card.ts';
import type { QueuedPost } from './queued-post.ts';

/** Where the admins see posts. */
export interface DraftCards {
  /**
   * Puts a post before the admins: as it will look, and below it what can be done with it. Resolves to
   * whether at least one could be reached.
   */
  show(postId: number, options?: { isSilent?: boolean; to?: readonly number[] }): Promise<boolean>;
  /** Whether an admin sees it. */
  isShown(postId: number): boolean;
  /** Its state changed: what the admins see says so. Never rejects. */
  refresh(postId: number): Promise<void>;
  /** One admin's card offers other buttons, and stays as it is for the others. */
  offer(postId: number, chatId: number, choice: DigestCardOptions['choice']): Promise<void>;
  /** Of an admin; null where Telegram does not tell. */
  nameOf(adminId: number): Promise<string | null>;
}

export interface DraftCardsOptions {
  /** Sends with care: see sending.ts. */
  api: Api;
  cards: DigestCards;
  posts: DigestPosts;
  channel: Channel;
  /** Of the bot, without @. */
  username: () => string;
  adminIds: () => readonly number[];
  localeOf: (adminId: number) => Locale;
  timeZone: string;
  logger: Logger;
  now?: () => Date;
}

export function createDraftCards({
  api,
  cards,
  posts,
  channel,
  username,
  adminIds,
  localeOf,
  timeZone,
  logger,
  now = () => new Date(),
}: DraftCardsOptions): DraftCards {
  /** What is done to one post's cards is done in turn: the last state is what stays. */
  const turns = new Map<number, Promise<unknown>>();
  const names = new Map<number, string | null>();
  /** What messages say, by chat and id: an edit that changes nothing counts in Telegram's limits, too. */
  const said = new Map<string, string>();

  function inTurn<T>(postId: number, work: () => Promise<T>): Promise<T> {
    const before = turns.get(postId) ?? Promise.resolve();
    const done = before.then(work, work);
    const settled = done.catch(() => {});
    turns.set(postId, settled);
    void settled.finally(() => {
      if (turns.get(postId) === settled) turns.delete(postId);
    });
    return done;
  }

  async function cardOf(
    post: QueuedPost,
    adminId: number,
    choice?: DigestCardOptions['choice'],
  ): Promise<ReturnType<typeof digestCard>> {
    const decider = post.decidedBy === null ? null : await nameOf(post.decidedBy);
    return digestCard(post, {
      locale: localeOf(adminId),
      timeZone,
      now: now(),
      channel: channel.known(),
      decider,
      ...(choice === undefined ? {} : { choice }),
    });
  }

  async function nameOf(adminId: number): Promise<string | null> {
    const known = names.get(adminId);
    if (known !== undefined) return known;
    try {
      const chat = await api.getChat(adminId);
      names.set(adminId, chat.first_name ?? null);
    } catch {
      // Only nicer with a name; asked for again the next time.
      return null;
    }
    return names.get(adminId) ?? null;
  }

  async function send(post: QueuedPost, adminId: number, isSilent: boolean): Promise<boolean> {
    const message = previewOf(post);
    const quietly = { disable_notification: isSilent };
    try {
      const preview = await api.sendMessage(adminId, message.text, {
        ...partsOf(message),
        ...quietly,
      });
      const { text, entities, keyboard } = await cardOf(post, adminId);
      const card = await api.sendMessage(adminId, text, {
        entities,
        disable_notification: true,
        link_preview_options: { is_disabled: true },
        reply_parameters: { message_id: preview.message_id, allow_sending_without_reply: true },
        reply_markup: { inline_keyboard: keyboard },
      });
      const ids = { previewId: preview.message_id, cardId: card.message_id };
      remember(adminId, ids.previewId, message);
      remember(adminId, ids.cardId, { text, entities, keyboard });
      cards.keep({ postId: post.id, chatId: adminId, ...ids });
      return true;
    } catch (error) {
      const failure = sendingFailureOf(error);
      const isTheirs = failure === 'blocked' || failure === 'gone';
      const what = `a draft could not be put before an admin: ${failure}`;
      logger[isTheirs ? 'info' : 'warn']({ err: error, post: post.id, admin: adminId }, what);
      return false;
    }
  }

  function previewOf({ id, content, renewed, opinion }: QueuedPost): ChannelMessage {
    return channelMessage({ id, content: renewed ?? content, opinion }, { username: username() });
  }

  async function edit(post: QueuedPost): Promise<void> {
    const current = new Set(adminIds());
    const message = previewOf(post);
    for (const { chatId, previewId, cardId } of cards.ofPost(post.id)) {
      // Who is no admin any more sees nothing new.
      if (!current.has(chatId)) continue;
      try {
        if (previewId !== null && mayHaveChanged(post) && remember(chatId, previewId, message)) {
          await api.editMessageText(chatId, previewId, message.text, partsOf(message));
        }
        await editCard(post, { chatId, cardId });
      } catch (error) {
        const failure = sendingFailureOf(error);
        logger.info({ err: error, post: post.id }, `a card could not be changed: ${failure}`);
        // Deleted by the admin, or too old to be changed: a new one says how things stand.
        said.delete(`${chatId}:${cardId}`);
        if (failure === 'gone' || failure === 'refused') {
          cards.remove(post.id, chatId);
          await send(post, chatId, true);
        }
      }
    }
  }

  async function editCard(
    post: QueuedPost,
    { chatId, cardId }: { chatId: number; cardId: number },
    choice?: DigestCardOptions['choice'],
  ): Promise<void> {
    const card = await cardOf(post, chatId, choice);
    if (!remember(chatId, cardId, card)) return;
    await api.editMessageText(chatId, cardId, card.text, {
      entities: card.entities,
      link_preview_options: { is_disabled: true },
      reply_markup: { inline_keyboard: card.keyboard },
    });
  }

  /** Whether the message said something else before. */
  function remember(chatId: number, messageId: number, says: object): boolean {
    const key = `${chatId}:${messageId}`;
    const words = JSON.stringify(says);
    if (said.get(key) === words) return false;
    said.delete(key);
    said.set(key, words);
    const [oldest] = said.keys();
    if (said.size > MOST_REMEMBERED && oldest !== undefined) said.delete(oldest);
    return true;
  }

  return {
    nameOf,
    show: (postId, { isSilent = false, to = adminIds() } = {}) =>
      inTurn(postId, async () => {
        const post = posts.find(postId);
        if (post === null) return false;
        let isReached = false;
        for (const adminId of to) {
          await retire(postId, adminId);
          if (await send(post, adminId, isSilent)) isReached = true;
        }
        return isReached;
      }),
    isShown: (postId) => cards.ofPost(postId).length > 0,
    async refresh(postId) {
      try {
        await inTurn(postId, async () => {
          const post = posts.find(postId);
          if (post !== null) await edit(post);
        });
      } catch (error) {
        logger.warn({ err: error, post: postId }, 'cards could not be changed');
      }
    },
    offer: (postId, chatId, choice) =>
      inTurn(postId, async () => {
        const post = posts.find(postId);
        const card = cards.ofPost(postId).find((one) => one.chatId === chatId);
        if (post === null || card === undefined) return;
        await editCard(post, { chatId, cardId: card.cardId }, choice);
      }),
  };

  /** An earlier card of the same post has no buttons from now on. */
  async function retire(postId: number, chatId: number): Promise<void> {
    const before = cards.ofPost(postId).find((card) => card.chatId === chatId);
    if (before === undefined) return;
    said.delete(`${chatId}:${before.cardId}`);
    const none: InlineKeyboardMarkup = { inline_keyboard: [] };
    await api.editMessageReplyMarkup(chatId, before.cardId, { reply_markup: none }).catch(() => {});
  }
}

const MOST_REMEMBERED = 500;

/** What is decided on does not change any more, and an edit of it would be one for nothing. */
function mayHaveChanged({ state, renewed, sent, revision }: QueuedPost): boolean {
  return state === 'draft' || renewed !== null || (sent !== null && sent.revision === revision);
}

function partsOf({ entities, preview, keyboard }: ChannelMessage) {
  return {
    entities,
    link_preview_options: preview,
    ...(keyboard === null ? {} : { reply_markup: keyboard }),
  };
}
