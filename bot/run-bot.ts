import { GrammyError } from 'grammy';
import type { Bot } from 'grammy';
import type { Logger } from 'pino';

import type { BotContext } from './context.ts';
import { pollUpdates } from './telegram/poll-updates.ts';
import { startWebhook } from './telegram/start-webhook.ts';
import { explainRefusal } from './telegram/telegram-error.ts';
import type { UpdateDesk } from './telegram/update-desk.ts';
import { listenForUpdates } from './telegram/webhook.ts';

export interface RunningBot {
  /** The bot's name without @. */
  readonly username: string;
  /** Resolves when the bot has stopped; rejects with a sentence when Telegram will not have it. */
  readonly finished: Promise<void>;
  /**
   * Takes no more updates, waits for those in progress for `graceMs`, then hands the rest back: they
   * are taken up at the next start.
   */
  stop(): Promise<void>;
}

export interface RunOptions {
  updates: UpdateDesk;
  /** With none, updates are fetched by long polling. */
  webhook?: { url: string; secret: string } | null;
  /** Where the webhook is served. */
  port?: number;
  logger: Logger;
  /** Ends the start when Telegram cannot be reached. */
  signal: AbortSignal;
  /** Told to abort when updates in progress take too long at the end. */
  stopping: AbortController;
  graceMs?: number;
  /** Milliseconds between tries while Telegram cannot be reached. */
  retryMs?: number;
  /** Told each time that Telegram has answered a call for updates, or sent one. */
  onUpdates?: () => void;
  /** Told each time that it has not. */
  onNoUpdates?: (error: unknown) => void;
  /** Told the host of a webhook that was set, and by now is not. */
  onLeftoverWebhook?: (host: string) => void;
}

/**
 * Takes up what an earlier run left, then takes updates, many handled at once. Waits on while Telegram
 * cannot be reached. Resolves to null when it was told to stop before it had begun.
 * @throws {TelegramError} when Telegram does not know the token or refuses the webhook.
 */
export async function runBot(
  bot: Bot<BotContext>,
  {
    updates,
    webhook = null,
    port = 0,
    logger,
    signal,
    stopping,
    graceMs = 6_000,
    retryMs = 3_000,
    onUpdates = () => {},
    onNoUpdates = () => {},
    onLeftoverWebhook = () => {},
  }: RunOptions,
): Promise<RunningBot | null> {
  noteUnreachable();
  try {
    // grammY's signal type is that of a polyfill; at run time it takes Node's own.
    await bot.init(signal as never);
    if (webhook === null) await removeWebhook();
  } catch (error) {
    if (signal.aborted) return null;
    throw explainRefusal(error);
  }
  const source = webhook === null ? poll() : await listen(webhook);
  updates.resume();

  return {
    username: bot.botInfo.username,
    finished: source.finished,
    async stop() {
      const ended = source.end();
      await updates.settled(graceMs);
      stopping.abort();
      await updates.settled(graceMs / 3);
      await ended;
      await source.finished.catch(() => {});
    },
  };

  /** grammY tries again in silence: whoever starts the bot should see why it is quiet. */
  function noteUnreachable(): void {
    bot.api.config.use(async (prev, method, payload, callSignal) => {
      try {
        return await prev(method, payload, callSignal);
      } catch (error) {
        if (method === 'getMe' && !signal.aborted) {
          logger.warn({ err: error }, 'Telegram cannot be reached, trying again');
        }
        throw error;
      }
    });
  }

  /** Updates do not come by long polling while a webhook is set. */
  async function removeWebhook(): Promise<void> {
    const { url } = await bot.api.getWebhookInfo(signal as never);
    if (url === undefined || url === '') return;
    await bot.api.deleteWebhook({}, signal as never);
    onLeftoverWebhook(URL.parse(url)?.host ?? 'an unknown place');
  }

  function poll(): UpdateSource {
    const polling = new AbortController();
    const finished = pollUpdates({
      api: bot.api,
      take: (fetched) => updates.take(fetched),
      signal: polling.signal,
      retryMs,
      onPoll: onUpdates,
      onFailure(error) {
        onNoUpdates(error);
        const isTelegram = error instanceof GrammyError;
        const what = isTelegram ? 'Telegram gives no updates' : 'updates could not be taken';
        logger.warn({ err: error }, `${what}, trying again`);
      },
    });
    // Whoever awaits it sees the rejection; without this one it would end the process unseen.
    finished.catch(() => {});
    return { finished, end: () => Promise.resolve(polling.abort()) };
  }

  async function listen({ url, secret }: { url: string; secret: string }): Promise<UpdateSource> {
    const { promise: finished, resolve } = Promise.withResolvers<void>();
    const listener = await listenForUpdates({
      url,
      port,
      secret,
      logger,
      take(update) {
        updates.take([update]);
        onUpdates();
      },
    });
    try {
      await startWebhook(bot.api, { url, secret, signal });
    } catch (error) {
      await listener.close();
      throw error;
    }
    logger.info({ port: listener.port }, 'the webhook is served');
    // That it listens is its sign of life: for hours there may be no update.
    const alive = setInterval(onUpdates, 30_000);
    return {
      finished,
      async end() {
        clearInterval(alive);
        await listener.close();
        resolve();
      },
    };
  }
}

interface UpdateSource {
  finished: Promise<void>;
  /** Takes no more updates. */
  end(): Promise<void>;
}
