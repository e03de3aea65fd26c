import type { InlineAnswer } from './fake-telegram.ts';
import { badRequest } from './refusal.ts';

/** An app that got no answer for so long shows none. */
const LIFE_MS = 15_000;

interface OpenQuery {
  /** Who asked what, for the cache. */
  key: string;
  userId: number;
  expiresAt: number;
  timer: NodeJS.Timeout;
  resolve: (answer: InlineAnswer | null) => void;
}

/** Queries typed after the bot's name. Answers are kept as long as the bot says, as Telegram does. */
export class InlineQueries {
  readonly #open = new Map<string, OpenQuery>();
  readonly #kept = new Map<string, { answer: InlineAnswer; until: number }>();
  readonly #now: () => number;
  #count = 0;

  constructor({ now }: { now: () => number }) {
    this.#now = now;
  }

  /** An answer that Telegram still has: then the bot is not asked. */
  kept(userId: number, query: string, offset: string): InlineAnswer | null {
    const key = keyOf(query, offset);
    for (const one of [key, `${userId} ${key}`]) {
      const kept = this.#kept.get(one);
      if (kept !== undefined && this.#now() < kept.until) return kept.answer;
    }
    return null;
  }

  open(
    userId: number,
    query: string,
    offset: string,
  ): { id: string; answer: Promise<InlineAnswer | null> } {
    this.#count += 1;
    const id = `8${String(this.#count).padStart(17, '0')}`;
    const { promise, resolve } = Promise.withResolvers<InlineAnswer | null>();
    const timer = setTimeout(() => this.#expire(id), LIFE_MS);
    timer.unref();
    const expiresAt = this.#now() + LIFE_MS;
    this.#open.set(id, { key: keyOf(query, offset), userId, expiresAt, timer, resolve });
    return { id, answer: promise };
  }

  /** @throws {Refusal} for one that is unknown, answered already, or too old. */
  answer(id: string, answer: InlineAnswer): void {
    const query = this.#open.get(id);
    if (query !== undefined && this.#now() >= query.expiresAt) this.#expire(id);
    if (query === undefined || !this.#open.has(id)) {
      throw badRequest('query is too old and response timeout expired or query ID is invalid');
    }
    clearTimeout(query.timer);
    this.#open.delete(id);
    const key = answer.isPersonal ? `${query.userId} ${query.key}` : query.key;
    this.#kept.set(key, { answer, until: this.#now() + answer.cacheTimeSeconds * 1000 });
    query.resolve(answer);
  }

  close(): void {
    for (const id of this.#open.keys()) this.#expire(id);
  }

  #expire(id: string): void {
    const query = this.#open.get(id);
    if (query === undefined) return;
    clearTimeout(query.timer);
    this.#open.delete(id);
    query.resolve(null);
  }
}

function keyOf(query: string, offset: string): string {
  return JSON.stringify([query, offset]);
}
