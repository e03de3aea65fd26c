import type { Message } from 'grammy/types';

import { createAttachButton } from './attach.ts';
import { createChoicePanel } from './choice-panel.ts';
import { act } from './connection.ts';
import { element, iconButton, labelButton, setAttributes } from './dom.ts';
import { createModeBar } from './mode-bar.ts';
import type { Mode } from './mode-bar.ts';
import { createOffers } from './offers.ts';
import type { PageLanguage } from './protocol.ts';
import { MOST_CHARACTERS, splitText } from './split-text.ts';
import type { StoredChat } from './store.ts';
import type { Translate } from './translate.ts';

/** The field under a conversation, with what is offered above it. */
export interface Composer {
  readonly node: HTMLElement;
  show(chat: StoredChat): void;
  replyTo(message: Message): void;
  edit(message: Message): void;
  /** Puts a text into the field, as `@bot query` of a button. */
  setText(text: string): void;
  send(text: string): Promise<void>;
  focus(): void;
  /** Closes what is open above the field; whether anything was. */
  closeOne(): boolean;
}

export interface ComposerOptions {
  t: Translate;
  language: () => PageLanguage;
  botName: () => string;
  isOwn: (message: Message) => boolean;
  suggestions: () => readonly string[];
  onSent: (chatId: number, message: Message) => void;
  onEdited: (chatId: number, message: Message) => void;
  onFailure: () => void;
}

