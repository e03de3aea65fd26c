import { createHash } from 'node:crypto';

import type { Schemas } from '@qdrant/js-client-rest';

import type { Passage } from '../../passage.ts';
import type { SparseVector } from '../../text/sparse-vector.ts';
import type { IndexedPage, IndexedPassage, Scope } from '../passage-index.ts';

export type Point = Schemas['PointStruct'];

/** What a passage's point carries. All points of one version of a page have the same `written`. */
export interface PassagePayload {
  kind: 'passage';
  /** `SERVED`, or what makes the point seen when it is live. */
  born: string[];
  /** What makes the point vanish when it is live. */
  gone?: string[];
  /** Grows with each page that is written. */
  written: number;
  ordinal: number;
  /** On the first passage alone: one point a page that can be counted and listed. */
  head?: true;
  scope: Scope;
  url: string;
  sourceId?: string;
  language: string;
  /** Of the page: 20261101. */
  publishedDay?: number;
  fetchedAt: string;
  passage: Omit<Passage, 'pageUrl'>;
}

/** Born so, a point is seen as long as nothing that it is gone with is live. */
export const SERVED = 'served';

/**
 * The points of one version of a page. The head comes last: where it is, all the others are, even
 * when the program is killed between two batches.
 */
export function toPoints(
  page: IndexedPage,
  { label, written }: { label: string; written: number },
): Point[] {
  const [first] = page.passages;
  if (first === undefined) return [];
  const day = publishedDay(first.publishedAt);
  const about = {
    kind: 'passage' as const,
    born: [label],
    written,
    scope: page.scope,
    url: page.url,
    ...(page.sourceId === null ? {} : { sourceId: page.sourceId }),
    language: first.language,
    ...(day === null ? {} : { publishedDay: day }),
    fetchedAt: first.fetchedAt,
  };
  const points = page.passages.map((indexed, ordinal): Point => {
    const { terms, grams, dense, pageUrl: _url, ...passage } = indexed;
    const payload: PassagePayload = {
      ...about,
      ordinal,
      ...(ordinal === 0 ? { head: true } : {}),
      passage,
    };
    return {
      id: pointId(label, String(written), String(ordinal)),
      vector: {
        terms: toSparse(terms),
        grams: toSparse(grams),
        ...(dense === null ? {} : { dense: Array.from(dense) }),
      },
      payload: { ...payload },
    };
  });
  return points.toReversed();
}

/** Its scope makes it no passage of a page of its own: see `toPage`. */
export function toPassage({ url, passage }: PassagePayload): Passage {
  const { id, title, site, language, publishedAt, fetchedAt, heading, position, place, text } =
    passage;
  return {
    id,
    pageUrl: url,
    title,
    site,
    language,
    publishedAt,
    fetchedAt,
    heading,
    position,
    place,
    text,
  };
}

/** Of all points of one version of a page. */
export function toPage(points: readonly { payload: PassagePayload; vector: unknown }[]) {
  const sorted = points.toSorted((one, other) => one.payload.ordinal - other.payload.ordinal);
  const [first] = sorted;
  if (first === undefined) return null;
  const { url, scope, sourceId = null } = first.payload;
  const passages = sorted.map(({ payload, vector }): IndexedPassage => {
    const { terms, grams, dense } = (vector ?? {}) as Record<string, unknown>;
    return {
      ...toPassage(payload),
      terms: fromSparse(terms),
      grams: fromSparse(grams),
      dense: Array.isArray(dense) ? Float32Array.from(dense as number[]) : null,
    };
  });
  return { url, scope, sourceId, passages } satisfies IndexedPage;
}

/** A UUID that is always the same for the same names. */
export function pointId(...names: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(names)).digest('hex');
  const variant = ((Number.parseInt(hash.slice(16, 17), 16) & 3) | 8).toString(16);
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

/** Null for what has no date. */
export function publishedDay(date: string | null): number | null {
  return date === null ? null : Number(date.slice(0, 10).replaceAll('-', ''));
}

/**
 * Qdrant's IDF counts the points that have a vector, and ours all passages: one without a word gets
 * a token of no weight, which no text is likely to share.
 */
const NO_TOKENS = { indices: [0x9e_37_79_b9], values: [0] };

function toSparse({ indices, values }: SparseVector): Schemas['SparseVector'] {
  if (indices.length === 0) return NO_TOKENS;
  return { indices: Array.from(indices), values: Array.from(values) };
}

function fromSparse(vector: unknown): SparseVector {
  const { indices = [], values = [] } = (vector ?? {}) as Partial<Schemas['SparseVector']>;
  const entries = indices.map((token, at) => [token, values[at] ?? 0] as const);
  const weighted = entries.filter(([, weight]) => weight !== 0);
  weighted.sort(([one], [other]) => one - other);
  return {
    indices: Uint32Array.from(weighted, ([token]) => token),
    values: Float32Array.from(weighted, ([, weight]) => weight),
  };
}
