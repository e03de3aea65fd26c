import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';

import { InlineKeyboard } from 'grammy';
import type { Api } from 'grammy';
import type { Logger } from 'pino';

import type { Ask, AskRequest, EarlierTurn } from '../../generation/answer/answer-event.ts';
import type { Locales } from '../locales/locale.ts';
import type { LiveMessage } from '../messages/live-message.ts';
import type { Conversations, TurnRecord } from '../state/conversations.ts';
import type { AnswerPart, Deliveries, Delivery } from '../state/deliveries.ts';
import { inTransaction } from '../state/transaction.ts';
import { sendingFailureOf } from '../telegram/sending-failure.ts';
import { showTyping } from '../telegram/typing.ts';

import { answerKeyboard } from './answer-keyboard.ts';
import type { ChatQuestion } from './chat-question.ts';
import { deliver } from './deliver.ts';
import type { QuestionSignals, QuestionWork } from './question-desk.ts';
import { replyTo } from './reply-to.ts';
import type { OnStep } from './step.ts';
import { writeAnswer } from './write-answer.ts';
import type { WrittenAnswer } from './write-answer.ts';

/** The program stops: the question stays in the journal and is answered after the next start. */
export class HandedBackError extends Error {
  override name = 'HandedBackError';
}

export interface AnswerQuestionOptions {
  ask: Ask;
  /** Whether a model is configured. */
  hasModel: boolean;
  /** Keeps to Telegram's limits. */
  api: Api;
  openLiveMessage: (question: ChatQuestion, options: LiveMessageOptions) => LiveMessage;
  database: DatabaseSync;
  deliveries: Deliveries;
  conversations: Conversations;
  locales: Locales;
  logger: Logger;
  /** Aborted when the program stops. */
  stopping: AbortSignal;
  /** The longest that a question may take before its reader is told so. */
  answerTimeoutMs: number;
  /** A question that waited longer is asked about, not answered. */
  staleAfterMs?: number;
  /** Between two tries to send an answer to a Telegram that cannot be reached. */
  unreachablePauseMs?: number;
  now?: () => Date;
  onStep?: OnStep;
}

export interface LiveMessageOptions {
  /** A message stands in the chat that the answer is to replace. */
  onPlaceholder: (messageId: number) => void;
}

