import { Bot } from 'grammy';
import type { Middleware } from 'grammy';

import type { BotContext } from '../../bot/context.ts';
import { createLocales } from '../../bot/locales/locale.ts';
import { DEFAULT_SETTINGS } from '../../bot/state/chat-settings.ts';
import type { ChatSettings } from '../../bot/state/chat-settings.ts';

export interface FeatureBotOptions {
  telegram: { readonly url: string; readonly token: string };
  /** In the order in which they see an update. */
  features: readonly Middleware<BotContext>[];
  settings?: ChatSettings | ((chatId: number) => ChatSettings);
  /** Who runs the bot. */
  adminIds?: readonly number[];
}

/** A running bot that has only the features under test. */
export interface FeatureBot extends AsyncDisposable {
  readonly bot: Bot<BotContext>;
  /** Updates that were dealt with, whatever came of them. */
  readonly handledCount: number;
  /** Resolves once so many updates were dealt with: what was not done by then will not be. */
  handled(count: number): Promise<void>;
  /**
   * Takes no more updates and lets those in progress end.
   * @throws the first error that a feature has thrown, unless `takeErrors` has taken it.
   */
  stop(): Promise<void>;
  /** What the features have thrown. A test that expects some takes them from here. */
  takeErrors(): unknown[];
}

/** Runs features against a Telegram on loopback, with what create-bot.ts gives to every update. */
export async function startFeatureBot({
  telegram,
  features,
  settings = DEFAULT_SETTINGS,
  adminIds = [],
}: FeatureBotOptions): Promise<FeatureBot> {
  const bot = new Bot<BotContext>(telegram.token, { client: { apiRoot: telegram.url } });
  const locales = createLocales();
  const errors: unknown[] = [];
  const waiting = new Set<() => void>();
  let handledCount = 0;

  bot.use(async (ctx, next) => {
    ctx.settings =
      typeof settings === 'function' ? settings(ctx.chatId ?? ctx.from?.id ?? 0) : settings;
    const { language } = ctx.settings;
    ctx.locale = language === 'auto' ? locales.of(ctx.from?.language_code) : locales[language];
    ctx.isAdmin = ctx.from !== undefined && adminIds.includes(ctx.from.id);
    try {
      await next();
    } catch (error) {
      errors.push(error);
    }
    handledCount += 1;
    for (const check of waiting) check();
  });
  bot.use(...features);

  const { promise: started, resolve } = Promise.withResolvers<void>();
  const finished = bot.start({ onStart: () => resolve(), allowed_updates: ALLOWED_UPDATES });
  await Promise.race([started, finished]);

  async function stop(): Promise<void> {
    await bot.stop();
    await finished;
    if (errors.length > 0) throw errors[0];
  }

  return {
    bot,
    get handledCount() {
      return handledCount;
    },
    handled(count) {
      const { promise, resolve: done } = Promise.withResolvers<void>();
      const check = (): void => {
        if (handledCount < count) return;
        waiting.delete(check);
        done();
      };
      waiting.add(check);
      check();
      return promise;
    },
    takeErrors: () => errors.splice(0),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

const ALLOWED_UPDATES = [
  'message',
  'edited_message',
  'channel_post',
  'callback_query',
  'inline_query',
  'chosen_inline_result',
  'my_chat_member',
] as const;
