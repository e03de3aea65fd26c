import type { BotContext } from '../context.ts';

/**
 * Ends the waiting sign on a button, with words where there are any. Telegram forgets a press after a
 * while, and nothing depends on it then: never throws.
 */
export async function acknowledge(
  ctx: BotContext,
  text?: string,
  { isAlert = false }: { isAlert?: boolean } = {},
): Promise<void> {
  const shown = text === undefined ? {} : { text: text.slice(0, 200), show_alert: isAlert };
  await ctx.answerCallbackQuery(shown).catch(() => {});
}
