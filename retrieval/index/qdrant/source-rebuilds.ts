import type { Schemas } from '@qdrant/js-client-rest';

import type { IndexedPage } from '../passage-index.ts';
import type { QdrantConnection } from './connection.ts';
import type { Ledger } from './ledger.ts';
import { pointId, toPoints } from './points.ts';
import type { PassagePayload } from './points.ts';
import { remove } from './publisher.ts';
import type { Publisher } from './publisher.ts';
import { scrollAll } from './scroll-all.ts';
import { is, liveLabels, oneOf, visible } from './visibility.ts';
import type { Condition } from './visibility.ts';

export interface SourceRebuildsOptions {
  connection: QdrantConnection;
  ledger: Ledger;
  publisher: Publisher;
  nextWritten: () => number;
}

/**
 * Rebuilds of sources. A rebuild has a label, noted in a point of its own; what is staged is born
 * with it and what is kept is listed with it, until a commit makes it live.
 */
export class SourceRebuilds {
  readonly #connection: QdrantConnection;
  readonly #ledger: Ledger;
  readonly #publisher: Publisher;
  readonly #nextWritten: () => number;

  constructor({ connection, ledger, publisher, nextWritten }: SourceRebuildsOptions) {
    this.#connection = connection;
    this.#ledger = ledger;
    this.#publisher = publisher;
    this.#nextWritten = nextWritten;
  }

  async done(sourceId: string): Promise<Set<string>> {
    const label = await this.#label(sourceId);
    if (label === null) return new Set();
    const [staged, kept] = await Promise.all([this.#staged(label), this.#kept(label)]);
    return new Set([...staged.filter(({ head }) => head === true).map(({ url }) => url), ...kept]);
  }

  async stage(sourceId: string, pages: readonly IndexedPage[]): Promise<void> {
    const label = (await this.#label(sourceId)) ?? (await this.#begin(sourceId));
    const versions = pages.map((page) => ({ page, written: this.#nextWritten() }));
    await this.#publisher.add(
      versions.flatMap(({ page, written }) => toPoints(page, { label, written })),
    );
    await this.#publisher.update([
      remove({
        must: [
          oneOf('born', [label]),
          oneOf(
            'url',
            pages.map(({ url }) => url),
          ),
        ],
        must_not: [
          oneOf(
            'written',
            versions.map(({ written }) => written),
          ),
        ],
      }),
    ]);
  }

  async keep(sourceId: string, urls: readonly string[]): Promise<void> {
    const label = (await this.#label(sourceId)) ?? (await this.#begin(sourceId));
    await this.#publisher.add(
      urls.map((url) => ({
        id: pointId('kept', label, url),
        vector: {},
        payload: { kind: 'kept', label, url },
      })),
    );
  }

  async commit(sourceId: string): Promise<void> {
    await this.#publisher.recover();
    const label = (await this.#label(sourceId)) ?? (await this.#begin(sourceId));
    await this.#publisher.publish(
      label,
      async () => {
        const staged = await this.#keepLatest(label);
        const kept = await this.#kept(label);
        const served = await this.#served(sourceId);
        const urls = [...new Set([...served.filter((url) => !kept.has(url)), ...staged])];
        return { gone: chunks(urls).map(publicPages) };
      },
      { isStaged: true },
    );
  }

  async discard(sourceId: string): Promise<void> {
    const label = await this.#label(sourceId);
    if (label === null) return;
    await this.#publisher.update([
      remove({ must: [oneOf('born', [label])] }),
      remove({ must: [oneOf('kind', ['rebuild', 'kept']), oneOf('label', [label])] }),
    ]);
  }

  /** Null when nothing is under way; a rebuild that is published has ended, tidied up or not. */
  async #label(sourceId: string): Promise<string | null> {
    const [point] = await this.#connection.ask((client) =>
      client.retrieve(this.#connection.place.collection, {
        ids: [rebuildId(sourceId)],
        with_payload: true,
      }),
    );
    const label = point?.payload?.['label'];
    if (typeof label !== 'string') return null;
    return liveLabels(await this.#ledger.read()).includes(label) ? null : label;
  }

  async #begin(sourceId: string): Promise<string> {
    const label = this.#publisher.newLabel();
    const payload = { kind: 'rebuild', sourceId, label };
    await this.#publisher.add([{ id: rebuildId(sourceId), vector: {}, payload }]);
    return label;
  }

  /** A kill can leave two versions of a staged page, or one without its head: the latest stays. */
  async #keepLatest(label: string): Promise<string[]> {
    const staged = await this.#staged(label);
    const latest = new Map<string, number>();
    for (const { url, written, head } of staged) {
      if (head === true) latest.set(url, Math.max(latest.get(url) ?? 0, written));
    }
    const outdated = staged.filter(({ url, written }) => latest.get(url) !== written);
    await this.#publisher.update(
      chunks(outdated.map(({ id }) => id)).map((points) => ({ delete: { points } })),
    );
    return [...latest.keys()];
  }

  async #staged(label: string) {
    const points = await scrollAll(this.#connection, {
      filter: { must: [oneOf('born', [label])] },
      with_payload: ['url', 'written', 'head'],
    });
    return points.map(({ id, payload }) => {
      const { url, written, head } = payload as unknown as PassagePayload;
      return { id: id as Schemas['ExtendedPointId'], url, written, head };
    });
  }

  async #kept(label: string): Promise<Set<string>> {
    const points = await scrollAll(this.#connection, {
      filter: { must: [is('kind', 'kept'), oneOf('label', [label])] },
      with_payload: ['url'],
    });
    return new Set(points.map(({ payload }) => String(payload?.['url'])));
  }

  async #served(sourceId: string): Promise<string[]> {
    const points = await scrollAll(this.#connection, {
      filter: visible(
        this.#ledger.known,
        is('head', true),
        is('scope', 'public'),
        is('sourceId', sourceId),
      ),
      with_payload: ['url'],
    });
    return points.map(({ payload }) => String(payload?.['url']));
  }
}

const URLS_IN_A_FILTER = 500;

function rebuildId(sourceId: string): string {
  return pointId('rebuild', sourceId);
}

function publicPages(urls: readonly string[]): Condition[] {
  return [is('scope', 'public'), oneOf('url', urls)];
}

function chunks<Item>(items: readonly Item[]): Item[][] {
  const parts: Item[][] = [];
  for (let at = 0; at < items.length; at += URLS_IN_A_FILTER) {
    parts.push(items.slice(at, at + URLS_IN_A_FILTER));
  }
  return parts;
}
