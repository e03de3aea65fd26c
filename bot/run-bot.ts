import { run } from '@grammyjs/runner';
import { GrammyError } from 'grammy';
import type { Bot } from 'grammy';
import type { Update } from 'grammy/types';
import type { Logger } from 'pino';

import type { BotContext } from './context.ts';
import { createLocales } from './locales/locale.ts';
import type { Locales } from './locales/locale.ts';

export interface RunningBot {
  /** The bot's name without @. */
  readonly username: string;
  /** Resolves when the bot has stopped; rejects with a sentence when Telegram will not have it. */
  readonly finished: Promise<void>;
  /** Takes no more updates, waits for those in progress for `graceMs`, then tells them to end. */
  stop(): Promise<void>;
}

export interface RunOptions {
  logger: Logger;
  locales?: Locales;
  /** Told to abort when updates in progress take too long at the end. */
  stopping: AbortController;
  graceMs?: number;
  /** Milliseconds between tries while Telegram cannot be reached. */
  retryMs?: number;
  /** Told each time that Telegram has answered a call for updates. */
  onPoll?: () => void;
}

/** Telegram will not have this bot. The message is one sentence that says what to do. */
export class TelegramError extends Error {
  override name = 'TelegramError';
}

/**
 * Fetches updates by long polling and hands them to the bot, many at once.
 * @throws {TelegramError} when the token is wrong. Waits on while Telegram cannot be reached.
 */
export async function runBot(
  bot: Bot<BotContext>,
  {
    logger,
    locales = createLocales(),
    stopping,
    graceMs = 6_000,
    retryMs = 3_000,
    onPoll = () => {},
  }: RunOptions,
): Promise<RunningBot> {
  const inProgress = new UpdatesInProgress();
  watchPolling(bot, { logger, onPoll });
  try {
    // grammY's signal type is that of a polyfill; at run time it takes Node's own.
    await bot.init(stopping.signal as never);
    // Updates do not come by long polling while a webhook is set.
    await bot.api.deleteWebhook();
  } catch (error) {
    throw explain(error);
  }
  await announceCommands(bot, locales).catch((error: unknown) => {
    logger.warn({ err: error }, 'the list of commands could not be set');
  });

  const adapter = {
    api: bot.api,
    errorHandler: bot.errorHandler,
    handleUpdate: (update: Update) => inProgress.track(bot.handleUpdate(update)),
  };
  const runner = run(adapter, {
    runner: {
      fetch: { timeout: 30, allowed_updates: ['message', 'callback_query'] },
      // A steady wait: the default doubles without end and would sleep through Telegram's return.
      retryInterval: retryMs,
      maxRetryTime: Number.POSITIVE_INFINITY,
      silent: true,
    },
  });
  const finished = (runner.task() ?? Promise.resolve()).catch((error: unknown) => {
    throw explain(error);
  });
  // Whoever awaits it sees the rejection; without this one it would end the process unseen.
  finished.catch(() => {});

  return {
    username: bot.botInfo.username,
    finished,
    async stop() {
      const stopped = runner.isRunning() ? runner.stop() : Promise.resolve();
      await inProgress.settled(graceMs);
      stopping.abort();
      await inProgress.settled(graceMs / 3);
      await stopped.catch(() => {});
    },
  };
}

/** What is being handled: the runner's own stop() does not wait for it. */
class UpdatesInProgress {
  readonly #running = new Set<Promise<void>>();

  track(handling: Promise<void>): Promise<void> {
    this.#running.add(handling);
    return handling.finally(() => {
      this.#running.delete(handling);
    });
  }

  /** Resolves when none is left, or after the wait. */
  async settled(waitMs: number): Promise<void> {
    if (this.#running.size === 0) return;
    const { promise: waited, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, waitMs);
    await Promise.race([Promise.allSettled(this.#running), waited]);
    clearTimeout(timer);
  }
}

/** grammY and its runner try again in silence: whoever runs the bot should see why it is quiet. */
function watchPolling(
  bot: Bot<BotContext>,
  { logger, onPoll }: { logger: Logger; onPoll: () => void },
): void {
  bot.api.config.use(async (prev, method, payload, signal) => {
    try {
      const answer = await prev(method, payload, signal);
      if (method === 'getUpdates' && answer.ok) onPoll();
      return answer;
    } catch (error) {
      if (['getMe', 'getUpdates'].includes(method) && signal?.aborted !== true) {
        logger.warn({ err: error }, 'Telegram cannot be reached, trying again');
      }
      throw error;
    }
  });
}

async function announceCommands(bot: Bot<BotContext>, { ru, en }: Locales): Promise<void> {
  await bot.api.setMyCommands([{ command: 'help', description: en.t('command-help') }]);
  await bot.api.setMyCommands([{ command: 'help', description: ru.t('command-help') }], {
    language_code: 'ru',
  });
}

function explain(error: unknown): unknown {
  if (!(error instanceof GrammyError)) return error;
  if (error.error_code === 401 || error.error_code === 404) {
    return new TelegramError(
      'Telegram does not know this BOT_TOKEN: copy it again from @BotFather.',
      { cause: error },
    );
  }
  if (error.error_code === 409) {
    return new TelegramError(
      'Another program is running with this BOT_TOKEN: stop it, or use another token here.',
      { cause: error },
    );
  }
  return error;
}
