import type { Schemas } from '@qdrant/js-client-rest';

import type { QdrantConnection } from './connection.ts';
import type { Filter } from './visibility.ts';

export interface ScrollOptions {
  filter: Filter;
  with_payload: boolean | string[];
  with_vector?: boolean;
  /** Of one request. */
  limit?: number;
}

/** All points that pass the filter, in no order. @throws {IndexError} */
export async function scrollAll(
  connection: QdrantConnection,
  { limit = 1000, ...options }: ScrollOptions,
): Promise<Schemas['Record'][]> {
  const points: Schemas['Record'][] = [];
  let offset: Schemas['ExtendedPointId'] | null = null;
  do {
    const from: Schemas['ExtendedPointId'] | null = offset;
    const read = await connection.ask((client) =>
      client.scroll(connection.place.collection, {
        ...options,
        limit,
        ...(from === null ? {} : { offset: from }),
      }),
    );
    points.push(...read.points);
    offset = (read.next_page_offset ?? null) as Schemas['ExtendedPointId'] | null;
  } while (offset !== null);
  return points;
}
