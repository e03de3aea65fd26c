import { GrammyError } from 'grammy';
import type { Api } from 'grammy';

import { ALLOWED_UPDATES } from './allowed-updates.ts';
import { explainRefusal, isUnknownToken, TelegramError } from './telegram-error.ts';

export interface WebhookOptions {
  /** WEBHOOK_URL. */
  url: string;
  /** Sent back with each update. 1 to 256 letters, digits, `_` and `-`. */
  secret: string;
  /** How many updates Telegram may send at once. */
  maxConnections?: number;
  signal?: AbortSignal;
}

/**
 * Asks Telegram to send updates to the webhook from now on. It stays set when the program stops, so
 * that Telegram keeps what comes meanwhile for the next start.
 * @throws {TelegramError} when the token or the address is refused; what grammY throws otherwise.
 */
export async function startWebhook(
  api: Api,
  { url, secret, maxConnections = 40, signal }: WebhookOptions,
): Promise<void> {
  const options = {
    secret_token: secret,
    allowed_updates: [...ALLOWED_UPDATES],
    max_connections: maxConnections,
  };
  try {
    // grammY's signal type is that of a polyfill; at run time it takes Node's own.
    await api.setWebhook(url, options, signal as never);
  } catch (error) {
    if (isUnknownToken(error)) throw explainRefusal(error);
    if (!(error instanceof GrammyError) || error.error_code !== 400) throw error;
    const reason = error.description.replace(/^Bad Request: (?:bad webhook: )?/u, '');
    throw new TelegramError(
      `Telegram refused WEBHOOK_URL (${reason}): it must be an https address that Telegram can reach.`,
      { cause: error },
    );
  }
}
