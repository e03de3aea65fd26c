import type { Message } from 'grammy/types';

import { element, icon, iconButton, labelButton } from './dom.ts';
import { authorOf, plainText } from './message-view.ts';
import type { Translate } from './translate.ts';

/** What becomes of the text in the field. */
export type Mode =
  | { type: 'new' }
  | { type: 'reply'; message: Message }
  | { type: 'edit'; message: Message };

/** The line above the field that says which message is replied to or edited. */
export interface ModeBar {
  readonly node: HTMLElement;
  show(mode: Mode): void;
}

export function createModeBar({ t, onClose }: { t: Translate; onClose: () => void }): ModeBar {
  const title = element('div', { class: 'mode-title' });
  const text = element('div', { class: 'mode-text' });
  const sign = element('span', { class: 'mode-icon', 'aria-hidden': 'true' });
  const close = iconButton('close', '');
  close.addEventListener('click', onClose);
  const lines = element('div', { class: 'mode-lines' }, title, text);
  const node = element('div', { class: 'mode', hidden: true }, sign, lines, close);
  return {
    node,
    show(mode) {
      node.hidden = mode.type === 'new';
      if (mode.type === 'new') return;
      title.textContent = mode.type === 'edit' ? t('page-editing') : authorOf(mode.message);
      text.textContent = plainText(mode.message, t);
      sign.replaceChildren(icon(mode.type));
      labelButton(close, t('page-cancel'));
    },
  };
}
