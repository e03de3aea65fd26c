import type {
  HybridQuery,
  IndexedPage,
  IndexedPassage,
  PassageFilter,
  Scope,
} from '../../retrieval/index/passage-index.ts';
import type { Language } from '../../retrieval/passage.ts';
import type { SparseVector } from '../../retrieval/text/sparse-vector.ts';

/** Token id → weight, in any order. */
export type Weights = Record<number, number>;

export function sparse(weights: Weights): SparseVector {
  const entries = Object.entries(weights).map(
    ([token, weight]) => [Number(token), weight] as const,
  );
  entries.sort(([one], [other]) => one - other);
  return {
    indices: Uint32Array.from(entries, ([token]) => token),
    values: Float32Array.from(entries, ([, weight]) => weight),
  };
}

export interface PassageSketch {
  /** A small number that becomes a UUID: passages sort by it. */
  id: number;
  terms?: Weights;
  grams?: Weights;
  dense?: number[];
  text?: string;
  language?: Language;
  publishedAt?: string | null;
  fetchedAt?: string;
}

export function indexedPage(
  url: string,
  sketches: readonly PassageSketch[],
  { scope = 'public', sourceId = null }: { scope?: Scope; sourceId?: string | null } = {},
): IndexedPage {
  return { url, scope, sourceId, passages: sketches.map((sketch, at) => passage(url, sketch, at)) };
}

export function uuid(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

export function hybridQuery(parts: {
  terms?: Weights;
  grams?: Weights;
  dense?: number[];
  scopes?: Scope[];
  filter?: PassageFilter;
  limit?: number;
}): HybridQuery {
  const { terms = {}, grams = {}, dense, scopes = ['public'], filter = {}, limit = 10 } = parts;
  return {
    terms: sparse(terms),
    grams: sparse(grams),
    dense: dense === undefined ? null : Float32Array.from(dense),
    scopes,
    filter,
    limit,
  };
}

function passage(url: string, sketch: PassageSketch, position: number): IndexedPassage {
  return {
    id: uuid(sketch.id),
    pageUrl: url,
    title: 'Волга',
    site: 'rivers.example',
    language: sketch.language ?? 'ru',
    publishedAt: sketch.publishedAt ?? null,
    fetchedAt: sketch.fetchedAt ?? '2026-11-01T12:00:00.000Z',
    heading: position === 0 ? null : 'Исток',
    position,
    place: null,
    text: sketch.text ?? `Passage ${sketch.id}.`,
    terms: sparse(sketch.terms ?? {}),
    grams: sparse(sketch.grams ?? {}),
    dense: sketch.dense === undefined ? null : Float32Array.from(sketch.dense),
  };
}
