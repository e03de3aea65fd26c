import { GrammyError } from 'grammy';
import type { Api } from 'grammy';
import type { InlineKeyboardMarkup, MessageEntity } from 'grammy/types';
import type { Logger } from 'pino';

import { sendingFailureOf } from '../telegram/sending-failure.ts';
import type { AnswerPart, Deliveries, Delivery } from '../state/deliveries.ts';

import type { OnStep } from './step.ts';

export interface DeliverOptions {
  api: Api;
  deliveries: Deliveries;
  logger: Logger;
  onStep: OnStep;
  /** Stands for a part that Telegram refuses. */
  substitute: string;
}

/**
 * Brings a written answer into its chat, from the part on where it stopped: first into the messages
 * that stand there for it, the rest as new ones. Resolves to the messages of the answer.
 * @throws what grammY throws when a part cannot be sent. A delivery that is then still `isSending` has
 * sent a message whose arrival nobody knows: it must not be sent again.
 */
export async function deliver(
  questionId: number,
  { api, deliveries, logger, onStep, substitute }: DeliverOptions,
): Promise<number[]> {
  for (;;) {
    const delivery = deliveries.find(questionId);
    const part = delivery?.parts?.[delivery.nextPart];
    if (delivery === null || delivery.parts === null || part === undefined) {
      return await finish(delivery);
    }
    const standing = delivery.messageIds[delivery.nextPart];
    const isEdited = standing !== undefined && (await tryToEdit(delivery, standing, part));
    if (isEdited) {
      deliveries.arrived(questionId, standing);
      onStep('arrived', questionId);
      continue;
    }
    deliveries.sending(questionId);
    onStep('sending', questionId);
    let messageId: number;
    try {
      messageId = await send(delivery, part);
    } catch (error) {
      if (sendingFailureOf(error) !== 'refused' || part.text === substitute) throw error;
      // What Telegram will not have must not cost the rest of the answer.
      logger.error({ err: error }, 'Telegram refused a part of an answer');
      const keyboard = part.keyboard === undefined ? {} : { keyboard: part.keyboard };
      deliveries.substitute(questionId, { text: substitute, entities: [], ...keyboard });
      continue;
    }
    onStep('sent', questionId);
    deliveries.arrived(questionId, messageId);
    onStep('arrived', questionId);
  }

  async function finish(delivery: Delivery | null): Promise<number[]> {
    if (delivery === null) return [];
    const [ids, surplus] = splitAt(delivery.messageIds, delivery.nextPart);
    deliveries.stands(questionId, ids);
    deliveries.finish(questionId);
    for (const messageId of surplus) {
      await api.deleteMessage(delivery.chatId, messageId).catch((error: unknown) => {
        logger.info({ err: error }, 'what an answer no longer needs could not be deleted');
      });
    }
    return ids;
  }

  /** False when the message is gone or no longer ours to edit: then the part goes out as a new one. */
  async function tryToEdit(
    delivery: Delivery,
    messageId: number,
    part: AnswerPart,
  ): Promise<boolean> {
    try {
      await withoutRefusedEntities(part, (entities) =>
        api.editMessageText(delivery.chatId, messageId, part.text, {
          ...contentOf(part, entities),
        }),
      );
      return true;
    } catch (error) {
      if (
        !isAnswered(error, /message to edit not found|message can't be edited|MESSAGE_ID_INVALID/iu)
      ) {
        throw error;
      }
      logger.info({ err: error }, 'a message could not be edited, so a new one is sent');
      return false;
    }
  }

  async function send(delivery: Delivery, part: AnswerPart): Promise<number> {
    const { message_id: messageId } = await withoutRefusedEntities(part, (entities) =>
      api.sendMessage(delivery.chatId, part.text, {
        ...contentOf(part, entities),
        ...(delivery.threadId !== null && { message_thread_id: delivery.threadId }),
        ...(part.isReply === true && {
          reply_parameters: { message_id: delivery.replyTo, allow_sending_without_reply: true },
        }),
      }),
    );
    return messageId;
  }

  /** An answer in plain text is worth more than none. */
  async function withoutRefusedEntities<T>(
    { entities }: AnswerPart,
    send: (entities: MessageEntity[]) => Promise<T>,
  ): Promise<T> {
    try {
      return await send(entities);
    } catch (error) {
      if (entities.length === 0 || !isAnswered(error, /entit|URL/iu)) throw error;
      logger.error({ err: error }, 'Telegram refused the entities of an answer');
      return await send([]);
    }
  }
}

function contentOf(
  { keyboard }: AnswerPart,
  entities: MessageEntity[],
): {
  entities: MessageEntity[];
  link_preview_options: { is_disabled: boolean };
  reply_markup?: InlineKeyboardMarkup;
} {
  return {
    entities,
    link_preview_options: { is_disabled: true },
    ...(keyboard !== undefined && { reply_markup: keyboard }),
  };
}

function isAnswered(error: unknown, description: RegExp): boolean {
  return (
    error instanceof GrammyError && error.error_code === 400 && description.test(error.description)
  );
}

function splitAt<T>(list: readonly T[], index: number): [T[], T[]] {
  return [list.slice(0, index), list.slice(index)];
}
