import type { Logger } from 'pino';

import type { Ask, AskRequest, AnswerEvent } from '../../generation/answer/answer-event.ts';
import type { BotContext } from '../context.ts';
import type { Locale, Locales } from '../locales/locale.ts';
import { citedAnswer } from '../messages/cited-answer.ts';
import { declinedReply, failureSentence } from '../messages/error-reply.ts';
import type { Failure } from '../messages/error-reply.ts';
import type { FormattedText } from '../messages/formatted-text.ts';
import type { Conversations } from '../state/conversations.ts';

import { moreKeyboard } from './more.ts';
import { sendMessages } from './send-messages.ts';
import { showTyping } from './show-typing.ts';

/**
 * Answers in the chat that the update came from: with an answer, or one honest sentence on why there
 * is none. Resolves to whether there was an answer. Throws only when Telegram takes no message.
 */
export type AnswerInChat = (ctx: BotContext, request: AskRequest) => Promise<boolean>;

export interface AnswerInChatOptions {
  ask: Ask;
  conversations: Conversations;
  logger: Logger;
  locales: Locales;
  stopping: AbortSignal;
  answerTimeoutMs: number;
}

export function answerInChat({
  ask,
  conversations,
  logger,
  locales,
  stopping,
  answerTimeoutMs,
}: AnswerInChatOptions): AnswerInChat {
  return async (ctx, request) => {
    const timeout = AbortSignal.timeout(answerTimeoutMs);
    const signal = AbortSignal.any([stopping, timeout]);
    const stopTyping = showTyping(ctx, { logger });
    let last: AnswerEvent | null = null;
    try {
      last = await lastEvent(ask(request, { signal }), signal);
    } catch (error) {
      if (!signal.aborted) logger.error({ err: error }, 'a question broke the answerer');
    } finally {
      stopTyping();
    }

    if (last?.type === 'failed' && !signal.aborted) {
      logger.error({ err: last.error, degraded: last.report.degraded }, 'a question failed');
    }
    const language = last !== null && 'report' in last ? last.report.language : 'other';
    const locale = language === 'other' ? ctx.locale : locales[language];
    if (last?.type === 'declined') {
      await sendMessages(ctx, declinedReply(last.reason, last.report, locale), { logger });
      return false;
    }
    const messages = last?.type === 'answered' ? render(last, locale, logger) : [];
    if (last?.type !== 'answered' || messages.length === 0) {
      const failure = failureOf({ stopping, timeout });
      await sendMessages(ctx, [plain(failureSentence(failure, locale))], { logger });
      return false;
    }

    if (last.report.degraded.length > 0) {
      logger.warn({ degraded: last.report.degraded }, 'a question was answered in part');
    }
    const turnId = remember(conversations, ctx, request, last, logger);
    const keyboard =
      turnId !== null && request.length === 'short' ? moreKeyboard(turnId, locale) : undefined;
    const messageId = await sendMessages(ctx, messages, { logger, keyboard });
    if (turnId !== null) conversations.setMessageId(turnId, messageId);
    return true;
  };
}

type Answered = Extract<AnswerEvent, { type: 'answered' }>;

/** The event that ends the answer. Does not wait on, when aborted, for one that never ends. */
async function lastEvent(
  events: AsyncIterable<AnswerEvent>,
  signal: AbortSignal,
): Promise<AnswerEvent | null> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => {
    reject(signal.reason);
  };
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  const iterator = events[Symbol.asyncIterator]();
  try {
    let last: AnswerEvent | null = null;
    for (;;) {
      const next = await Promise.race([iterator.next(), aborted]);
      if (next.done === true) return last;
      last = next.value;
    }
  } finally {
    signal.removeEventListener('abort', abort);
    // Lets the generator clean up; one that hangs must not hold this up.
    if (signal.aborted) iterator.return?.().catch(() => {});
  }
}

function failureOf({
  stopping,
  timeout,
}: {
  stopping: AbortSignal;
  timeout: AbortSignal;
}): Failure {
  if (stopping.aborted) return 'stopped';
  return timeout.aborted ? 'timed-out' : 'failed';
}

function render(answered: Answered, locale: Locale, logger: Logger): FormattedText[] {
  try {
    return citedAnswer(answered.report, locale);
  } catch (error) {
    logger.error({ err: error }, 'an answer could not be rendered');
    return [];
  }
}

/** An answer is not lost because it cannot be kept: then it has no button. */
function remember(
  conversations: Conversations,
  ctx: BotContext,
  request: AskRequest,
  { report }: Answered,
  logger: Logger,
): number | null {
  if (ctx.chatId === undefined) return null;
  try {
    return conversations.record(ctx.chatId, request.length, report);
  } catch (error) {
    logger.error({ err: error }, 'a conversation could not be kept');
    return null;
  }
}

function plain(text: string): FormattedText {
  return { text, entities: [] };
}
