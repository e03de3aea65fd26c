import { InlineKeyboard } from 'grammy';
import type { Api } from 'grammy';
import type { Logger } from 'pino';

import type { Deliveries } from '../state/deliveries.ts';

import type { ChatQuestion } from './chat-question.ts';
import { replyTo } from './reply-to.ts';

/** The line that says that a question waits its turn, with a button to cancel it. */
export interface WaitingNotices {
  /** Says so, unless it was said before a restart. Never throws. */
  show(question: ChatQuestion): Promise<void>;
  /** The turn has come. Never throws. */
  remove(question: ChatQuestion): Promise<void>;
  /** The question was cancelled: the line says that instead. @throws what grammY throws. */
  cancel(question: ChatQuestion): Promise<void>;
}

export function createWaitingNotices({
  api,
  deliveries,
  logger,
}: {
  api: Api;
  deliveries: Deliveries;
  logger: Logger;
}): WaitingNotices {
  const underWay = new Map<number, Promise<void>>();

  async function send({ id, place, locale }: ChatQuestion): Promise<void> {
    const keyboard = new InlineKeyboard().text(locale.t('button-cancel'), `cancel:${id}`);
    try {
      const { message_id: messageId } = await api.sendMessage(
        place.chatId,
        locale.t('waiting-its-turn'),
        { ...replyTo(place), reply_markup: keyboard },
      );
      deliveries.setNotice(id, messageId);
    } catch (error) {
      logger.info({ err: error }, 'a waiting question could not be told so');
    }
  }

  /** The line's message, once it is known; from then on it is nobody's. */
  async function take({ id }: ChatQuestion): Promise<number | null> {
    await underWay.get(id);
    underWay.delete(id);
    const noticeId = deliveries.find(id)?.noticeId ?? null;
    if (noticeId !== null) deliveries.setNotice(id, null);
    return noticeId;
  }

  return {
    async show(question) {
      const { noticeId } = deliveries.begin(question.id, question.place);
      if (noticeId !== null) return;
      const sending = send(question);
      underWay.set(question.id, sending);
      await sending;
    },
    async remove(question) {
      const messageId = await take(question);
      if (messageId === null) return;
      // The answer does not wait for it.
      api.deleteMessage(question.place.chatId, messageId).catch((error: unknown) => {
        logger.info({ err: error }, 'a notice could not be deleted');
      });
    },
    async cancel(question) {
      const { place, locale } = question;
      const messageId = await take(question);
      const text = locale.t('cancelled');
      if (messageId === null) await api.sendMessage(place.chatId, text, replyTo(place));
      else await api.editMessageText(place.chatId, messageId, text);
    },
  };
}
