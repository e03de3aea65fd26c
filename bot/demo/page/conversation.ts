import type { Message } from 'grammy/types';

import { element, iconButton, labelButton, setAttributes } from './dom.ts';
import { createDraftView } from './draft-view.ts';
import type { DraftView } from './draft-view.ts';
import { authorOf, renderMessage } from './message-view.ts';
import type { MessageActions, MessageLook } from './message-view.ts';
import type { PageLanguage } from './protocol.ts';
import type { StoredChat } from './store.ts';
import { dayName, dayOf } from './time.ts';

export interface Conversation {
  readonly node: HTMLElement;
  /** Shows a chat, or what changed in it. `atEnd` leads to its last message wherever one was. */
  show(chat: StoredChat, options?: { atEnd?: boolean }): void;
  showMessage(messageId: number): void;
  /** Draws all anew: the language has changed. */
  forget(): void;
}

export interface ConversationOptions {
  actions: MessageActions;
  language: () => PageLanguage;
  isOwn: (message: Message) => boolean;
  stopDraft: (chatId: number, draftId: number) => void;
  /** What stands where there are no messages yet; null for nothing. */
  emptyCard: (chat: StoredChat) => Node | null;
}

/** The messages of the open chat, and what is being written there. */
export function createConversation({
  actions,
  language,
  isOwn: isVisitors,
  stopDraft,
  emptyCard,
}: ConversationOptions): Conversation {
  const { t } = actions;
  // Announced elsewhere, once and in full: a list that is drawn anew would be read again and again.
  const list = element('div', { class: 'messages-list', role: 'list' });
  const scroller = element('div', { class: 'messages', tabindex: -1 }, list);
  const down = iconButton('down', '', { class: 'scroll-down', hidden: true });
  const node = element('div', { class: 'conversation' }, scroller, down);
  const rendered = new Map<number, { key: string; message: Message; node: HTMLElement }>();
  const drafts = new Map<number, DraftView>();
  let chatId: number | null = null;

  const isAtEnd = (): boolean =>
    scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_END;
  const toEnd = (): void => {
    scroller.scrollTop = scroller.scrollHeight;
  };
  let staysAtEnd = true;
  scroller.addEventListener('scroll', () => {
    staysAtEnd = isAtEnd();
    down.hidden = staysAtEnd;
  });
  new ResizeObserver(() => {
    if (staysAtEnd) toEnd();
  }).observe(scroller);
  down.addEventListener('click', toEnd);

  function forget(): void {
    rendered.clear();
    for (const draft of drafts.values()) draft.end();
    drafts.clear();
    list.replaceChildren();
  }

  function messageNode(message: Message, look: MessageLook): HTMLElement {
    const key = JSON.stringify(look);
    const known = rendered.get(message.message_id);
    if (known?.message === message && known.key === key) return known.node;
    const drawn = renderMessage(message, look, actions);
    rendered.set(message.message_id, { key, message, node: drawn });
    return drawn;
  }

  function draftNodes(chat: StoredChat): HTMLElement[] {
    for (const [draftId, view] of drafts) {
      if (chat.drafts.some((draft) => draft.draftId === draftId)) continue;
      view.end();
      drafts.delete(draftId);
    }
    return chat.drafts.map((draft) => {
      const view =
        drafts.get(draft.draftId) ??
        createDraftView({
          actions,
          t,
          onStop: () => stopDraft(chat.id, draft.draftId),
          onGrow: () => {
            if (staysAtEnd) toEnd();
          },
        });
      drafts.set(draft.draftId, view);
      view.show(draft);
      return view.node;
    });
  }

  return {
    node,
    forget,
    show(chat, { atEnd = false } = {}) {
      if (chat.id !== chatId) {
        forget();
        chatId = chat.id;
        staysAtEnd = true;
      }
      if (atEnd) staysAtEnd = true;
      setAttributes(list, { 'aria-label': chat.title, 'data-kind': chat.kind });
      labelButton(down, t('page-scroll-down'));
      const nodes: Node[] = [];
      for (const [index, message] of chat.messages.entries()) {
        const before = chat.messages[index - 1];
        const after = chat.messages[index + 1];
        if (before === undefined || dayOf(before.date) !== dayOf(message.date)) {
          nodes.push(dayNode(message.date));
        }
        nodes.push(messageNode(message, lookOf(chat, { before, message, after })));
      }
      const card = chat.messages.length === 0 ? emptyCard(chat) : null;
      if (card !== null) nodes.push(card);
      nodes.push(...draftNodes(chat));
      place(list, nodes);
      if (staysAtEnd) toEnd();
    },
    showMessage(messageId) {
      const target = rendered.get(messageId)?.node;
      if (target === undefined) return;
      target.scrollIntoView({ block: 'center', behavior: 'smooth' });
      target.classList.add('found');
      target.addEventListener('animationend', () => target.classList.remove('found'), {
        once: true,
      });
    },
  };

  function dayNode(seconds: number): HTMLElement {
    return element('div', { class: 'service' }, dayName(seconds, language(), t));
  }

  function lookOf(chat: StoredChat, { before, message, after }: Neighbours): MessageLook {
    const isOwn = isVisitors(message);
    const isFirst = before === undefined || !belongTogether(before, message);
    return {
      isOwn,
      isChannel: chat.kind === 'channel',
      hasTail: after === undefined || !belongTogether(message, after),
      author:
        chat.kind !== 'bot' && chat.kind !== 'editor' && !isOwn && isFirst
          ? authorOf(message)
          : null,
    };
  }
}

interface Neighbours {
  before: Message | undefined;
  message: Message;
  after: Message | undefined;
}

/** Within this many pixels of the end one reads what comes. */
const NEAR_END = 80;

/** Of one writer, of one day, within five minutes. */
function belongTogether(one: Message, next: Message): boolean {
  return (
    (one.sender_chat ?? one.from)?.id === (next.sender_chat ?? next.from)?.id &&
    dayOf(one.date) === dayOf(next.date) &&
    next.date - one.date < 5 * 60
  );
}

/** Makes the nodes the children, and moves none that stands where it belongs: focus stays. */
function place(parent: HTMLElement, nodes: readonly Node[]): void {
  const kept = new Set(nodes);
  const gone = Array.from(parent.childNodes).filter((child) => !kept.has(child));
  for (const child of gone) child.remove();
  for (const [index, node] of nodes.entries()) {
    const current = parent.childNodes[index] ?? null;
    if (current !== node) parent.insertBefore(node, current);
  }
}
