import type { ChatEvent } from './fake-telegram.ts';

/** What people in their apps see, with its past: a test may ask for what has already happened. */
export class ChatEvents {
  readonly #past: ChatEvent[] = [];
  readonly #listeners = new Set<(event: ChatEvent) => void>();

  emit(event: ChatEvent): void {
    this.#past.push(event);
    if (this.#past.length > KEPT) this.#past.splice(0, KEPT / 2);
    for (const listener of this.#listeners) listener(event);
  }

  subscribe(listener: (event: ChatEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  waitFor(isIt: (event: ChatEvent) => boolean): Promise<ChatEvent> {
    const past = this.#past.find((event) => isIt(event));
    if (past !== undefined) return Promise.resolve(past);
    const { promise, resolve } = Promise.withResolvers<ChatEvent>();
    const stop = this.subscribe((event) => {
      if (!isIt(event)) return;
      stop();
      resolve(event);
    });
    return promise;
  }
}

/** A demo runs for weeks: its past is not kept for ever. */
const KEPT = 20_000;
