import { setTimeout as pause } from 'node:timers/promises';

import { InlineKeyboard } from 'grammy';
import type { Api } from 'grammy';
import type { Logger } from 'pino';

import type { Conversations } from '../state/conversations.ts';
import type { Deliveries, Delivery } from '../state/deliveries.ts';
import { sendingFailureOf } from '../telegram/sending-failure.ts';

import type { ChatQuestion } from './chat-question.ts';
import { deliver } from './deliver.ts';
import { HandedBackError } from './handed-back.ts';
import { replyTo } from './reply-to.ts';
import type { OnStep } from './step.ts';

export interface BringAnswerOptions {
  api: Api;
  deliveries: Deliveries;
  conversations: Conversations;
  logger: Logger;
  /** Aborted when the program stops. */
  stopping: AbortSignal;
  /** Between two tries to send an answer to a Telegram that cannot be reached. */
  unreachablePauseMs: number;
  onStep: OnStep;
}

/**
 * Sends a written answer until it has arrived, however long Telegram is away. Where nobody can know
 * whether it did, its asker is told so instead of being sent it twice.
 * @throws {HandedBackError} when the program stops before that, what grammY throws when Telegram
 * refuses the answer for good.
 */
export async function bringAnswer(
  question: ChatQuestion,
  options: BringAnswerOptions,
): Promise<void> {
  const { deliveries, conversations, logger, stopping, unreachablePauseMs, onStep } = options;
  const substitute = question.locale.t('part-refused');
  for (;;) {
    const delivery = deliveries.find(question.id);
    if (delivery === null || delivery.isDone) return;
    // What a program that was killed had begun to send is as unknown as what got no reply.
    if (delivery.isSending) {
      await tellUnknown(question, delivery, options);
      return;
    }
    try {
      const last = (await deliver(question.id, { ...options, substitute })).at(-1);
      const { turnId } = delivery;
      if (turnId !== null && last !== undefined) conversations.setMessageId(turnId, last);
      onStep('delivered', question.id);
    } catch (error) {
      const failure = sendingFailureOf(error);
      const isSending = deliveries.find(question.id)?.isSending === true;
      if (failure === 'unknown-outcome' && isSending) {
        logger.warn({ err: error }, 'whether an answer arrived is unknown');
        continue;
      }
      // An edit of unknown outcome shows nothing twice, however often it is sent.
      if (!['unreachable', 'flood', 'unknown-outcome'].includes(failure)) {
        deliveries.finish(question.id);
        throw error;
      }
      deliveries.notSent(question.id);
      await pause(unreachablePauseMs, undefined, { signal: stopping }).catch(() => {});
      if (stopping.aborted) throw new HandedBackError({ cause: error });
    }
  }
}

/** To send it again could double it: whoever asked decides. */
async function tellUnknown(
  question: ChatQuestion,
  { turnId }: Delivery,
  { api, deliveries, logger, stopping }: BringAnswerOptions,
): Promise<void> {
  const { locale, place } = question;
  const keyboard =
    turnId === null ? null : new InlineKeyboard().text(locale.t('button-again'), `again:${turnId}`);
  const tell = (): Promise<unknown> =>
    api.sendMessage(place.chatId, locale.t('arrival-unknown'), {
      ...replyTo(place),
      ...(keyboard !== null && { reply_markup: keyboard }),
    });
  try {
    // Twice is better here than not at all.
    await againWhileUnknown(tell, { tries: 3 });
  } catch (error) {
    const isUnreachable = ['unreachable', 'flood'].includes(sendingFailureOf(error));
    if (stopping.aborted && isUnreachable) throw new HandedBackError({ cause: error });
    logger.error({ err: error }, 'that the arrival of an answer is unknown could not be told');
  }
  deliveries.finish(question.id);
}

/** Sends once more what may not have arrived. @throws what the last try threw. */
async function againWhileUnknown(
  send: () => Promise<unknown>,
  { tries }: { tries: number },
): Promise<void> {
  try {
    await send();
  } catch (error) {
    if (tries === 1 || sendingFailureOf(error) !== 'unknown-outcome') throw error;
    await againWhileUnknown(send, { tries: tries - 1 });
  }
}
