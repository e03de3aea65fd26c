import { IndexError } from '../../errors.ts';
import type { IndexedPage, IndexedPassage } from '../passage-index.ts';
import type { PackedPage } from './messages.ts';
import { packVectors, unpackSparse, unpackVectors } from './packed-vectors.ts';

/** @throws {IndexError} when passages of the page have embeddings of different lengths */
export function packPage({ url, scope, sourceId, passages }: IndexedPage): PackedPage {
  const dimensions = commonDimensions(url, passages);
  return {
    url,
    scope,
    sourceId,
    about: aboutPage(passages),
    passages: passages.map(
      ({ terms: _terms, grams: _grams, dense: _dense, ...passage }) => passage,
    ),
    terms: packVectors(passages.map(({ terms }) => terms)),
    grams: packVectors(passages.map(({ grams }) => grams)),
    dense: dimensions === null ? null : packDense(passages, dimensions),
    dimensions,
  };
}

export function unpackPage(page: PackedPage): IndexedPage {
  const { url, scope, sourceId, dimensions } = page;
  const terms = unpackSparse(unpackVectors(page.terms));
  const grams = unpackSparse(unpackVectors(page.grams));
  const nothing = { indices: new Uint32Array(), values: new Float32Array() };
  const passages = page.passages.map((passage, at): IndexedPassage => {
    const dense = page.dense?.slice(at * (dimensions ?? 0), (at + 1) * (dimensions ?? 0)) ?? null;
    return {
      ...passage,
      terms: terms[at] ?? nothing,
      grams: grams[at] ?? nothing,
      // Zeros stand where a passage has none.
      dense: dense?.some((value) => value !== 0) === true ? dense : null,
    };
  });
  return { url, scope, sourceId, passages };
}

function aboutPage([first]: readonly IndexedPassage[]): PackedPage['about'] {
  if (first === undefined) return null;
  const { language, publishedAt, fetchedAt } = first;
  return { language, publishedAt, fetchedAt };
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

function packDense(passages: readonly IndexedPassage[], dimensions: number) {
  const packed = new Float32Array(passages.length * dimensions);
  for (const [position, { dense }] of passages.entries()) {
    if (dense !== null) packed.set(dense, position * dimensions);
  }
  return packed;
}
