import type { Embedder } from '../../retrieval/embed/embedder.ts';

/** Every text is this vector, and those of the two below are equally long: an index refuses none. */
function createConstantEmbedder(model: string, vector: readonly number[]): Embedder {
  return {
    model,
    embedPassages: async (texts) => texts.map(() => Float32Array.from(vector)),
    embedQuery: async () => Float32Array.from(vector),
  };
}

export const FIRST_EMBEDDER = createConstantEmbedder('first', [1, 0]);
export const SECOND_EMBEDDER = createConstantEmbedder('second', [0.6, 0.8]);
