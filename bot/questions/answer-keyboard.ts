import { InlineKeyboard } from 'grammy';
import type { InlineKeyboardMarkup } from 'grammy/types';

import type { Locale } from '../locales/locale.ts';
import type { Turn } from '../state/conversations.ts';

/**
 * What can be done with an answer: each source shows its quote, then more of it, once more, what its
 * reader thinks of it, and what may be asked next. What is not answered can only be asked again.
 */
export function answerKeyboard(turn: Turn, { t }: Locale): InlineKeyboardMarkup {
  const keyboard = new InlineKeyboard();
  const sources = turn.sources.filter(({ quotes }) => quotes.length > 0).slice(0, MOST_SOURCES);
  for (const [index, { number, site }] of sources.entries()) {
    if (index > 0 && index % SOURCES_A_ROW === 0) keyboard.row();
    keyboard.text(`${number} · ${shorten(site)}`, `source:${turn.id}:${number}`);
  }
  if (sources.length > 0) keyboard.row();
  const isAnswer = turn.answer !== '';
  if (isAnswer && turn.checked === null && turn.length === 'short' && !turn.isExpanded) {
    keyboard.text(t('button-more'), `more:${turn.id}`);
  }
  keyboard.text(t('button-again'), `again:${turn.id}`);
  if (isAnswer) {
    keyboard
      .text(turn.rating === 'up' ? '👍 ✓' : '👍', `rate:up:${turn.id}`)
      .text(turn.rating === 'down' ? '👎 ✓' : '👎', `rate:down:${turn.id}`);
  }
  if (isAnswer) {
    for (const [index, question] of turn.nextQuestions.entries()) {
      keyboard.row().text(question, `next:${turn.id}:${index}`);
    }
  }
  return { inline_keyboard: keyboard.inline_keyboard };
}

const MOST_SOURCES = 6;
const SOURCES_A_ROW = 3;

/** Three buttons of this width stand side by side on a phone. */
function shorten(site: string): string {
  const name = site.replace(/^www\./u, '');
  return name.length > 16 ? `${name.slice(0, 15).trimEnd()}…` : name;
}
