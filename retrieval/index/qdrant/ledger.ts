import { randomUUID } from 'node:crypto';

import type { QdrantConnection } from './connection.ts';
import { pointId } from './points.ts';
import type { Point } from './points.ts';
import { is } from './visibility.ts';
import type { Session, Sessions } from './visibility.ts';

/** The points in which programs say what they have made live, one a program. */
export class Ledger {
  readonly session = randomUUID();
  readonly #connection: QdrantConnection;
  readonly #now: () => number;
  #sessions: Sessions = new Map();
  #writes = 0;

  constructor(connection: QdrantConnection, { now }: { now: () => number }) {
    this.#connection = connection;
    this.#now = now;
  }

  /** As far as is known here. What this program published itself is always in it. */
  get known(): Sessions {
    return this.#sessions;
  }

  /** What the collection says. @throws {IndexError} */
  async read(): Promise<Sessions> {
    const { points } = await this.#connection.ask((client) =>
      client.scroll(this.#connection.place.collection, {
        filter: { must: [is('kind', 'ledger')] },
        limit: 1000,
        with_payload: true,
      }),
    );
    return new Map(
      points.map(({ payload }): [string, Session] => {
        const { session, live, writes, at } = payload as unknown as LedgerPayload;
        return [session, { live, writes, at }];
      }),
    );
  }

  /**
   * Whether no other program has published anything since those sessions were read. If one has, what
   * is known is brought up to date.
   */
  async stillHolds(seen: Sessions): Promise<boolean> {
    const read = await this.read();
    const isSame = this.#foreign(read) === this.#foreign(seen);
    if (!isSame) this.#learn(read);
    return isSame;
  }

  /** Takes over what the collection says, also of this session. */
  async synchronize(): Promise<Sessions> {
    this.#sessions = await this.read();
    return this.#sessions;
  }

  /** The point that makes these labels live, and no others of this session; `noted` is to follow. */
  entry(live: readonly string[]): Point {
    this.#writes += 1;
    const payload: LedgerPayload = {
      kind: 'ledger',
      session: this.session,
      live: [...live],
      writes: this.#writes,
      at: this.#now(),
    };
    return { id: ledgerId(this.session), vector: {}, payload: { ...payload } };
  }

  /** The entry with these labels has been written. */
  noted(live: readonly string[]): void {
    const own: Session = { live, writes: this.#writes, at: this.#now() };
    this.#sessions = new Map([...this.#sessions, [this.session, own]]);
  }

  /** The collection was emptied. */
  forget(): void {
    this.#sessions = new Map();
  }

  #learn(read: Sessions): void {
    const own = this.#sessions.get(this.session);
    const sessions = new Map(read);
    if (own === undefined) sessions.delete(this.session);
    else sessions.set(this.session, own);
    this.#sessions = sessions;
  }

  #foreign(sessions: Sessions): string {
    const others = [...sessions].filter(([session]) => session !== this.session);
    others.sort(([one], [other]) => (one < other ? -1 : 1));
    return JSON.stringify(others.map(([session, { live, writes }]) => [session, live, writes]));
  }
}

export function ledgerId(session: string): string {
  return pointId('ledger', session);
}

interface LedgerPayload extends Session {
  kind: 'ledger';
  session: string;
}
