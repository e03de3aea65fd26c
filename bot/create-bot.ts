import { autoRetry } from '@grammyjs/auto-retry';
import { sequentialize } from '@grammyjs/runner';
import { Bot, GrammyError, HttpError } from 'grammy';
import type { Logger } from 'pino';

import type { Ask } from '../generation/answer/answer-event.ts';

import type { BotContext } from './context.ts';
import { answerInChat } from './features/answer-in-chat.ts';
import { askFeature } from './features/ask.ts';
import { moreFeature } from './features/more.ts';
import { startFeature } from './features/start.ts';
import { createLocales } from './locales/locale.ts';
import type { Locales } from './locales/locale.ts';
import { failureSentence } from './messages/error-reply.ts';
import { DEFAULT_SETTINGS } from './state/chat-settings.ts';
import type { Conversations } from './state/conversations.ts';

export interface BotOptions {
  /** From @BotFather. A secret. */
  token: string;
  /** Without a slash at its end. */
  apiRoot?: string;
  ask: Ask;
  conversations: Conversations;
  logger: Logger;
  locales?: Locales;
  /** Aborted when the program stops: questions in progress get a sentence instead of an answer. */
  stopping?: AbortSignal;
  /** The longest that a question may take before its reader is told so. */
  answerTimeoutMs?: number;
}

/** The bot with all its features. Nothing runs yet: run-bot.ts fetches updates for it. */
export function createBot({
  token,
  apiRoot = 'https://api.telegram.org',
  ask,
  conversations,
  logger,
  locales = createLocales(),
  stopping = new AbortController().signal,
  answerTimeoutMs = 120_000,
}: BotOptions): Bot<BotContext> {
  const bot = new Bot<BotContext>(token, { client: { apiRoot, timeoutSeconds: 60 } });
  // A request that got no reply may have arrived: it is not sent twice, unlike one refused.
  bot.api.config.use(
    autoRetry({ maxRetryAttempts: 3, maxDelaySeconds: 30, rethrowHttpErrors: true }),
  );

  bot.use(async (ctx, next) => {
    ctx.locale = locales.of(ctx.from?.language_code);
    ctx.settings = DEFAULT_SETTINGS;
    ctx.isAdmin = false;
    await next();
  });
  // Answers come in the order of their questions, and a slow one holds up its own chat alone.
  bot.use(sequentialize((ctx) => ctx.chatId?.toString()));

  const answer = answerInChat({ ask, conversations, logger, locales, stopping, answerTimeoutMs });
  bot.use(startFeature(), moreFeature({ answer, conversations, logger }), askFeature({ answer }));

  bot.catch(async ({ error, ctx }) => {
    const isBlocked = error instanceof GrammyError && error.error_code === 403;
    const log = { err: error, update: ctx.update.update_id };
    logger[isBlocked ? 'info' : 'error'](log, 'an update could not be handled');
    // Where Telegram itself is the trouble, one more message would not arrive either.
    if (error instanceof GrammyError || error instanceof HttpError) return;
    if (ctx.chat?.type !== 'private') return;
    await ctx.reply(failureSentence('failed', ctx.locale)).catch((replyError: unknown) => {
      logger.error({ err: replyError }, 'a failure could not be told');
    });
  });
  return bot;
}
