import { avatar } from './avatar.ts';
import { element, iconButton, labelButton } from './dom.ts';
import type { StoredChat } from './store.ts';
import type { Translate } from './translate.ts';

/** The bar above the messages: whose chat it is, and what happens there. */
export interface ChatHead {
  readonly node: HTMLElement;
  show(chat: StoredChat, options: { isConnected: boolean; isLying: boolean }): void;
}

export interface ChatHeadOptions {
  t: Translate;
  onBack: () => void;
  onLie: () => void;
}

export function createChatHead({ t, onBack, onLie }: ChatHeadOptions): ChatHead {
  const back = iconButton('back', '', { class: 'back' });
  back.addEventListener('click', onBack);
  const picture = element('span');
  const title = element('h1');
  const status = element('div', { class: 'status' });
  const lie = element('button', { type: 'button', role: 'switch', class: 'lie' });
  lie.addEventListener('click', onLie);
  const lines = element('div', { class: 'chat-head-lines' }, title, status);
  return {
    node: element('header', { class: 'chat-head' }, back, picture, lines, lie),
    show(chat, { isConnected, isLying }) {
      labelButton(back, t('page-back'));
      picture.replaceChildren(avatar(chat));
      title.textContent = chat.title;
      lie.hidden = chat.kind !== 'bot';
      lie.title = t('page-lie-hint');
      lie.setAttribute('aria-checked', String(isLying));
      lie.replaceChildren(element('span', {}, t('page-lie')), element('span', { class: 'switch' }));
      const isWriting = isConnected && (chat.isTyping || chat.drafts.length > 0);
      status.classList.toggle('accent', isWriting);
      if (isWriting) status.replaceChildren(t('page-typing'), movingDots());
      else status.replaceChildren(t(isConnected ? STATUS[chat.kind] : 'page-connecting'));
    },
  };
}

const STATUS = {
  bot: 'page-bot',
  editor: 'page-editor',
  group: 'page-group-members',
  channel: 'page-channel',
} as const;

function movingDots(): HTMLElement {
  const dots = [element('i'), element('i'), element('i')];
  return element('span', { class: 'dots', 'aria-hidden': 'true' }, ...dots);
}
