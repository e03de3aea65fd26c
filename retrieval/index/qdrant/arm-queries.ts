import type { Schemas } from '@qdrant/js-client-rest';

import type { Arm, ArmHit, ArmHits, HybridQuery, PassageFilter } from '../passage-index.ts';
import type { QdrantConnection } from './connection.ts';
import { publishedDay, toPassage } from './points.ts';
import type { PassagePayload } from './points.ts';
import { oneOf, visible } from './visibility.ts';
import type { Condition, Sessions } from './visibility.ts';

export interface ArmQueryOptions {
  connection: QdrantConnection;
  sessions: Sessions;
  /** Look at every vector as it came: slower, and the very order that the embedded index gives. */
  exact: boolean;
}

/** Asks all arms in one request; one whose list ends among equal scores is asked for more. */
export async function queryArms(
  query: HybridQuery,
  { connection, sessions, exact }: ArmQueryOptions,
): Promise<ArmHits> {
  const { scopes, filter = {}, limit } = query;
  const hits: ArmHits = { terms: [], grams: [], dense: [] };
  const vectors = vectorsOf(query);
  if (scopes.length === 0 || limit === 0 || vectors.length === 0 || findsNothing(filter)) {
    return hits;
  }
  const seen = visible(sessions, oneOf('scope', scopes), ...conditionsOf(filter));
  const params = exact ? EXACT : QUANTIZED;
  let asked = limit + TIES_AT_ONCE;
  let open = vectors;
  while (open.length > 0) {
    const searches = open.map(({ arm, vector }) => ({
      query: vector,
      using: arm,
      filter: seen,
      limit: asked,
      with_payload: ['passage', 'url', 'scope', 'written'],
      ...(arm === 'dense' ? { params } : {}),
    }));
    const answers = await connection.ask((client) =>
      client.queryBatch(connection.place.collection, { searches }),
    );
    const points = new Map(open.map(({ arm }, at) => [arm, answers[at]?.points ?? []]));
    for (const [arm, found] of points) hits[arm] = rank(found).slice(0, limit);
    open = open.filter(({ arm }) => mayHideTies(points.get(arm) ?? [], { asked, limit }));
    asked *= 4;
  }
  return hits;
}

/** Qdrant cuts a list where it likes among equal scores. */
const TIES_AT_ONCE = 16;
const EXACT: Schemas['SearchParams'] = { exact: true };
/** int8 vectors find twice as many as are wanted, the ones that came put them in order. */
const QUANTIZED: Schemas['SearchParams'] = {
  hnsw_ef: 192,
  quantization: { rescore: true, oversampling: 2 },
};

type ScoredPoint = Schemas['ScoredPoint'];

function mayHideTies(
  points: readonly ScoredPoint[],
  { asked, limit }: { asked: number; limit: number },
): boolean {
  const last = points.at(-1)?.score ?? 0;
  return points.length === asked && last > 0 && last === points[limit - 1]?.score;
}

function rank(points: readonly ScoredPoint[]): ArmHit[] {
  const found = points.map(({ payload, score }) => ({
    payload: payload as unknown as PassagePayload,
    score,
  }));
  const newest = newestVersions(found.map(({ payload }) => payload));
  return found
    .filter(({ payload, score }) => score > 0 && newest.get(keyOf(payload)) === payload.written)
    .map(({ payload, score }) => ({ passage: toPassage(payload), score }))
    .toSorted(
      (one, other) => other.score - one.score || (one.passage.id < other.passage.id ? -1 : 1),
    );
}

/** Two programs that replace the same page in the same moment can leave two versions of it. */
function newestVersions(payloads: readonly PassagePayload[]): Map<string, number> {
  const newest = new Map<string, number>();
  for (const payload of payloads) {
    const key = keyOf(payload);
    newest.set(key, Math.max(newest.get(key) ?? 0, payload.written));
  }
  return newest;
}

function keyOf({ scope, url }: PassagePayload): string {
  return `${scope} ${url}`;
}

function vectorsOf({ terms, grams, dense }: HybridQuery) {
  const vectors: { arm: Arm; vector: Schemas['SparseVector'] | number[] }[] = [];
  for (const [arm, { indices, values }] of [
    ['terms', terms],
    ['grams', grams],
  ] as const) {
    if (indices.length === 0) continue;
    vectors.push({ arm, vector: { indices: Array.from(indices), values: Array.from(values) } });
  }
  if (dense !== null) vectors.push({ arm: 'dense', vector: Array.from(dense) });
  return vectors;
}

function findsNothing({ sourceIds, languages }: PassageFilter): boolean {
  return sourceIds?.length === 0 || languages?.length === 0;
}

function conditionsOf({ sourceIds, languages, publishedFrom }: PassageFilter): Condition[] {
  const conditions: Condition[] = [];
  if (sourceIds !== undefined) conditions.push(oneOf('sourceId', sourceIds));
  if (languages !== undefined) conditions.push(oneOf('language', languages));
  const day = publishedDay(publishedFrom ?? null);
  if (day !== null) conditions.push({ key: 'publishedDay', range: { gte: day } });
  return conditions;
}
