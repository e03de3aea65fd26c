import type { Logger } from 'pino';

import type { BotContext } from '../context.ts';

/** Shows «печатает…» until the returned function is called. Failures only reach the log. */
export function showTyping(
  ctx: BotContext,
  { logger, intervalMs = 4_500 }: { logger: Logger; intervalMs?: number },
): () => void {
  const { chatId } = ctx;
  if (chatId === undefined) return () => {};
  const stopped = new AbortController();
  const show = (): void => {
    ctx.api
      // grammY's signal type is that of a polyfill; at run time it takes Node's own.
      .sendChatAction(chatId, 'typing', {}, stopped.signal as never)
      .catch((error: unknown) => {
        if (!stopped.signal.aborted) logger.debug({ err: error }, 'typing could not be shown');
      });
  };
  // Telegram shows it for five seconds.
  const timer = setInterval(show, intervalMs);
  show();
  return () => {
    clearInterval(timer);
    stopped.abort();
  };
}
