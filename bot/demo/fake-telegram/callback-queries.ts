import { badRequest } from './refusal.ts';

export interface PressAnswer {
  text: string | null;
  showAlert: boolean;
  url: string | null;
}

/** Telegram states no time; about a minute was seen. */
const LIFE_MS = 60_000;

const TOO_OLD = 'query is too old and response timeout expired or query ID is invalid';

/** Buttons that were pressed and wait for the bot's answer. */
export class CallbackQueries {
  readonly #open = new Map<string, { expiresAt: number; resolve: (answer: PressAnswer) => void }>();
  readonly #now: () => number;
  #count = 0;

  constructor({ now }: { now: () => number }) {
    this.#now = now;
  }

  open(): { id: string; answer: Promise<PressAnswer> } {
    this.#count += 1;
    const id = `9${String(this.#count).padStart(17, '0')}`;
    const { promise, resolve } = Promise.withResolvers<PressAnswer>();
    this.#open.set(id, { expiresAt: this.#now() + LIFE_MS, resolve });
    return { id, answer: promise };
  }

  /** @throws {Refusal} for one that is unknown, answered already, or of a minute ago. */
  answer(id: string, { text, showAlert, url }: PressAnswer): void {
    const query = this.#open.get(id);
    if (query === undefined) throw badRequest(TOO_OLD);
    if ((text?.length ?? 0) > 200) throw badRequest('MESSAGE_TOO_LONG');
    this.#open.delete(id);
    const isInTime = this.#now() < query.expiresAt;
    query.resolve(isInTime ? { text, showAlert, url } : NOTHING_SHOWN);
    if (!isInTime) throw badRequest(TOO_OLD);
  }

  close(): void {
    for (const { resolve } of this.#open.values()) resolve(NOTHING_SHOWN);
    this.#open.clear();
  }
}

const NOTHING_SHOWN: PressAnswer = { text: null, showAlert: false, url: null };
