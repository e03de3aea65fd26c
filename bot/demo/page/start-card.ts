import { element, icon } from './dom.ts';
import type { Translate } from './translate.ts';

export interface StartCardOptions {
  t: Translate;
  suggestions: readonly string[];
  send: (text: string) => void;
}

/** What stands in the bot's chat before anything was said: what it does, and questions to tap. */
export function startCard({ t, suggestions, send }: StartCardOptions): HTMLElement {
  const chip = (text: string): HTMLElement => {
    const button = element('button', { type: 'button', class: 'chip' }, text);
    button.addEventListener('click', () => send(text));
    return element('li', {}, button);
  };
  const start = element('button', { type: 'button', class: 'start' }, t('page-start'));
  start.addEventListener('click', () => send('/start'));
  return element(
    'section',
    { class: 'start-card' },
    element('span', { class: 'avatar avatar-bot', 'aria-hidden': 'true' }, icon('drop')),
    element('h2', {}, t('page-start-title')),
    element('p', {}, t('page-start-text')),
    element(
      'ul',
      { class: 'chips', 'aria-label': t('page-questions') },
      ...suggestions.slice(0, MOST_CHIPS).map(chip),
    ),
    start,
  );
}

/** What a phone shows without scrolling. */
const MOST_CHIPS = 6;
