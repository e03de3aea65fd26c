import type { InlineKeyboardButton, Message } from 'grammy/types';

import { createChatHead } from './chat-head.ts';
import { createChatList } from './chat-list.ts';
import { createComposer } from './composer.ts';
import { act, connect } from './connection.ts';
import { createConversation } from './conversation.ts';
import { element } from './dom.ts';
import { plainText } from './message-view.ts';
import type { MessageActions } from './message-view.ts';
import { createAnnouncer, showAlert, showToast } from './notices.ts';
import { openPopupMenu } from './popup-menu.ts';
import type { MenuItem } from './popup-menu.ts';
import { createPreferences } from './preferences.ts';
import { startCard } from './start-card.ts';
import { ChatStore } from './store.ts';
import type { Change } from './store.ts';
import type { Translate } from './translate.ts';

const preferences = createPreferences();
const store = new ChatStore();
const language = () => preferences.language;
const t: Translate = (key) => store.state?.texts[key] ?? '';
const announcer = createAnnouncer();

/** The open chat; on a phone, null is the list of chats. */
let openId: number | null = null;
let isConnected = true;
let isLying = false;
let disconnect = (): void => {};

const actions: MessageActions = {
  t,
  press,
  openBot,
  openMenu: openMessageMenu,
  showMessage: (messageId) => conversation.showMessage(messageId),
  sendCommand: (command) => void composer.send(command),
  copy: (text) => void copy(text),
  get words() {
    return { expand: t('page-expand'), collapse: t('page-collapse'), copy: t('page-copy') };
  },
};

const conversation = createConversation({
  actions,
  language,
  isOwn: (message) => store.isOwn(message),
  stopDraft: (chatId, draftId) => {
    act('stopDraft', { chatId, draftId }).catch(tellFailure);
  },
  emptyCard: ({ kind }) => {
    if (kind !== 'bot') return element('div', { class: 'service' }, t(EMPTY[kind]));
    const suggestions = store.state?.suggestions ?? [];
    return startCard({ t, suggestions, send: (text) => void composer.send(text) });
  },
});

const composer = createComposer({
  t,
  language,
  isOwn: (message) => store.isOwn(message),
  botName: () => store.state?.bot.username ?? '',
  suggestions: () => store.state?.suggestions ?? [],
  onSent: (chatId, message) => {
    store.apply({ type: 'message', chatId, message });
    const chat = store.get(chatId);
    if (chat !== null && chatId === openId) conversation.show(chat, { atEnd: true });
  },
  onEdited: (chatId, message) => store.apply({ type: 'edited', chatId, message }),
  onFailure: tellFailure,
});

const chatList = createChatList({ store, t, language, openChat, openMenu: openMainMenu });

const head = createChatHead({
  t,
  onBack: () => goTo('#chats'),
  onLie: () => void switchLying(),
});
const main = element('main', {}, head.node, conversation.node, composer.node);
const app = element('div', { class: 'app', hidden: true }, chatList.node, main);
document.body.append(app, announcer.node);

window.addEventListener('popstate', readAddress);
document.addEventListener('visibilitychange', () => draw({ type: 'everything' }));
document.addEventListener('keydown', (event) => {
  // A dialog closes by itself.
  if (document.querySelector('dialog[open]') !== null) return;
  if (event.key === 'Escape' && !composer.closeOne() && openId !== null) goTo('#chats');
});
store.onChange(draw);
reconnect();

function reconnect(): void {
  disconnect();
  disconnect = connect({
    language: language(),
    onState: (state) => {
      store.replace(state);
      isLying = state.isLying;
      readAddress();
      app.hidden = false;
    },
    onEvent: (event) => store.apply(event),
    onStatus: (status) => {
      isConnected = status;
      drawHead();
    },
  });
}

