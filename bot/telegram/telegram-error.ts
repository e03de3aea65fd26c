import { GrammyError } from 'grammy';

/** Telegram will not have this bot. The message is one sentence that says what to do. */
export class TelegramError extends Error {
  override name = 'TelegramError';
}

export function isUnknownToken(error: unknown): boolean {
  return error instanceof GrammyError && (error.error_code === 401 || error.error_code === 404);
}

/** Another program fetches updates with the same token. */
export function isConflict(error: unknown): boolean {
  return error instanceof GrammyError && error.error_code === 409;
}

/** In a sentence where Telegram does not know the token; any other error as it is. */
export function explainRefusal(error: unknown): unknown {
  if (!isUnknownToken(error)) return error;
  return new TelegramError(
    'Telegram does not know this BOT_TOKEN: copy it again from @BotFather.',
    {
      cause: error,
    },
  );
}
