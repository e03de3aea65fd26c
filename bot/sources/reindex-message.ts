import type { Api } from 'grammy';
import type { InlineKeyboardMarkup } from 'grammy/types';
import type { Logger } from 'pino';

import { SourceError } from '../../retrieval/sources/source.ts';
import type { Reindexer, ReindexerProgress } from '../../retrieval/sources/reindexer.ts';
import type { Locale } from '../locales/locale.ts';

import { describeProgress, describeResults } from './describe-reindex.ts';

export interface ReindexMessages {
  /** Begins a re-index whose message shows how far it is; resolves when the first word is said. */
  begin(to: { chatId: number; locale: Locale; ids: readonly string[] | null }): Promise<void>;
  /** Ends the one under way; false when there is none. */
  cancel(): boolean;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

export interface ReindexMessagesOptions {
  api: Api;
  reindexer: Reindexer;
  logger: Logger;
  /** Between two edits of the message. */
  everyMs?: number;
  now?: () => number;
}

/** One message a re-index, edited as it goes on. */
export function createReindexMessages({
  api,
  reindexer,
  logger,
  everyMs = 3000,
  now = () => performance.now(),
}: ReindexMessagesOptions): ReindexMessages {
  let cancelling: AbortController | null = null;
  let underWay: Promise<void> = Promise.resolve();

  const follow = async (
    chatId: number,
    locale: Locale,
    ids: readonly string[] | null,
  ): Promise<void> => {
    const { t } = locale;
    const cancel = new AbortController();
    cancelling = cancel;
    const keyboard = cancelKeyboard(locale);
    const { message_id: messageId } = await api.sendMessage(chatId, t('reindex-begins'), {
      reply_markup: keyboard,
    });
    let shownAt = now();
    let editing: Promise<unknown> | null = null;
    const show = (progress: ReindexerProgress): void => {
      if (editing !== null || now() - shownAt < everyMs) return;
      shownAt = now();
      editing = api
        .editMessageText(chatId, messageId, describeProgress(progress, locale), {
          reply_markup: keyboard,
        })
        .catch((error: unknown) => logger.debug({ err: error }, 'progress was not shown'))
        .finally(() => {
          editing = null;
        });
    };
    const end = await run(ids, cancel.signal, show, locale);
    await editing;
    await api.editMessageText(chatId, messageId, end.text, {
      // What it waits for may be cancelled instead.
      ...(end.isBusy && { reply_markup: keyboard }),
    });
  };

  const run = async (
    ids: readonly string[] | null,
    signal: AbortSignal,
    onProgress: (progress: ReindexerProgress) => void,
    locale: Locale,
  ): Promise<{ text: string; isBusy: boolean }> => {
    try {
      const results = await reindexer.run(ids, { signal, onProgress });
      return { text: describeResults(results, locale), isBusy: false };
    } catch (error) {
      if (error instanceof SourceError) {
        const { reason } = error;
        return { text: locale.t(`source-fault-${reason}`), isBusy: reason === 'busy' };
      }
      logger.error({ err: error }, 'a re-index failed');
      return { text: locale.t('reindex-broke'), isBusy: false };
    }
  };

  return {
    async begin({ chatId, locale, ids }) {
      if (cancelling !== null) {
        await api.sendMessage(chatId, locale.t('source-fault-busy'), {
          reply_markup: cancelKeyboard(locale),
        });
        return;
      }
      underWay = follow(chatId, locale, ids)
        .catch((error: unknown) => logger.warn({ err: error }, 'a re-index could not be told of'))
        .finally(() => {
          cancelling = null;
        });
    },
    cancel() {
      // One that was due is begun by nobody's message.
      if (cancelling === null) return reindexer.cancel();
      cancelling.abort();
      return true;
    },
    settled: () => underWay,
  };
}

function cancelKeyboard({ t }: Locale): InlineKeyboardMarkup {
  return {
    inline_keyboard: [[{ text: t('reindex-cancel'), callback_data: 'reindex:cancel' }]],
  };
}
