import type { Message } from 'grammy/types';

import type { PageChat, PageEvent, PageState } from './protocol.ts';

/** A chat as the page keeps it. */
export interface StoredChat extends PageChat {
  /** Messages up to this one were seen. */
  seenId: number;
  isTyping: boolean;
}

/** What of the page has to be drawn anew. */
export type Change = { type: 'everything' } | { type: 'chat'; chatId: number; arrived?: Message };

/** What the page knows of the chats. */
export class ChatStore {
  readonly chats = new Map<number, StoredChat>();
  readonly #listeners: ((change: Change) => void)[] = [];
  readonly #typing = new Map<number, number>();
  #state: PageState | null = null;

  /** Null until the server has told. */
  get state(): PageState | null {
    return this.#state;
  }

  get(chatId: number): StoredChat | null {
    return this.chats.get(chatId) ?? null;
  }

  onChange(listener: (change: Change) => void): void {
    this.#listeners.push(listener);
  }

  replace(state: PageState): void {
    this.#state = state;
    for (const chat of state.chats) {
      const known = this.chats.get(chat.id)?.seenId ?? Number.NEGATIVE_INFINITY;
      const lastId = chat.messages.at(-1)?.message_id ?? Number.NEGATIVE_INFINITY;
      // Another run of the demo counts its messages anew.
      const seenId = known > lastId ? Number.NEGATIVE_INFINITY : known;
      this.chats.set(chat.id, { ...chat, seenId, isTyping: false });
    }
    this.#tell({ type: 'everything' });
  }

  apply(event: PageEvent): void {
    const chat = this.chats.get(event.chatId);
    if (chat === undefined) return;
    let arrived: Message | undefined;
    switch (event.type) {
      case 'message':
        if (this.#put(chat, event.message)) arrived = event.message;
        // What was written is there: nobody is writing it any more.
        if (event.message.from?.id === this.#state?.bot.id) this.#endTyping(chat);
        break;
      case 'edited':
        this.#put(chat, event.message);
        break;
      case 'deleted':
        chat.messages = chat.messages.filter((one) => one.message_id !== event.messageId);
        break;
      case 'draft':
        chat.drafts = [
          ...chat.drafts.filter((one) => one.draftId !== event.draft.draftId),
          event.draft,
        ];
        break;
      case 'draft-ended':
        chat.drafts = chat.drafts.filter((one) => one.draftId !== event.draftId);
        break;
      case 'typing':
        this.#beginTyping(chat);
        break;
      case 'commands':
        chat.commands = event.commands;
        break;
    }
    this.#tell({ type: 'chat', chatId: chat.id, ...(arrived !== undefined && { arrived }) });
  }

  markSeen(chat: StoredChat): void {
    chat.seenId = chat.messages.at(-1)?.message_id ?? chat.seenId;
  }

  unread(chat: StoredChat): number {
    return chat.messages.filter((one) => one.message_id > chat.seenId && !this.isOwn(one)).length;
  }

  /** Whether the visitor wrote it. */
  isOwn({ from }: Message): boolean {
    return from !== undefined && this.#state?.ownIds.includes(from.id) === true;
  }

  /** Puts a message in its place; whether it is new. */
  #put(chat: StoredChat, message: Message): boolean {
    const at = chat.messages.findIndex((one) => one.message_id === message.message_id);
    if (at === -1) {
      chat.messages = [...chat.messages, message].toSorted(
        (one, other) => one.message_id - other.message_id,
      );
      return true;
    }
    chat.messages = chat.messages.with(at, message);
    return false;
  }

  /** Telegram shows it for five seconds. */
  #beginTyping(chat: StoredChat): void {
    chat.isTyping = true;
    clearTimeout(this.#typing.get(chat.id));
    const timer = window.setTimeout(() => {
      this.#endTyping(this.chats.get(chat.id) ?? chat);
      this.#tell({ type: 'chat', chatId: chat.id });
    }, 5000);
    this.#typing.set(chat.id, timer);
  }

  #endTyping(chat: StoredChat): void {
    chat.isTyping = false;
    clearTimeout(this.#typing.get(chat.id));
  }

  #tell(change: Change): void {
    for (const listener of this.#listeners) listener(change);
  }
}
