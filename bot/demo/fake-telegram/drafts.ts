import type { ChatEvents } from './chat-events.ts';
import type { Draft } from './fake-telegram.ts';

/** Telegram shows a frame for half a minute. */
const LIFE_MS = 30_000;

interface ShownDraft {
  draft: Draft;
  threadId: number | null;
  keepOnStop: boolean;
  expiresAt: number;
  timer: NodeJS.Timeout;
}

/** Drafts that people see being written, one a chat and thread. */
export class Drafts {
  readonly #shown = new Map<string, ShownDraft & { chatId: number }>();
  readonly #events: ChatEvents;
  readonly #now: () => number;

  constructor({ events, now }: { events: ChatEvents; now: () => number }) {
    this.#events = events;
    this.#now = now;
  }

  show(
    chatId: number,
    { threadId, draft, keepOnStop }: Pick<ShownDraft, 'threadId' | 'draft' | 'keepOnStop'>,
  ): void {
    this.#endExpired();
    const key = keyOf(chatId, threadId);
    const before = this.#shown.get(key);
    if (before !== undefined) {
      clearTimeout(before.timer);
      if (before.draft.draftId !== draft.draftId) this.#end(key);
    }
    const timer = setTimeout(() => this.#endExpired(), LIFE_MS + 10);
    timer.unref();
    const expiresAt = this.#now() + LIFE_MS;
    this.#shown.set(key, { chatId, threadId, draft, keepOnStop, expiresAt, timer });
    this.#events.emit({ type: 'draft', chatId, threadId, draft });
  }

  /** The draft that people see now. */
  find(chatId: number, draftId: number): ShownDraft | null {
    this.#endExpired();
    for (const shown of this.#shown.values()) {
      if (shown.chatId === chatId && shown.draft.draftId === draftId) return shown;
    }
    return null;
  }

  /** A message took the place of what was shown there. */
  replace(chatId: number, threadId: number | null): void {
    this.#endExpired();
    this.#end(keyOf(chatId, threadId));
  }

  close(): void {
    for (const { timer } of this.#shown.values()) clearTimeout(timer);
    this.#shown.clear();
  }

  #endExpired(): void {
    const now = this.#now();
    for (const [key, { expiresAt }] of this.#shown) if (expiresAt <= now) this.#end(key);
  }

  #end(key: string): void {
    const shown = this.#shown.get(key);
    if (shown === undefined) return;
    clearTimeout(shown.timer);
    this.#shown.delete(key);
    this.#events.emit({
      type: 'draft-ended',
      chatId: shown.chatId,
      draftId: shown.draft.draftId,
    });
  }
}

function keyOf(chatId: number, threadId: number | null): string {
  return `${chatId}/${threadId ?? 0}`;
}
