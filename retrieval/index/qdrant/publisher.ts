import { randomUUID } from 'node:crypto';

import type { Schemas } from '@qdrant/js-client-rest';

import { POINTS_IN_A_REQUEST } from './collection.ts';
import type { QdrantConnection } from './connection.ts';
import { ledgerId } from './ledger.ts';
import type { Ledger } from './ledger.ts';
import { SERVED } from './points.ts';
import type { Point } from './points.ts';
import type { Readers } from './readers.ts';
import { is, liveLabels, oneOf, visible } from './visibility.ts';
import type { Condition, Filter } from './visibility.ts';

export type Operation = Schemas['UpdateOperation'];

export interface PublisherOptions {
  connection: QdrantConnection;
  ledger: Ledger;
  readers: Readers;
  now: () => number;
  /** What another program left half done is finished when it has not moved for so long. */
  abandonedAfterMs: number;
}

/**
 * Changes what is seen in one step, however many points it takes. Points come with a label that is
 * not live yet and nobody sees them; those that are to go are marked with the same label and are
 * still seen. Then one point, this session's in the ledger, makes the label live. What follows only
 * tidies: the marked are deleted once nobody reads them, the new ones become `SERVED`, the label is
 * taken out of the ledger. Whoever is killed before the step has changed nothing; after it,
 * everything, and any program may do the tidying.
 */
export class Publisher {
  readonly #connection: QdrantConnection;
  readonly #ledger: Ledger;
  readonly #readers: Readers;
  readonly #now: () => number;
  readonly #abandonedAfterMs: number;
  /** Labels of writes that failed: whether they went live has to be looked up. */
  readonly #uncertain = new Set<string>();
  /** The same of rebuilds, whose staged points stay for another try. */
  readonly #uncertainStaged = new Set<string>();
  /** Published, and not tidied up after. */
  readonly #untidied = new Set<string>();

  constructor({ connection, ledger, readers, now, abandonedAfterMs }: PublisherOptions) {
    this.#connection = connection;
    this.#ledger = ledger;
    this.#readers = readers;
    this.#now = now;
    this.#abandonedAfterMs = abandonedAfterMs;
  }

  newLabel(): string {
    return randomUUID();
  }

  /** Writes points that nobody sees yet. @throws {IndexError} */
  async add(points: readonly Point[]): Promise<void> {
    for (let at = 0; at < points.length; at += POINTS_IN_A_REQUEST) {
      const batch = points.slice(at, at + POINTS_IN_A_REQUEST);
      await this.#connection.ask((client) =>
        client.upsert(this.#connection.place.collection, { wait: true, points: batch }),
      );
    }
  }

  /** @throws {IndexError} */
  async update(operations: readonly Operation[]): Promise<void> {
    if (operations.length === 0) return;
    await this.#connection.ask((client) =>
      client.batchUpdate(this.#connection.place.collection, {
        wait: true,
        operations: [...operations],
      }),
    );
  }

  /**
   * Runs `write`, which adds points born with the label, and then shows them in place of what any
   * of the conditions describes. @throws {IndexError} and nothing has changed, or all has
   */
  async publish(
    label: string,
    write: () => Promise<{ gone: readonly Condition[][] }>,
    { isStaged = false }: { isStaged?: boolean } = {},
  ): Promise<void> {
    await this.recover();
    try {
      const { gone } = await write();
      const known = this.#ledger.known;
      const marks = gone.map((conditions): Operation => {
        const { must_not: hidden = [], ...seen } = visible(known, ...conditions) as {
          must: Condition[];
          must_not?: Condition[];
        };
        const filter = { ...seen, must_not: [...hidden, oneOf('born', [label])] };
        return { set_payload: { payload: { gone: [label] }, filter } };
      });
      const live = [...this.#untidied, label];
      const step: Operation = { upsert: { points: [this.#ledger.entry(live)] } };
      for (let at = 0; at < marks.length; at += MARKS_IN_A_REQUEST) {
        const batch = marks.slice(at, at + MARKS_IN_A_REQUEST);
        const isLast = at + MARKS_IN_A_REQUEST >= marks.length;
        await this.update(isLast ? [...batch, step] : batch);
      }
      if (marks.length === 0) await this.update([step]);
      this.#ledger.noted(live);
    } catch (error) {
      if (!isStaged) this.#uncertain.add(label);
      else this.#uncertainStaged.add(label);
      throw error;
    }
    this.#untidied.add(label);
    await this.#readers.gone();
    // It is published, and stays so: what cannot be tidied up now is tidied up with the next write.
    await this.#tidy().catch(() => {});
  }

  /** After a failure: finds out what has gone live, and finishes it or takes it back. @throws {IndexError} */
  async recover(): Promise<void> {
    if (this.#uncertain.size + this.#uncertainStaged.size > 0) {
      const own = (await this.#ledger.synchronize()).get(this.#ledger.session)?.live ?? [];
      const lost = [...this.#uncertain].filter((label) => !own.includes(label));
      if (lost.length > 0) await this.update([remove({ must: [oneOf('born', lost)] })]);
      for (const label of own) this.#untidied.add(label);
      this.#uncertain.clear();
      this.#uncertainStaged.clear();
    }
    if (this.#untidied.size > 0) await this.#tidy();
  }

  /**
   * Finishes what programs left that were killed, and removes what they never published.
   * @throws {IndexError}
   */
  async finishAbandoned(): Promise<void> {
    const sessions = await this.#ledger.synchronize();
    const before = this.#now() - this.#abandonedAfterMs;
    const abandoned = [...sessions].filter(
      ([session, { at }]) => session !== this.#ledger.session && at < before,
    );
    if (abandoned.length > 0) {
      const labels = abandoned.flatMap(([, { live }]) => live);
      await this.update([
        ...(labels.length === 0 ? [] : tidying(labels)),
        { delete: { points: abandoned.map(([session]) => ledgerId(session)) } },
      ]);
    }
    await this.#removeUnpublished(before);
    await this.#ledger.synchronize();
  }

  async #removeUnpublished(before: number): Promise<void> {
    const { points } = await this.#connection.ask((client) =>
      client.scroll(this.#connection.place.collection, {
        filter: { must: [is('kind', 'rebuild')] },
        limit: 1000,
        with_payload: ['label'],
      }),
    );
    const staged = points.map(({ payload }) => String(payload?.['label']));
    const expected = [SERVED, ...staged, ...liveLabels(this.#ledger.known)];
    await this.update([
      remove({
        must: [is('kind', 'passage'), { key: 'written', range: { lt: before * 1000 } }],
        must_not: [oneOf('born', expected)],
      }),
    ]);
  }

  async #tidy(): Promise<void> {
    const labels = [...this.#untidied];
    await this.update([...tidying(labels), { upsert: { points: [this.#ledger.entry([])] } }]);
    this.#ledger.noted([]);
    for (const label of labels) this.#untidied.delete(label);
  }
}

export function remove(filter: Filter): Operation {
  return { delete: { filter } };
}

const MARKS_IN_A_REQUEST = 32;

/** In this order, so that no page is seen twice or not at all between two of them. */
function tidying(labels: readonly string[]): Operation[] {
  return [
    remove({ must: [oneOf('gone', labels)] }),
    { set_payload: { payload: { born: [SERVED] }, filter: { must: [oneOf('born', labels)] } } },
    // What a rebuild noted while it was under way.
    remove({ must: [oneOf('kind', ['rebuild', 'kept']), oneOf('label', labels)] }),
  ];
}
