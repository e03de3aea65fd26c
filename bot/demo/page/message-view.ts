import type { InlineKeyboardButton, Message } from 'grammy/types';

import { element, icon, iconButton, setAttributes } from './dom.ts';
import type { TextActions } from './entities.ts';
import { renderText } from './entities.ts';
import { clockTime } from './time.ts';
import type { Translate } from './translate.ts';

/** How a message stands among its neighbours. */
export interface MessageLook {
  isOwn: boolean;
  /** The last of several of one writer: has the tail. */
  hasTail: boolean;
  /** The writer's name above the text; null where it goes without saying. */
  author: string | null;
  isChannel: boolean;
}

export interface MessageActions extends TextActions {
  press(message: Message, button: InlineKeyboardButton): Promise<void>;
  /** Whether the address opens the bot, and did. */
  openBot(address: string): boolean;
  openMenu(message: Message, at: { x: number; y: number }): void;
  showMessage(messageId: number): void;
  t: Translate;
}

/** A message as a bubble with its buttons. */
export function renderMessage(
  message: Message,
  look: MessageLook,
  actions: MessageActions,
): HTMLElement {
  const { t } = actions;
  const service = serviceText(message, t);
  if (service !== null) return element('div', { class: 'service', role: 'listitem' }, service);
  const menu = iconButton('more', t('page-message-menu'), {
    class: 'message-menu',
    'aria-haspopup': 'menu',
  });
  const bubble = element(
    'div',
    { class: `bubble${look.hasTail ? ' tailed' : ''}` },
    look.author === null ? null : element('div', { class: 'author' }, look.author),
    message.via_bot === undefined
      ? null
      : element('div', { class: 'via' }, `${t('page-via')} @${message.via_bot.username ?? ''}`),
    renderOrigin(message, t),
    renderReply(message, actions),
    renderContent(message, actions),
    menu,
  );
  const item = element(
    'div',
    {
      class: `message ${look.isOwn ? 'own' : 'theirs'}`,
      role: 'listitem',
      'data-id': message.message_id,
    },
    bubble,
    renderKeyboard(message, actions),
  );
  const openMenu = (x: number, y: number): void => actions.openMenu(message, { x, y });
  menu.addEventListener('click', () => {
    const { left, bottom } = menu.getBoundingClientRect();
    openMenu(left, bottom);
  });
  onLongPress(bubble, openMenu);
  bubble.addEventListener('contextmenu', (event) => {
    // On a link the browser's own menu is of more use.
    if (event.target instanceof Element && event.target.closest('a') !== null) return;
    event.preventDefault();
    openMenu(event.clientX, event.clientY);
  });
  return item;

  function renderContent(
    { edit_date: editDate, date, from }: Message,
    textActions: TextActions,
  ): Node {
    // Bots edit all the time: the apps do not tell of it.
    const isEdited = editDate !== undefined && from?.is_bot !== true;
    const text = message.text ?? message.caption;
    const entities = message.entities ?? message.caption_entities ?? [];
    const body = element('div', { class: 'text', dir: 'auto' });
    const file = renderFile(message);
    if (file !== null) body.append(file);
    if (text === undefined && file === null) {
      body.append(element('em', {}, t('page-no-content')));
    } else if (text !== undefined) body.append(renderText(text, entities, textActions));
    body.append(
      element(
        'span',
        { class: 'when' },
        isEdited ? element('span', {}, `${t('page-edited')} `) : null,
        element('time', { datetime: new Date(date * 1000).toISOString() }, clockTime(date)),
        look.isOwn ? icon('sent') : null,
      ),
    );
    return body;
  }
}

/** Some phones tell of no `contextmenu`. */
function onLongPress(target: HTMLElement, act: (x: number, y: number) => void): void {
  let timer = 0;
  const cancel = (): void => clearTimeout(timer);
  target.addEventListener('pointerdown', ({ pointerType, clientX, clientY, target: pressed }) => {
    const isControl = pressed instanceof Element && pressed.closest('a, button') !== null;
    if (pointerType !== 'touch' || isControl) return;
    timer = window.setTimeout(() => act(clientX, clientY), LONG_PRESS_MS);
  });
  for (const end of ['pointerup', 'pointercancel', 'pointermove', 'contextmenu'] as const) {
    target.addEventListener(end, cancel);
  }
}

