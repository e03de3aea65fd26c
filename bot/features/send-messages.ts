import { GrammyError } from 'grammy';
import type { InlineKeyboard } from 'grammy';
import type { Logger } from 'pino';

import type { BotContext } from '../context.ts';
import type { FormattedText } from '../messages/formatted-text.ts';

/**
 * Sends messages in order, without link previews, the keyboard under the last. One whose entities
 * Telegram refuses goes out as plain text. Resolves to the last message's id.
 * @throws what grammY throws when a message cannot be sent at all.
 */
export async function sendMessages(
  ctx: BotContext,
  messages: readonly FormattedText[],
  { logger, keyboard }: { logger: Logger; keyboard?: InlineKeyboard | undefined },
): Promise<number> {
  let messageId = 0;
  for (const [index, { text, entities }] of messages.entries()) {
    const options = {
      link_preview_options: { is_disabled: true },
      ...(keyboard !== undefined && index === messages.length - 1 && { reply_markup: keyboard }),
    };
    try {
      ({ message_id: messageId } = await ctx.reply(text, { ...options, entities }));
    } catch (error) {
      if (!isRefusedForEntities(error) || entities.length === 0) throw error;
      logger.error({ err: error }, 'Telegram refused the entities of an answer');
      ({ message_id: messageId } = await ctx.reply(text, options));
    }
  }
  return messageId;
}

function isRefusedForEntities(error: unknown): boolean {
  return (
    error instanceof GrammyError &&
    error.error_code === 400 &&
    /entit|URL/iu.test(error.description)
  );
}
