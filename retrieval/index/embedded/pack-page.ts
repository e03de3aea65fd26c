import { IndexError } from '../../errors.ts';
import type { IndexedPage, IndexedPassage } from '../passage-index.ts';
import type { PackedPage } from './messages.ts';
import { packVectors } from './packed-vectors.ts';

/** @throws {IndexError} when passages of the page have embeddings of different lengths */
export function packPage({ url, scope, sourceId, passages }: IndexedPage): PackedPage {
  const dimensions = commonDimensions(url, passages);
  return {
    url,
    scope,
    sourceId,
    passages: passages.map(
      ({ terms: _terms, grams: _grams, dense: _dense, ...passage }) => passage,
    ),
    terms: packVectors(passages.map(({ terms }) => terms)),
    grams: packVectors(passages.map(({ grams }) => grams)),
    dense: dimensions === null ? null : packDense(passages, dimensions),
    dimensions,
  };
}

function commonDimensions(url: string, passages: readonly IndexedPassage[]): number | null {
  const lengths = new Set(passages.flatMap(({ dense }) => (dense === null ? [] : [dense.length])));
  if (lengths.size > 1) {
    throw new IndexError(
      `${url} came with embeddings of ${[...lengths].join(' and ')} dimensions`,
      {
        retryable: false,
      },
    );
  }
  return lengths.values().next().value ?? null;
}

function packDense(passages: readonly IndexedPassage[], dimensions: number): Float32Array {
  const packed = new Float32Array(passages.length * dimensions);
  for (const [position, { dense }] of passages.entries()) {
    if (dense !== null) packed.set(dense, position * dimensions);
  }
  return packed;
}