const LONG_PRESS_MS = 500;

/** Where a forwarded message comes from. */
function renderOrigin({ forward_origin: origin }: Message, t: Translate): Node | null {
  if (origin === undefined) return null;
  const name =
    origin.type === 'channel'
      ? origin.chat.title
      : origin.type === 'user'
        ? origin.sender_user.first_name
        : '';
  return element('div', { class: 'via' }, `${t('page-forwarded')} ${name}`.trim());
}

/** A file by its name and size. */
function renderFile({ document }: Message): Node | null {
  if (document === undefined) return null;
  const kilobytes = Math.ceil((document.file_size ?? 0) / 1024);
  const size = kilobytes < 1024 ? `${kilobytes} KB` : `${(kilobytes / 1024).toFixed(1)} MB`;
  return element(
    'div',
    { class: 'attached' },
    element('span', { class: 'attached-icon' }, icon('file')),
    element(
      'span',
      { class: 'attached-lines' },
      element('span', { class: 'attached-name' }, document.file_name ?? ''),
      element('span', { class: 'attached-size' }, size),
    ),
  );
}

function renderReply(message: Message, { showMessage, t }: MessageActions): Node | null {
  const target = message.reply_to_message;
  if (target === undefined) return null;
  const button = element(
    'button',
    { type: 'button', class: 'reply' },
    element('span', { class: 'reply-author' }, authorOf(target)),
    element('span', { class: 'reply-text' }, plainText(target, t)),
  );
  button.addEventListener('click', () => showMessage(target.message_id));
  return button;
}

export function authorOf({ from, sender_chat: senderChat }: Message): string {
  if (senderChat !== undefined && 'title' in senderChat) return senderChat.title ?? '';
  return from?.first_name ?? '';
}

/** A message in one line, for lists and quotes. */
export function plainText(message: Message, t: Translate): string {
  const text =
    message.text ??
    message.caption ??
    message.document?.file_name ??
    serviceText(message, t) ??
    t('page-no-content');
  return text.replace(/\s+/gu, ' ');
}

/** What happened in a group, in its own words; null for what somebody wrote. */
function serviceText(message: Message, t: Translate): string | null {
  const joined = message.new_chat_members?.map((user) => user.first_name).join(', ');
  if (joined !== undefined) return `${joined} ${t('page-joined')}`;
  const left = message.left_chat_member?.first_name;
  if (left !== undefined) return `${left} ${t('page-left')}`;
  if (message.new_chat_title !== undefined) return message.new_chat_title;
  return null;
}

function renderKeyboard(message: Message, actions: MessageActions): Node | null {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (rows.length === 0) return null;
  return element(
    'div',
    { class: 'keyboard' },
    ...rows.map((row) =>
      element('div', { class: 'keyboard-row' }, ...row.map((button) => renderButton(button))),
    ),
  );

  function renderButton(button: InlineKeyboardButton): HTMLElement {
    if ('url' in button) return renderUrlButton(button.text, button.url, actions.openBot);
    const rendered = element('button', { type: 'button' }, button.text);
    rendered.addEventListener('click', async () => {
      setAttributes(rendered, { 'aria-busy': 'true', disabled: true });
      try {
        await actions.press(message, button);
      } finally {
        setAttributes(rendered, { 'aria-busy': null, disabled: null });
      }
    });
    return rendered;
  }
}

function renderUrlButton(
  text: string,
  address: string,
  openBot: MessageActions['openBot'],
): HTMLElement {
  const isWeb = /^https?:\/\//iu.test(address);
  const link = isWeb ? { href: address, target: '_blank', rel: 'noopener noreferrer' } : {};
  const rendered = element('a', { ...link, title: address }, text, icon('outside'));
  rendered.addEventListener('click', (event) => {
    if (openBot(address)) event.preventDefault();
  });
  return rendered;
}