/** Brings a question from its turn to an answer that has arrived. */
export function createQuestionWork({
  ask,
  hasModel,
  api,
  openLiveMessage,
  database,
  deliveries,
  conversations,
  locales,
  logger,
  stopping,
  answerTimeoutMs,
  staleAfterMs = 60 * 60 * 1000,
  unreachablePauseMs = 30_000,
  now = () => new Date(),
  onStep = () => {},
}: AnswerQuestionOptions): QuestionWork {
  const waitingNotices = new Map<number, Promise<number | null>>();

  return {
    async wait(question) {
      const { locale, place } = question;
      const keyboard = new InlineKeyboard().text(
        locale.t('button-cancel'),
        `cancel:${question.id}`,
      );
      const sent = api
        .sendMessage(place.chatId, locale.t('waiting-its-turn'), {
          ...replyTo(question.place),
          reply_markup: keyboard,
        })
        .then(({ message_id: messageId }) => messageId)
        .catch((error: unknown) => {
          logger.info({ err: error }, 'a waiting question could not be told so');
          return null;
        });
      waitingNotices.set(question.id, sent);
      await sent;
    },

    async cancelled(question, { isWithdrawn }) {
      if (isWithdrawn) {
        await removeWaitingNotice(question);
        return;
      }
      const messageId = await waitingNotices.get(question.id);
      waitingNotices.delete(question.id);
      const text = question.locale.t('cancelled');
      if (messageId === null || messageId === undefined) {
        await api.sendMessage(question.place.chatId, text, replyTo(question.place));
      } else {
        await api.editMessageText(question.place.chatId, messageId, text);
      }
    },

    async answer(question, signals) {
      if (stopping.aborted) throw new HandedBackError();
      await removeWaitingNotice(question);
      const delivery = deliveries.begin(question.id, question.place);
      if (delivery.isDone) return;
      if (delivery.isSending) {
        await tellUnknown(question, delivery);
        return;
      }
      if (delivery.parts === null && !(await write(question, delivery, signals))) return;
      await bring(question);
    },
  };

  async function removeWaitingNotice({ id, place }: ChatQuestion): Promise<void> {
    const sent = waitingNotices.get(id);
    if (sent === undefined) return;
    waitingNotices.delete(id);
    const messageId = await sent;
    if (messageId === null) return;
    api.deleteMessage(place.chatId, messageId).catch((error: unknown) => {
      logger.info({ err: error }, 'a notice could not be deleted');
    });
  }

  /** Resolves to whether there is something to send. */
  async function write(
    question: ChatQuestion,
    delivery: Delivery,
    signals: QuestionSignals,
  ): Promise<boolean> {
    if (now().getTime() - question.askedAt.getTime() > staleAfterMs) {
      keepPostponed(question);
      return true;
    }
    const replaced = question.replaces === null ? null : deliveries.find(question.replaces);
    const standing = replaced?.messageIds ?? delivery.messageIds;
    if (replaced !== null) deliveries.stands(question.id, standing);
    const stopTyping = showTyping(api, question.place, { logger });
    // Frames would overwrite an answer that stands before there is a better one.
    const live = standing.length > 0 ? null : openLiveMessage(question, { onPlaceholder });
    let written: WrittenAnswer | null;
    try {
      written = await writeAnswer(
        question,
        { request: requestOf(question), signals, live: live ?? NOTHING_SHOWN },
        { ask, hasModel, locales, logger, stopping, answerTimeoutMs, onStep },
      );
    } finally {
      stopTyping();
      const placeholders = await live?.settle();
      if (placeholders !== undefined) deliveries.stands(question.id, placeholders);
    }
    if (written === null) {
      if (stopping.aborted) throw new HandedBackError();
      return false;
    }
    onStep('written', question.id);
    try {
      keep(question, written, { replaced, isReply: needsReply(question, signals) });
    } catch (error) {
      // A full disk is no reason to leave whoever asked without the answer.
      logger.error({ err: error }, 'an answer could not be kept');
      await sendUnkept(question, written.parts);
      return false;
    }
    onStep('kept', question.id);
    return true;

    function onPlaceholder(messageId: number): void {
      deliveries.stands(question.id, [messageId]);
      onStep('placeholder-sent', question.id);
    }
  }

  async function sendUnkept(question: ChatQuestion, parts: WrittenAnswer['parts']): Promise<void> {
    for (const { text, entities } of parts) {
      await api.sendMessage(question.place.chatId, text, {
        ...replyTo(question.place),
        entities,
        link_preview_options: { is_disabled: true },
      });
    }
  }

  function requestOf(question: ChatQuestion): AskRequest {
    const { text, length, settings } = question;
    return {
      question: text,
      length,
      history: historyOf(question),
      quotesOnly: settings.writer === 'quotes',
    };
  }

  /** What a reply answers, else what was said of late. In a group, others' questions are no history. */
  function historyOf({ place, inReplyTo, again, replaces, askedAt }: ChatQuestion): EarlierTurn[] {
    if (again !== null) return [];
    if (inReplyTo !== null) {
      const turn = conversations.find(inReplyTo);
      return turn === null || turn.answer === '' ? [] : [turn];
    }
    if (place.kind !== 'private') return [];
    const since = new Date(askedAt.getTime() - CONVERSATION_MS);
    const replacedTurn = replaces === null ? null : (deliveries.find(replaces)?.turnId ?? null);
    const turns = conversations.recent(place, { limit: 4, since });
    return turns.filter(({ id }) => replacedTurn === null || id < replacedTurn).slice(-3);
  }

  /** All or nothing: an answer that is kept twice would be an answer more in the conversation. */
  function keep(
    question: ChatQuestion,
    written: WrittenAnswer,
    { replaced, isReply }: { replaced: Delivery | null; isReply: boolean },
  ): void {
    inTransaction(database, () => {
      if (replaced?.turnId !== null && replaced?.turnId !== undefined) {
        conversations.forget(replaced.turnId);
      }
      const turnId = conversations.record(recordOf(question, written));
      const [first, ...others] = withKeyboard(written.parts, turnId, written);
      if (first === undefined) return;
      deliveries.ready(question.id, [{ ...first, isReply }, ...others], turnId);
    });
  }

  function withKeyboard(
    parts: WrittenAnswer['parts'],
    turnId: number,
    { locale }: WrittenAnswer,
  ): AnswerPart[] {
    const turn = conversations.find(turnId);
    return parts.map((part, index) =>
      index === parts.length - 1 && turn !== null
        ? { ...part, keyboard: answerKeyboard(turn, locale) }
        : part,
    );
  }

  function keepPostponed(question: ChatQuestion): void {
    const { locale, askedAt } = question;
    const hours = Math.max(1, Math.round((now().getTime() - askedAt.getTime()) / 3_600_000));
    inTransaction(database, () => {
      const turnId = conversations.record({
        ...recordOf(question, { status: 'failed', report: null }),
        status: 'postponed',
      });
      const text = locale.t('asked-while-away', { hours });
      const keyboard = new InlineKeyboard().text(locale.t('button-answer-now'), `again:${turnId}`);
      const part = { text, entities: [], keyboard: markup(keyboard), isReply: true };
      deliveries.ready(question.id, [part], turnId);
    });
  }

  async function bring(question: ChatQuestion): Promise<void> {
    for (;;) {
      try {
        const messageIds = await deliver(question.id, { api, deliveries, logger, onStep });
        const turnId = deliveries.find(question.id)?.turnId ?? null;
        const last = messageIds.at(-1);
        if (turnId !== null && last !== undefined) conversations.setMessageId(turnId, last);
        onStep('delivered', question.id);
        return;
      } catch (error) {
        await afterFailure(question, error);
        if (deliveries.find(question.id)?.isDone !== false) return;
      }
    }
  }

  /** Resolves when the delivery is over, or may be tried again. */
  async function afterFailure(question: ChatQuestion, error: unknown): Promise<void> {
    const failure = sendingFailureOf(error);
    const delivery = deliveries.find(question.id);
    if (failure === 'unknown-outcome' && delivery?.isSending === true) {
      logger.warn({ err: error }, 'whether an answer arrived is unknown');
      await tellUnknown(question, delivery);
      return;
    }
    // An edit shows nothing twice, however often it is sent.
    if (!['unreachable', 'flood', 'unknown-outcome'].includes(failure)) {
      deliveries.finish(question.id);
      throw error;
    }
    // It waits for Telegram, however long that takes.
    deliveries.notSent(question.id);
    await pause(unreachablePauseMs, undefined, { signal: stopping }).catch(() => {});
    if (stopping.aborted) throw new HandedBackError('', { cause: error });
  }

  /** To send it again could double it: whoever asked decides. */
  async function tellUnknown(question: ChatQuestion, { turnId }: Delivery): Promise<void> {
    const { locale, place } = question;
    const keyboard =
      turnId === null
        ? null
        : new InlineKeyboard().text(locale.t('button-again'), `again:${turnId}`);
    const tell = (): Promise<unknown> =>
      api.sendMessage(place.chatId, locale.t('arrival-unknown'), {
        ...replyTo(question.place),
        ...(keyboard !== null && { reply_markup: keyboard }),
      });
    try {
      // Twice is better here than not at all.
      await againWhileUnknown(tell, { tries: 3 });
    } catch (error) {
      const isUnreachable = ['unreachable', 'flood'].includes(sendingFailureOf(error));
      if (stopping.aborted && isUnreachable) throw new HandedBackError('', { cause: error });
      logger.error({ err: error }, 'that the arrival of an answer is unknown could not be told');
    }
    deliveries.finish(question.id);
  }
}

/** Right below its question an answer needs no quotation of it. */
function needsReply({ place, again }: ChatQuestion, signals: QuestionSignals): boolean {
  return place.kind !== 'private' || again !== null || !signals.isAlone();
}

/** Later questions do not carry on a conversation that has gone cold. */
const CONVERSATION_MS = 60 * 60 * 1000;

const NOTHING_SHOWN: LiveMessage = { show: () => {}, settle: () => Promise.resolve([]) };

function recordOf(
  { place, askerId, length, text }: ChatQuestion,
  { status, report }: Pick<WrittenAnswer, 'status' | 'report'>,
): TurnRecord {
  const nothing = { answer: '', sentences: [], sources: [], generator: null, totalMs: null };
  return {
    place,
    askerId,
    length,
    status,
    report:
      report === null
        ? { question: text, standaloneQuestion: text, language: 'other', ...nothing }
        : { ...report, totalMs: report.timingsMs.total },
  };
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

function markup({ inline_keyboard }: InlineKeyboard) {
  return { inline_keyboard };
}