/** `#chats` is the list alone, `#chat=ID` a chat; with none, the chat with the bot. */
function readAddress(): void {
  const wanted = Number(location.hash.match(/^#chat=(-?\d+)$/u)?.[1]);
  const known = store.get(wanted) ?? [...store.chats.values()][0] ?? null;
  const opened = location.hash === '#chats' ? null : (known?.id ?? null);
  const isAnother = opened !== openId;
  openId = opened;
  document.body.dataset['view'] = openId === null ? 'chats' : 'chat';
  if (isAnother) conversation.forget();
  draw({ type: 'everything' });
  // On a phone the keyboard would cover what one came to read.
  if (isAnother && openId !== null && window.matchMedia('(hover: hover)').matches) composer.focus();
}

function openChat(chatId: number): void {
  goTo(`#chat=${chatId}`);
}

function goTo(hash: string): void {
  if (location.hash !== hash) history.pushState(null, '', hash);
  readAddress();
}

function draw(change: Change): void {
  const chat = openId === null ? null : store.get(openId);
  if (chat !== null && !document.hidden) store.markSeen(chat);
  if (change.type === 'everything' || change.chatId === openId) {
    drawHead();
    if (chat !== null) {
      conversation.show(chat);
      composer.show(chat);
    }
  }
  chatList.show(openId);
  if (change.type !== 'chat' || change.arrived === undefined) return;
  if (!store.isOwn(change.arrived)) announce(change.chatId, change.arrived);
}

function announce(chatId: number, message: Message): void {
  announcer.say(`${store.get(chatId)?.title ?? ''}: ${plainText(message, t)}`);
}

function drawHead(): void {
  const chat = openId === null ? null : store.get(openId);
  if (chat === null) return;
  head.show(chat, { isConnected, isLying });
  document.title = chat.title;
}

/** An address that opens the bot and tells it something: an app goes there by itself. */
function openBot(address: string): boolean {
  const url = URL.parse(address);
  const start = url?.searchParams.get('start') ?? null;
  const isBot = url?.host === 't.me' && url.pathname.slice(1) === store.state?.bot.username;
  const chatId = botChatId();
  if (!isBot || start === null || chatId === null) return false;
  openChat(chatId);
  void composer.send(`/start ${start}`);
  return true;
}

async function press(message: Message, button: InlineKeyboardButton): Promise<void> {
  if ('copy_text' in button) await copy(button.copy_text.text);
  const bot = store.state?.bot.username ?? '';
  if ('switch_inline_query_current_chat' in button) {
    composer.setText(`@${bot} ${button.switch_inline_query_current_chat}`);
  } else if ('switch_inline_query' in button) {
    composer.setText(`@${bot} ${button.switch_inline_query}`);
  }
  if (!('callback_data' in button)) return;
  const chatId = message.chat.id;
  const data = button.callback_data;
  const messageId = message.message_id;
  try {
    const shown = await act('press', { chatId, messageId, data, language: language() });
    if (shown.text === null) return;
    if (shown.showAlert) showAlert(shown.text, t('page-ok'));
    else showToast(shown.text);
  } catch {
    tellFailure();
  }
}

function openMessageMenu(message: Message, at: { x: number; y: number }): void {
  const chatId = message.chat.id;
  const isOwn = store.isOwn(message);
  const isWritable = store.get(chatId)?.kind !== 'channel';
  const text = message.text ?? message.caption;
  const items: (MenuItem | null)[] = [
    isWritable
      ? { icon: 'reply', title: t('page-reply'), choose: () => composer.replyTo(message) }
      : null,
    message.text === undefined || message.chat.id === botChatId()
      ? null
      : { icon: 'forward', title: t('page-forward'), choose: () => void forward(message) },
    text === undefined
      ? null
      : { icon: 'copy', title: t('page-copy'), choose: () => void copy(text) },
    isOwn && message.text !== undefined && message.via_bot === undefined
      ? { icon: 'edit', title: t('page-edit'), choose: () => composer.edit(message) }
      : null,
    isWritable
      ? {
          icon: 'delete',
          title: t('page-delete'),
          isDangerous: true,
          choose: () => {
            act('delete', { chatId, messageId: message.message_id }).catch(tellFailure);
          },
        }
      : null,
  ];
  openPopupMenu(
    items.filter((item) => item !== null),
    at,
    t('page-message-menu'),
  );
}

async function forward(message: Message): Promise<void> {
  const to = botChatId();
  if (to === null) return;
  try {
    const { chat, message_id: messageId } = message;
    await act('forward', { chatId: chat.id, messageId, language: language() });
    openChat(to);
  } catch {
    tellFailure();
  }
}

async function switchLying(): Promise<void> {
  try {
    isLying = (await act('lie', { isOn: !isLying })).isOn;
    drawHead();
    showToast(t(isLying ? 'page-lie-on' : 'page-lie-off'));
  } catch {
    tellFailure();
  }
}

function botChatId(): number | null {
  return store.state?.chats.find(({ kind }) => kind === 'bot')?.id ?? null;
}

function openMainMenu(at: { x: number; y: number }): void {
  const items: MenuItem[] = [
    {
      icon: 'night',
      title: t('page-night-mode'),
      isOn: preferences.isDark,
      choose: () => preferences.setDark(!preferences.isDark),
    },
    {
      icon: 'language',
      title: t('page-language'),
      choose: () => {
        preferences.setLanguage(language() === 'ru' ? 'en' : 'ru');
        conversation.forget();
        reconnect();
      },
    },
    {
      icon: 'about',
      title: t('page-about-title'),
      choose: () => showAlert(t('page-about'), t('page-ok')),
    },
  ];
  openPopupMenu(items, at, t('page-menu'));
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    showToast(t('page-copied'));
  } catch {
    // Browsers may forbid it: then there is the selection.
  }
}

function tellFailure(): void {
  showToast(t('page-not-sent'));
}

const EMPTY = {
  editor: 'page-editor-empty',
  group: 'page-group-empty',
  channel: 'page-channel-empty',
} as const;
