import { Refusal } from './refusal.ts';

/** How many messages may go out in how long, as Telegram's FAQ for bots states it. */
const ALL_CHATS = { count: 30, windowMs: 1_000 };
const ONE_CHAT = { count: 1, windowMs: 1_000 };
const ONE_GROUP = { count: 20, windowMs: 60_000 };

/** Telegram's limits of sending, over sliding windows. Edits and drafts are messages too. */
export class SendingLimits {
  readonly #now: () => number;
  readonly #all: number[] = [];
  readonly #chats = new Map<number, number[]>();

  constructor({ now }: { now: () => number }) {
    this.#now = now;
  }

  /**
   * Counts messages that go out now.
   * @throws {Refusal} 429 with `retry_after` in whole seconds; then they do not count.
   */
  take(chatId: number, count = 1): void {
    const now = this.#now();
    const chat = this.#chats.get(chatId) ?? [];
    forget(this.#all, now - ALL_CHATS.windowMs);
    forget(chat, now - (chatId < 0 ? ONE_GROUP.windowMs : ONE_CHAT.windowMs));
    const waitMs = Math.max(
      waitFor(this.#all, now, ALL_CHATS),
      waitFor(chat, now, ONE_CHAT),
      chatId < 0 ? waitFor(chat, now, ONE_GROUP) : 0,
    );
    if (waitMs > 0) {
      const seconds = Math.max(1, Math.ceil(waitMs / 1000));
      throw new Refusal(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });
    }
    for (let index = 0; index < count; index += 1) {
      this.#all.push(now);
      chat.push(now);
    }
    this.#chats.set(chatId, chat);
  }
}

function forget(times: number[], until: number): void {
  let gone = 0;
  while ((times[gone] ?? Number.POSITIVE_INFINITY) <= until) gone += 1;
  times.splice(0, gone);
}

/** Milliseconds until one more fits. */
function waitFor(
  times: readonly number[],
  now: number,
  { count, windowMs }: { count: number; windowMs: number },
): number {
  const blocking = times.at(-count);
  return blocking === undefined ? 0 : Math.max(0, blocking + windowMs - now);
}
