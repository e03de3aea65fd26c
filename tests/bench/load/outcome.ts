import type { Message } from 'grammy/types';

import { createLocales } from '../../../bot/locales/locale.ts';

/** `unknown`: whoever asked was told that nobody knows whether the answer arrived. */
export type Outcome = 'answered' | 'declined' | 'failed' | 'unknown';

/** What a message of the bot tells whoever asked; null for the beginning of an answer or less. */
export function outcomeOf({ text = '', reply_markup: markup }: Message): Outcome | null {
  for (const [outcome, sentences] of SENTENCES) {
    if (sentences.some((sentence) => text.startsWith(sentence))) return outcome;
  }
  const buttons = markup?.inline_keyboard.flat() ?? [];
  // It stands under the last message of an answer and under no other.
  const isEnd = buttons.some(
    (button) => 'callback_data' in button && button.callback_data.startsWith('again:'),
  );
  return isEnd ? 'answered' : null;
}

const { ru, en } = createLocales();

const SENTENCES = (
  [
    ['unknown', ['arrival-unknown']],
    ['failed', ['failed', 'timed-out', 'stopped', 'declined-search-failed']],
    ['declined', ['declined-nothing-found', 'declined-nothing-read', 'declined-not-answered']],
  ] as const
).map(
  ([outcome, keys]) => [outcome, keys.flatMap((key) => [ru.t(key), en.t(key)])] as const,
) satisfies (readonly [Outcome, string[]])[];
