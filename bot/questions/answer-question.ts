import type { DatabaseSync } from 'node:sqlite';

import type { Api } from 'grammy';
import type { Logger } from 'pino';

import type { Ask, AskRequest, EarlierTurn } from '../../generation/answer/answer-event.ts';
import type { Check } from '../../generation/check/check-event.ts';
import type { FilesOfQuestion } from '../files/files-of-question.ts';
import type { Locales } from '../locales/locale.ts';
import type { LiveMessage } from '../messages/live-message.ts';
import type { Conversations } from '../state/conversations.ts';
import type { Deliveries, Delivery } from '../state/deliveries.ts';
import { showTyping } from '../telegram/typing.ts';

import { bringAnswer } from './bring-answer.ts';
import type { ChatQuestion } from './chat-question.ts';
import { HandedBackError } from './handed-back.ts';
import { keepAnswer, keepPostponed } from './keep-answer.ts';
import type { QuestionSignals, QuestionWork } from './question-desk.ts';
import { replyTo } from './reply-to.ts';
import type { OnStep } from './step.ts';
import type { PostOfQuestion } from './post-of-question.ts';
import { createWaitingNotices } from './waiting-notices.ts';
import { writeAnswer } from './write-answer.ts';
import { writeCheck } from './write-check.ts';
import type { WrittenAnswer } from './write-answer.ts';

export interface AnswerQuestionOptions {
  ask: Ask;
  /** Null where messages are not checked. */
  check: Check | null;
  /** Which files of its chat a question is answered from. */
  filesOf: FilesOfQuestion;
  /** Which post of the channel it is about. */
  postOf?: PostOfQuestion;
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
  check,
  filesOf,
  postOf = () => null,
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
  const notices = createWaitingNotices({ api, deliveries, logger });
  const store = { database, deliveries, conversations };

  return {
    wait: (question) => notices.show(question),

    cancelled: (question, { isWithdrawn }) =>
      isWithdrawn ? notices.remove(question) : notices.cancel(question),

    async answer(question, signals) {
      if (stopping.aborted) throw new HandedBackError();
      await notices.remove(question);
      const delivery = deliveries.begin(question.id, question.place);
      const isWritten = delivery.isSending || delivery.isDone || delivery.parts !== null;
      if (!isWritten && !(await write(question, delivery, signals))) return;
      const sending = { api, deliveries, conversations, logger, stopping, onStep };
      await bringAnswer(question, { ...sending, unreachablePauseMs });
    },
  };

  /** Resolves to whether there is something to send. */
  async function write(
    question: ChatQuestion,
    delivery: Delivery,
    signals: QuestionSignals,
  ): Promise<boolean> {
    if (now().getTime() - question.askedAt.getTime() > staleAfterMs) {
      keepPostponed(question, { ...store, now: now() });
      return true;
    }
    const replaced = question.isEdit ? deliveries.answersTo(question.place, question.id) : [];
    const standing = [...replaced.flatMap(({ messageIds }) => messageIds), ...delivery.messageIds];
    if (replaced.length > 0) deliveries.stands(question.id, [...new Set(standing)]);
    const stopTyping = showTyping(api, question.place, { logger });
    // Frames would overwrite an answer that stands before there is a better one.
    const live = standing.length > 0 ? null : openLiveMessage(question, { onPlaceholder });
    const answering = { ask, hasModel, locales, logger, stopping, answerTimeoutMs, onStep };
    let written: WrittenAnswer | 'withdrawn' | null;
    try {
      written = await signals.inPlace(async () => {
        const shown = { signals, live: live ?? NOTHING_SHOWN };
        if (question.checked !== null && check !== null) {
          return writeCheck(question, shown, { ...answering, check });
        }
        const request = await requestOf(question);
        return writeAnswer(question, { request, ...shown }, answering);
      });
    } finally {
      stopTyping();
      const placeholders = await live?.settle();
      if (placeholders !== undefined) deliveries.stands(question.id, placeholders);
    }
    if (stopping.aborted && (written === null || written === 'withdrawn')) {
      throw new HandedBackError();
    }
    if (written === null && !signals.withdrawn.aborted) await notices.cancel(question);
    if (written === null || written === 'withdrawn') {
      if (signals.withdrawn.reason === 'forgotten') await clear(question);
      return false;
    }
    onStep('written', question.id);
    try {
      const isReply = needsReply(question, signals);
      keepAnswer(question, written, { ...store, replaced, isReply });
    } catch (error) {
      // A full disk is no reason to leave whoever asked without the answer.
      logger.error({ err: error }, 'an answer could not be kept');
      await sendUnkept(question, written);
      return false;
    }
    onStep('kept', question.id);
    return true;

    function onPlaceholder(messageId: number): void {
      deliveries.stands(question.id, [messageId]);
      onStep('placeholder-sent', question.id);
    }
  }

  /** What showed the answer's growth shows an answer that will never come. */
  async function clear({ id, place }: ChatQuestion): Promise<void> {
    for (const messageId of deliveries.find(id)?.messageIds ?? []) {
      await api.deleteMessage(place.chatId, messageId).catch((error: unknown) => {
        logger.info({ err: error }, 'what showed an answer could not be deleted');
      });
    }
  }

  async function sendUnkept({ place }: ChatQuestion, { parts }: WrittenAnswer): Promise<void> {
    for (const { text, entities } of parts) {
      await api.sendMessage(place.chatId, text, {
        ...replyTo(place),
        entities,
        link_preview_options: { is_disabled: true },
      });
    }
  }

  async function requestOf(question: ChatQuestion): Promise<AskRequest> {
    const { text, length, settings } = question;
    const quotesOnly = settings.writer === 'quotes';
    const files = await filesOf(question);
    const post = postOf(question);
    const history = historyOf(question);
    return {
      question: text,
      length,
      // What was said before the post was opened is further away than the post.
      history: post === null ? history : [post.history, ...history],
      quotesOnly,
      ...(post !== null && { pages: post.pages }),
      ...(files !== undefined && { files }),
    };
  }

  /** What a reply answers, else what was said of late. In a group, others' questions are no history. */
  function historyOf({
    id,
    place,
    inReplyTo,
    again,
    isEdit,
    askedAt,
  }: ChatQuestion): EarlierTurn[] {
    if (again !== null) return [];
    if (inReplyTo !== null) {
      const turn = conversations.find(inReplyTo);
      return turn === null || turn.answer === '' || turn.checked !== null ? [] : [turn];
    }
    if (place.kind !== 'private') return [];
    const since = new Date(askedAt.getTime() - CONVERSATION_MS);
    const replaced = isEdit ? deliveries.answersTo(place, id) : [];
    const firstReplaced = Math.min(...replaced.map(({ turnId }) => turnId ?? Infinity));
    const turns = conversations.recent(place, { limit: 20, since });
    // What was checked was said by somebody else, and asks nothing.
    const asked = turns.filter(
      ({ id: turnId, checked }) => turnId < firstReplaced && checked === null,
    );
    return asked.slice(-3);
  }
}

/** Right below its question an answer needs no quotation of it. */
function needsReply({ place, again }: ChatQuestion, signals: QuestionSignals): boolean {
  return place.kind !== 'private' || again !== null || !signals.isAlone();
}

/** Later questions do not carry on a conversation that has gone cold. */
const CONVERSATION_MS = 60 * 60 * 1000;

const NOTHING_SHOWN: LiveMessage = { show: () => {}, settle: () => Promise.resolve([]) };
