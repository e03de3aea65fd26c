import type { Schemas } from '@qdrant/js-client-rest';

import { IndexError } from '../../errors.ts';
import type { QdrantConnection } from './connection.ts';
import { isConflict, isMissing, toIndexError } from './failure.ts';
import type { Point } from './points.ts';

/**
 * The collection as Istok needs it. Its name is an alias of `NAME-1`, `NAME-2` and so on: one with
 * other vectors is made beside it and takes its place in one step.
 */
export class Collection {
  /** Of the dense vectors; null while there are none. */
  dimensions: number | null = null;
  readonly #connection: QdrantConnection;
  readonly #name: string;

  private constructor(connection: QdrantConnection) {
    this.#connection = connection;
    this.#name = connection.place.collection;
  }

  /**
   * Makes the collection where there is none.
   * @throws {IndexError} when another program's has its name
   */
  static async open(
    connection: QdrantConnection,
    { dimensions }: { dimensions: number | null },
  ): Promise<Collection> {
    const collection = new Collection(connection);
    if ((await collection.#standing()) === null) await collection.#begin(dimensions);
    await collection.lookAgain();
    return collection;
  }

  /** Learns what another program may have changed. @throws {IndexError} */
  async lookAgain(): Promise<void> {
    const { config } = await this.#connection.ask((client) => client.getCollection(this.#name));
    const layout = config.metadata?.['istok'];
    const { host } = this.#connection.place;
    if (typeof layout !== 'number') {
      throw new IndexError(
        `the collection ${this.#name} of Qdrant at ${host} was not made by Istok: set QDRANT_COLLECTION to another name`,
        { retryable: false },
      );
    }
    if (layout > LAYOUT) {
      throw new IndexError(
        `the collection ${this.#name} of Qdrant at ${host} was made by a newer Istok: update the program or set QDRANT_COLLECTION to another name`,
        { retryable: false },
      );
    }
    const { dense } = (config.params.vectors ?? {}) as Record<string, { size?: number }>;
    this.dimensions = dense?.size ?? null;
  }

  /**
   * Puts a new collection in the place of this one, with those of its points that `keeps` lets
   * through. A kill before the last step leaves the old one as it was.
   */
  async renew({
    dimensions,
    keep,
  }: {
    dimensions: number | null;
    keep: Schemas['Filter'];
  }): Promise<void> {
    const old = await this.#standing();
    const next = await this.#freeName();
    // What a renewal that was cut short left behind.
    if (await this.#exists(next)) await this.#drop(next);
    await this.#create(next, dimensions);
    await this.#copy(next, keep);
    await this.#connection.ask((client) =>
      client.updateCollectionAliases({
        actions: [
          { delete_alias: { alias_name: this.#name } },
          { create_alias: { alias_name: this.#name, collection_name: next } },
        ],
      }),
    );
    this.dimensions = dimensions;
    if (old !== null) await this.#drop(old);
  }

  /**
   * Gives the name of another collection to this one in one step, and deletes what had it: how an
   * index that was rebuilt under a name of its own takes over. @throws {IndexError}
   */
  async takeName(name: string): Promise<void> {
    const built = await this.#standing();
    const { aliases } = await this.#connection.ask((client) => client.getAliases());
    const old = aliases.find(({ alias_name }) => alias_name === name)?.collection_name ?? null;
    if (built === null) return;
    await this.#connection.ask((client) =>
      client.updateCollectionAliases({
        actions: [
          ...(old === null ? [] : [{ delete_alias: { alias_name: name } }]),
          { delete_alias: { alias_name: this.#name } },
          { create_alias: { alias_name: name, collection_name: built } },
        ],
      }),
    );
    if (old !== null) await this.#drop(old);
  }

  /** The collection that the name stands for; null when there is none. */
  async #standing(): Promise<string | null> {
    const { aliases } = await this.#connection.ask((client) => client.getAliases());
    const alias = aliases.find(({ alias_name }) => alias_name === this.#name);
    if (alias !== undefined) return alias.collection_name;
    return (await this.#exists(this.#name)) ? this.#name : null;
  }

  /** Of no collection that serves, under this name or, after `takeName`, under another. */
  async #freeName(): Promise<string> {
    const { aliases } = await this.#connection.ask((client) => client.getAliases());
    const serving = new Set(aliases.map(({ collection_name }) => collection_name));
    let number = 1;
    while (serving.has(`${this.#name}-${number}`)) number += 1;
    return `${this.#name}-${number}`;
  }

  /** Two programs may begin at once: one makes the collection, the other finds it made. */
  async #begin(dimensions: number | null): Promise<void> {
    const first = await this.#freeName();
    await this.#create(first, dimensions);
    try {
      await this.#connection.attempt((client) =>
        client.updateCollectionAliases({
          actions: [{ create_alias: { alias_name: this.#name, collection_name: first } }],
        }),
      );
    } catch (error) {
      if (!isConflict(error)) throw toIndexError(error, this.#connection.place);
    }
  }

  async #create(name: string, dimensions: number | null): Promise<void> {
    try {
      await this.#connection.attempt((client) => client.createCollection(name, shape(dimensions)));
    } catch (error) {
      if (!isConflict(error)) throw toIndexError(error, this.#connection.place);
    }
    for (const [field_name, field_schema] of Object.entries(PAYLOAD_INDEXES)) {
      await this.#connection.ask((client) =>
        client.createPayloadIndex(name, { field_name, field_schema, wait: true }),
      );
    }
  }

  async #copy(next: string, filter: Schemas['Filter']): Promise<void> {
    let offset: Schemas['ExtendedPointId'] | null = null;
    do {
      const from: Schemas['ExtendedPointId'] | null = offset;
      const read = await this.#connection.ask((client) =>
        client.scroll(this.#name, {
          filter,
          limit: POINTS_IN_A_REQUEST,
          with_payload: true,
          with_vector: true,
          ...(from === null ? {} : { offset: from }),
        }),
      );
      const points = read.points.map(
        ({ id, payload, vector }) => ({ id, payload, vector: vector ?? {} }) as Point,
      );
      if (points.length > 0) {
        await this.#connection.ask((client) => client.upsert(next, { wait: true, points }));
      }
      offset = (read.next_page_offset ?? null) as Schemas['ExtendedPointId'] | null;
    } while (offset !== null);
  }

  async #exists(name: string): Promise<boolean> {
    const { exists } = await this.#connection.ask((client) => client.collectionExists(name));
    return exists;
  }

  async #drop(name: string): Promise<void> {
    try {
      await this.#connection.attempt((client) => client.deleteCollection(name));
    } catch (error) {
      if (!isMissing(error)) throw toIndexError(error, this.#connection.place);
    }
  }
}

/** What one request writes or copies at most: about two megabytes. */
export const POINTS_IN_A_REQUEST = 64;

/** Of what the points carry. A program that changes it raises it. */
const LAYOUT = 1;

const PAYLOAD_INDEXES: Record<string, Schemas['PayloadFieldSchema']> = {
  scope: { type: 'keyword', is_tenant: true },
  kind: 'keyword',
  born: 'keyword',
  gone: 'keyword',
  url: 'keyword',
  sourceId: 'keyword',
  language: 'keyword',
  label: 'keyword',
  head: 'bool',
  written: { type: 'integer', lookup: true, range: true },
  publishedDay: { type: 'integer', lookup: false, range: true },
  fetchedAt: 'datetime',
};

function shape(dimensions: number | null) {
  return {
    vectors:
      dimensions === null
        ? {}
        : {
            dense: {
              size: dimensions,
              distance: 'Cosine' as const,
              quantization_config: {
                scalar: { type: 'int8' as const, quantile: 0.99, always_ram: true },
              },
            },
          },
    sparse_vectors: {
      terms: { modifier: 'idf' as const },
      grams: { modifier: 'idf' as const },
    },
    metadata: { istok: LAYOUT },
  };
}
