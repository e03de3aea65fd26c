import { avatar } from './avatar.ts';
import { element, icon, iconButton, labelButton } from './dom.ts';
import { authorOf, plainText } from './message-view.ts';
import type { PageLanguage } from './protocol.ts';
import type { ChatStore, StoredChat } from './store.ts';
import { listTime } from './time.ts';
import type { Translate } from './translate.ts';

export interface ChatList {
  readonly node: HTMLElement;
  show(openChatId: number | null): void;
}

export interface ChatListOptions {
  store: ChatStore;
  t: Translate;
  language: () => PageLanguage;
  openChat: (chatId: number) => void;
  openMenu: (at: { x: number; y: number }) => void;
}

/** The chats at the left: the last message of each, when it came, and how many are not read. */
export function createChatList({
  store,
  t,
  language,
  openChat,
  openMenu,
}: ChatListOptions): ChatList {
  const menu = iconButton('menu', '', { 'aria-haspopup': 'menu' });
  menu.addEventListener('click', () => {
    const { left, bottom } = menu.getBoundingClientRect();
    openMenu({ x: left, y: bottom });
  });
  const search = element('input', { type: 'search', autocomplete: 'off', spellcheck: 'false' });
  const list = element('ul', { class: 'chats' });
  const nav = element('nav', {}, list);
  const node = element(
    'aside',
    { class: 'sidebar' },
    element(
      'header',
      { class: 'sidebar-head' },
      menu,
      element('div', { class: 'search' }, icon('search'), search),
    ),
    nav,
  );
  let openChatId: number | null = null;
  search.addEventListener('input', () => show(openChatId));
  search.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && search.value !== '') {
      search.value = '';
      show(openChatId);
      event.stopPropagation();
    }
  });
  node.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const buttons = [...list.querySelectorAll('button')];
    const at = buttons.findIndex((button) => button === document.activeElement);
    const next = buttons[at + (event.key === 'ArrowDown' ? 1 : -1)];
    if (next === undefined) return;
    next.focus();
    event.preventDefault();
  });

  function show(open: number | null): void {
    openChatId = open;
    labelButton(menu, t('page-menu'));
    search.placeholder = t('page-search');
    search.setAttribute('aria-label', t('page-search'));
    nav.setAttribute('aria-label', t('page-chats'));
    const focused =
      document.activeElement instanceof HTMLElement
        ? document.activeElement.dataset['chat']
        : undefined;
    const wanted = search.value.trim().toLowerCase();
    const chats = [...store.chats.values()].filter(({ title }) =>
      title.toLowerCase().includes(wanted),
    );
    list.replaceChildren(
      ...chats.map((chat) => element('li', {}, chatButton(chat))),
      ...(chats.length === 0 ? [element('li', { class: 'none' }, t('page-no-chat-found'))] : []),
    );
    if (focused !== undefined) {
      list.querySelector<HTMLElement>(`[data-chat="${focused}"]`)?.focus();
    }
  }

  function chatButton(chat: StoredChat): HTMLElement {
    const last = chat.messages.at(-1);
    const unread = store.unread(chat);
    const button = element(
      'button',
      {
        type: 'button',
        'data-chat': chat.id,
        'aria-current': chat.id === openChatId ? 'true' : null,
      },
      avatar(chat),
      element(
        'span',
        { class: 'chat-lines' },
        element(
          'span',
          { class: 'chat-line' },
          element(
            'span',
            { class: 'chat-title' },
            chat.kind === 'bot' ? null : icon(chat.kind),
            element('span', {}, chat.title),
          ),
          element(
            'span',
            { class: 'chat-time' },
            last === undefined ? '' : listTime(last.date, language()),
          ),
        ),
        element(
          'span',
          { class: 'chat-line' },
          element('span', { class: 'chat-last' }, ...preview(chat)),
          unread === 0
            ? null
            : element(
                'span',
                { class: 'unread', 'aria-label': `${t('page-unread')}: ${unread}` },
                String(unread),
              ),
        ),
      ),
    );
    button.addEventListener('click', () => openChat(chat.id));
    return button;
  }

  function preview(chat: StoredChat): (Node | string)[] {
    if (chat.isTyping || chat.drafts.length > 0) {
      return [element('span', { class: 'accent' }, `${t('page-typing')}…`)];
    }
    const last = chat.messages.at(-1);
    if (last === undefined) return [t(chat.kind === 'bot' ? 'page-start-title' : EMPTY[chat.kind])];
    const isOwn = store.isOwn(last);
    const author = isOwn ? t('page-you') : authorOf(last);
    const text = plainText(last, t).slice(0, 120);
    if (chat.kind === 'channel' || ((chat.kind === 'bot' || chat.kind === 'editor') && !isOwn))
      return [text];
    return [element('span', { class: 'chat-author' }, `${author}: `), text];
  }

  return { node, show };
}

const EMPTY = {
  editor: 'page-editor-empty',
  group: 'page-group-empty',
  channel: 'page-channel-empty',
} as const;