export function createComposer({
  t,
  language,
  botName,
  isOwn,
  suggestions,
  onSent,
  onEdited,
  onFailure,
}: ComposerOptions): Composer {
  const field = element('textarea', {
    rows: 1,
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-controls': 'choices',
    enterkeyhint: 'send',
  });
  const panel = createChoicePanel(field);
  const commands = iconButton('commands', '');
  const questions = iconButton('questions', '');
  const send = iconButton('send', '', { class: 'send' });
  const attach = createAttachButton({
    t,
    onFiles: (files) => void sendFiles(files),
    onSample: (sample) =>
      void sendAttached((chatId, more) => act('sendSample', { chatId, sample, ...more })),
  });
  const modeBar = createModeBar({ t, onClose: leaveMode });
  const readOnly = element('div', { class: 'read-only' });
  const box = element(
    'div',
    { class: 'field' },
    panel.node,
    modeBar.node,
    element('div', { class: 'field-row' }, commands, field, ...attach.nodes, questions),
  );
  const node = element('footer', { class: 'composer' }, box, send, readOnly);

  let chat: StoredChat | null = null;
  let mode: Mode = { type: 'new' };
  const unsent = new Map<number, string>();

  const offers = createOffers({
    panel,
    t,
    language,
    botName,
    setText,
    sendCommand: (command) => {
      setText('');
      void write(command);
    },
    onSent: () => setText(''),
    onFailure,
  });

  function setText(text: string): void {
    field.value = text;
    field.setSelectionRange(text.length, text.length);
    changed();
    field.focus();
  }

  function changed(): void {
    fitHeight();
    send.classList.toggle('ready', field.value.trim() !== '');
    if (chat === null) return;
    if (mode.type !== 'edit') unsent.set(chat.id, field.value);
    if (mode.type === 'edit') offers.close();
    else offers.update(field.value, chat);
  }

  function fitHeight(): void {
    field.style.height = '';
    // Hidden, it has none.
    if (field.value !== '') field.style.height = `${field.scrollHeight}px`;
  }

  function setMode(next: Mode): void {
    mode = next;
    modeBar.show(next);
    // A new text may go in parts, an edited one is one message.
    setAttributes(field, { maxlength: next.type === 'edit' ? MOST_CHARACTERS : null });
    labelButton(send, t(next.type === 'edit' ? 'page-save' : 'page-send'));
  }

  function leaveMode(): void {
    const wasEdit = mode.type === 'edit';
    setMode({ type: 'new' });
    if (wasEdit) setText('');
  }

  /** Sends one message after the other: what is longer than Telegram takes goes in parts. */
  async function write(text: string, replyTo?: number): Promise<void> {
    if (chat === null) return;
    const chatId = chat.id;
    let rest = splitText(text);
    try {
      for (const [index, part] of rest.entries()) {
        const reply = index === 0 && replyTo !== undefined ? { replyTo } : {};
        const sent = await act('write', { chatId, text: part, ...reply, language: language() });
        onSent(chatId, sent.message);
        rest = rest.with(index, '');
      }
    } catch {
      onFailure();
      // What was not sent is there to be sent again.
      if (field.value === '' && chat?.id === chatId) setText(rest.join(''));
    }
  }

  /** What stands in the field goes along as the caption of the first. */
  async function sendFiles(files: readonly File[]): Promise<void> {
    for (const file of files) {
      if (file.size > MOST_FILE_BYTES) {
        onFailure();
        continue;
      }
      const content = base64Of(new Uint8Array(await file.arrayBuffer()));
      const name = file.name === '' ? 'file' : file.name.slice(-200);
      await sendAttached((chatId, more) => act('sendFile', { chatId, name, content, ...more }));
    }
  }

  async function sendAttached(
    sending: (
      chatId: number,
      more: { caption?: string; language: PageLanguage },
    ) => Promise<{ message: Message }>,
  ): Promise<void> {
    if (chat === null) return;
    const chatId = chat.id;
    const caption = mode.type === 'edit' ? '' : field.value.trim().slice(0, MOST_CAPTION);
    if (caption !== '') setText('');
    try {
      const more = { ...(caption !== '' && { caption }), language: language() };
      onSent(chatId, (await sending(chatId, more)).message);
    } catch {
      onFailure();
      if (field.value === '' && chat?.id === chatId) setText(caption);
    }
  }

  async function submit(): Promise<void> {
    const text = field.value.trim();
    if (text === '' || chat === null) return;
    const current = mode;
    setMode({ type: 'new' });
    setText('');
    if (current.type !== 'edit') {
      await write(text, current.type === 'reply' ? current.message.message_id : undefined);
      return;
    }
    if (text === current.message.text) return;
    const chatId = chat.id;
    const { message_id: messageId } = current.message;
    try {
      const { message } = await act('edit', { chatId, messageId, text, language: language() });
      onEdited(chatId, message);
    } catch {
      onFailure();
      setMode(current);
      setText(text);
    }
  }

  function editLast(): void {
    const last = chat?.messages.findLast((message) => isOwn(message) && message.text !== undefined);
    if (last !== undefined) edit(last);
  }

  function edit(message: Message): void {
    setMode({ type: 'edit', message });
    setText(message.text ?? '');
  }

  function showQuestions(): void {
    panel.show(
      suggestions().map((question) => ({
        icon: 'questions',
        title: question,
        description: '',
        choose: () => {
          panel.close();
          const isGroup = chat?.kind === 'group';
          void write(isGroup ? `@${botName()} ${question}` : question);
        },
      })),
      { note: t('page-questions-title') },
    );
    field.focus();
  }

  function closeOne(): boolean {
    if (panel.isOpen) offers.close();
    else if (mode.type !== 'new') leaveMode();
    else return false;
    return true;
  }

  field.addEventListener('input', changed);
  field.addEventListener('keydown', (event) => {
    // Enter also ends the composition of a character.
    if (event.isComposing) return;
    if (panel.isOpen && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      panel.move(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Enter' && !event.shiftKey) {
      if (!panel.chooseActive()) void submit();
    } else if (event.key === 'ArrowUp' && field.value === '') editLast();
    else if (event.key !== 'Escape' || !closeOne()) return;
    event.preventDefault();
    event.stopPropagation();
  });
  send.addEventListener('click', () => void submit());
  commands.addEventListener('click', () => {
    if (panel.isOpen) offers.close();
    else setText('/');
  });
  questions.addEventListener('click', () => {
    if (panel.isOpen) offers.close();
    else showQuestions();
  });

  return {
    node,
    edit,
    setText,
    closeOne,
    send: (text) => write(text),
    focus: () => field.focus(),
    replyTo(message) {
      if (mode.type === 'edit') leaveMode();
      setMode({ type: 'reply', message });
      field.focus();
    },
    show(shown) {
      const isAnother = shown.id !== chat?.id;
      chat = shown;
      const isReadOnly = shown.kind === 'channel';
      setAttributes(node, { 'data-read-only': isReadOnly });
      readOnly.textContent = t('page-channel-read-only');
      const label = t(shown.kind === 'group' ? 'page-message-field-group' : 'page-message-field');
      field.placeholder = label;
      field.setAttribute('aria-label', label);
      labelButton(commands, t('page-commands'));
      labelButton(questions, t('page-questions'));
      attach.name();
      commands.hidden = shown.commands.length === 0;
      if (!isAnother) {
        setMode(mode);
        return;
      }
      offers.close();
      setMode({ type: 'new' });
      field.value = unsent.get(shown.id) ?? '';
      changed();
    },
  };
}

/** Somewhat more than bots get, so that the bot can say so. */
const MOST_FILE_BYTES = 25 * 1024 * 1024;
const MOST_CAPTION = 1024;

function base64Of(bytes: Uint8Array): string {
  let binary = '';
  // In pieces: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    binary += String.fromCharCode(...bytes.subarray(at, at + PIECE_BYTES));
  }
  return btoa(binary);
}

const PIECE_BYTES = 0x8000;
