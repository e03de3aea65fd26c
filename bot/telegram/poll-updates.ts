import { setTimeout as pause } from 'node:timers/promises';

import { GrammyError } from 'grammy';
import type { Api } from 'grammy';
import type { Update } from 'grammy/types';

import { ALLOWED_UPDATES } from './allowed-updates.ts';
import { explainRefusal, isUnknownToken } from './telegram-error.ts';

export interface PollOptions {
  api: Api;
  /** Must have written the updates down when it returns. May throw: then they come again. */
  take: (updates: Update[]) => void;
  /** Ends the polling. */
  signal: AbortSignal;
  /** Seconds that Telegram waits for an update before it says that there is none. */
  timeoutSeconds?: number;
  /** Milliseconds between tries while Telegram cannot be reached. */
  retryMs?: number;
  /** Told each time that Telegram has answered. */
  onPoll?: () => void;
  /** Told each failure, of Telegram or of `take`. */
  onFailure?: (error: unknown) => void;
}

/**
 * Fetches updates until the signal ends it. An update is confirmed by the next call, so only after it
 * was taken.
 * @throws {TelegramError} when Telegram does not know the token (any more).
 */
export async function pollUpdates({
  api,
  take,
  signal,
  timeoutSeconds = 30,
  retryMs = 3_000,
  onPoll = () => {},
  onFailure = () => {},
}: PollOptions): Promise<void> {
  let offset = 0;
  while (!signal.aborted) {
    try {
      const updates = await api.getUpdates(
        { offset, timeout: timeoutSeconds, allowed_updates: [...ALLOWED_UPDATES] },
        // grammY's signal type is that of a polyfill; at run time it takes Node's own.
        signal as never,
      );
      onPoll();
      const valid = updates.filter((update) => Number.isSafeInteger(update.update_id));
      take(valid);
      offset = valid.reduce((next, { update_id: id }) => Math.max(next, id + 1), offset);
    } catch (error) {
      if (signal.aborted) break;
      if (isUnknownToken(error)) throw explainRefusal(error);
      onFailure(error);
      await pause(waitAfter(error, retryMs), undefined, { signal }).catch(() => {});
    }
  }
}

function waitAfter(error: unknown, retryMs: number): number {
  const seconds = error instanceof GrammyError ? error.parameters.retry_after : undefined;
  return Math.max(retryMs, (seconds ?? 0) * 1000);
}
