import type { Api } from 'grammy';
import type { Logger } from 'pino';

/** Shows «печатает…» in a chat and topic until the returned function is called. Failures only reach the log. */
export function showTyping(
  api: Api,
  { chatId, threadId }: { chatId: number; threadId: number | null },
  { logger, intervalMs = 4_500 }: { logger: Logger; intervalMs?: number },
): () => void {
  const stopped = new AbortController();
  const topic = threadId === null ? {} : { message_thread_id: threadId };
  const show = (): void => {
    api
      // grammY's signal type is that of a polyfill; at run time it takes Node's own.
      .sendChatAction(chatId, 'typing', topic, stopped.signal as never)
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
