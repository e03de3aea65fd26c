import type { Update } from 'grammy/types';

import { Refusal } from './refusal.ts';

export type UpdateContent = Omit<Update, 'update_id'> & Record<string, unknown>;

/** Telegram keeps these back from a bot that did not ask for them by name. */
const ON_REQUEST = new Set([
  'chat_member',
  'message_reaction',
  'message_reaction_count',
  'stopped_message_generation',
]);

/** Updates that wait for the bot, and the bot's calls that wait for updates. */
export class UpdateQueue {
  #waiting: Update[] = [];
  #nextId = 100_001;
  /** Empty: all kinds but those on request. */
  allowed: readonly string[] = [];
  #current: { wake: () => void; end: () => void } | null = null;
  #onArrival: (() => void) | null = null;

  /** Adds an update of a kind that the bot takes. Null where it takes none. */
  add(content: UpdateContent): number | null {
    const [kind = ''] = Object.keys(content);
    const isAllowed =
      this.allowed.length === 0 ? !ON_REQUEST.has(kind) : this.allowed.includes(kind);
    return isAllowed ? this.addAnyway(content) : null;
  }

  addAnyway(content: UpdateContent): number {
    const id = this.#nextId;
    this.#nextId += 1;
    this.#waiting.push({ update_id: id, ...content });
    this.#current?.wake();
    this.#onArrival?.();
    return id;
  }

  get size(): number {
    return this.#waiting.length;
  }

  /** The oldest that `isFree`, for a webhook. */
  next(isFree: (update: Update) => boolean): Update | null {
    return this.#waiting.find((update) => isFree(update)) ?? null;
  }

  confirm(updateId: number): void {
    this.#waiting = this.#waiting.filter((update) => update.update_id !== updateId);
  }

  clear(): void {
    this.#waiting = [];
  }

  onArrival(listener: (() => void) | null): void {
    this.#onArrival = listener;
  }

  /**
   * Updates from the offset on; confirms those before it. Waits for one up to `timeoutMs`, or until
   * the caller is gone.
   * @throws {Refusal} 409 as soon as another call takes over.
   */
  async poll(
    { offset, limit, timeoutMs }: { offset: number; limit: number; timeoutMs: number },
    gone: AbortSignal,
  ): Promise<Update[]> {
    this.#current?.end();
    if (offset < 0) this.#waiting = this.#waiting.slice(offset);
    else this.#waiting = this.#waiting.filter((update) => update.update_id >= offset);
    if (this.#waiting.length === 0 && timeoutMs > 0) await this.#wait(timeoutMs, gone);
    return this.#waiting.slice(0, limit);
  }

  /** Ends a call that waits, without an update. */
  release(): void {
    this.#current?.wake();
  }

  async #wait(timeoutMs: number, gone: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, timeoutMs);
    const self = {
      wake: resolve,
      end: () => {
        reject(
          new Refusal(
            409,
            'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
          ),
        );
      },
    };
    const leave = (): void => resolve();
    gone.addEventListener('abort', leave, { once: true });
    this.#current = self;
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      gone.removeEventListener('abort', leave);
      if (this.#current === self) this.#current = null;
    }
  }
}
