import type { InlineKeyboardButton } from 'grammy/types';

import type { FakeTelegram } from './fake-telegram/fake-telegram.ts';

export interface DemoEditorOptions {
  telegram: FakeTelegram;
  /** The chat of the bot with the channel's editor. */
  chatId: number;
  /** So many drafts are published by the editor, so that the channel is not empty. */
  publishes?: number;
}

/**
 * Decides on the first drafts as an editor would, by the button below them; the others wait for whoever
 * looks at the demo. Returns how to stop.
 */
export function decideOnFirstDrafts({
  telegram,
  chatId,
  publishes = 2,
}: DemoEditorOptions): () => void {
  let published = 0;
  return telegram.subscribe((event) => {
    if (event.type !== 'message' || event.chatId !== chatId) return;
    const data = publishData(event.message.reply_markup?.inline_keyboard);
    if (data === null || published >= publishes) return;
    published += 1;
    const { message_id: messageId } = event.message;
    // A press in the name of the account: a demo that ends meanwhile has nobody to tell.
    telegram.press(data, { from: editor(), chatId, messageId }).catch(() => {});
  });

  function editor() {
    return { id: chatId, is_bot: false, first_name: 'Редактор', language_code: 'ru' };
  }
}

function publishData(rows: readonly InlineKeyboardButton[][] = []): string | null {
  for (const button of rows.flat()) {
    if ('callback_data' in button && button.callback_data.startsWith('dig:publish:')) {
      return button.callback_data;
    }
  }
  return null;
}
