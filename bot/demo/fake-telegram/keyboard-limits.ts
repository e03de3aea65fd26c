import type { InlineKeyboardMarkup } from 'grammy/types';

import { badRequest } from './refusal.ts';

/** Telegram takes no more under one message. */
const MOST_BUTTONS = 100;

/** @throws {Refusal} in Telegram's words. Keyboards of other kinds pass. */
export function checkKeyboard(markup: unknown): void {
  const rows = inlineKeyboardOf(markup)?.inline_keyboard;
  if (rows === undefined) return;
  const buttons = rows.flat();
  if (buttons.length > MOST_BUTTONS) throw badRequest('REPLY_MARKUP_TOO_LONG');
  for (const button of buttons) {
    if (button.text.trim() === '')
      throw badRequest('inline keyboard button text must be non-empty');
    if ('callback_data' in button) {
      const bytes = Buffer.byteLength(button.callback_data);
      if (bytes === 0 || bytes > 64) throw badRequest('BUTTON_DATA_INVALID');
    }
    if ('url' in button && !/^(?:https?:\/\/[^\s/]+\.[^\s]+|tg:\/\/\S+)$/u.test(button.url)) {
      throw badRequest(`inline keyboard button URL '${button.url}' is invalid: Wrong HTTP URL`);
    }
  }
}

/** An inline keyboard that has buttons. */
export function inlineKeyboardOf(markup: unknown): InlineKeyboardMarkup | null {
  if (typeof markup !== 'object' || markup === null || !('inline_keyboard' in markup)) return null;
  const keyboard = markup as InlineKeyboardMarkup;
  return keyboard.inline_keyboard.some((row) => row.length > 0) ? keyboard : null;
}
