import { GrammyError } from 'grammy';
import type { Bot } from 'grammy';
import type { Logger } from 'pino';

import type { BotContext } from './context.ts';
import { pollUpdates } from './telegram/poll-updates.ts';
import { explainRefusal, isConflict } from './telegram/telegram-error.ts';
import type { UpdateDesk } from './telegram/update-desk.ts';

export interface RunningBot {
  /** The bot's name without @. */
  readonly username: string;
  /** Resolves when the bot has stopped; rejects with a sentence when Telegram will not have it. */
  readonly finished: Promise<void>;
  /** Takes no more updates, waits for those in progress for `graceMs`, then tells them to end. */
  stop(): Promise<void>;
}

export interface RunOptions {
  updates: UpdateDesk;
  logger: Logger;
  /** Told to abort when updates in progress take too long at the end. */
  stopping: AbortController;
  graceMs?: number;
  /** Milliseconds between tries while Telegram cannot be reached. */
  retryMs?: number;
  /** Told each time that Telegram has answered a call for updates. */
  onPoll?: () => void;
  /** Told each time that another program was fetching the updates. */
  onConflict?: () => void;
  /** Told that a webhook was set, and by now is not. */
  onLeftoverWebhook?: (url: string) => void;
}

/**
 * Takes up what an earlier run left, then fetches updates by long polling, many handled at once.
 * @throws {TelegramError} when the token is wrong. Waits on while Telegram cannot be reached.
 */
export async function runBot(
  bot: Bot<BotContext>,
  {
    updates,
    logger,
    stopping,
    graceMs = 6_000,
    retryMs = 3_000,
    onPoll = () => {},
    onConflict = () => {},
    onLeftoverWebhook = () => {},
  }: RunOptions,
): Promise<RunningBot> {
  const polling = new AbortController();
  try {
    // grammY's signal type is that of a polyfill; at run time it takes Node's own.
    await bot.init(stopping.signal as never);
    // Updates do not come by long polling while a webhook is set.
    const { url } = await bot.api.getWebhookInfo();
    if (url !== undefined && url !== '') {
      await bot.api.deleteWebhook();
      onLeftoverWebhook(url);
    }
  } catch (error) {
    throw explainRefusal(error);
  }

  updates.resume();
  const finished = pollUpdates({
    api: bot.api,
    take: (fetched) => updates.take(fetched),
    signal: AbortSignal.any([polling.signal, stopping.signal]),
    retryMs,
    onPoll,
    onFailure(error) {
      if (isConflict(error)) onConflict();
      const isTelegram = error instanceof GrammyError;
      logger.warn(
        { err: error },
        isTelegram
          ? 'Telegram gives no updates, trying again'
          : 'updates could not be taken, trying again',
      );
    },
  });
  // Whoever awaits it sees the rejection; without this one it would end the process unseen.
  finished.catch(() => {});

  return {
    username: bot.botInfo.username,
    finished,
    async stop() {
      polling.abort();
      await updates.settled(graceMs);
      stopping.abort();
      await updates.settled(graceMs / 3);
      await finished.catch(() => {});
    },
  };
}
