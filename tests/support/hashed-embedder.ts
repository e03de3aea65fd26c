import type { Embedder } from '../../retrieval/embed/embedder.ts';
import { tokenId } from '../../retrieval/text/sparse-vector.ts';
import { stems } from '../../retrieval/text/terms.ts';

/**
 * An embedder without a model: each stem turns one of the dimensions by its hash, so texts that
 * share words are near each other, and the same text is always the same vector.
 */
export function createHashedEmbedder({ dimensions = 64 } = {}): Embedder {
  return {
    model: `hashed-${dimensions}`,
    async embedPassages(texts, { signal }) {
      signal.throwIfAborted();
      return texts.map((text) => hashedVector(text, dimensions));
    },
    async embedQuery(text, { signal }) {
      signal.throwIfAborted();
      return hashedVector(text, dimensions);
    },
  };
}

/** Of unit length, also for a text without words. */
export function hashedVector(text: string, dimensions: number): Float32Array {
  const vector = new Float32Array(dimensions);
  vector[0] = 0.01;
  for (const stem of stems(text)) {
    const at = tokenId(stem) % dimensions;
    vector[at] = (vector[at] ?? 0) + 1;
  }
  const norm = Math.hypot(...vector);
  return vector.map((value) => value / norm);
}
