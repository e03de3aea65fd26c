import type { Embedder } from './embedder.ts';
import type { EmbeddingCache } from './embedding-cache.ts';

/** The same embedder, which makes a passage's vector only once. Questions are not kept. */
export function createCachedEmbedder(embedder: Embedder, cache: EmbeddingCache): Embedder {
  return {
    model: embedder.model,
    async embedPassages(texts, { signal }) {
      signal.throwIfAborted();
      const known = cache.read(embedder.model, texts);
      const missing = texts.filter((_text, at) => known[at] === null);
      if (missing.length === 0) return known.filter((vector) => vector !== null);
      const made = await embedder.embedPassages(missing, { signal });
      const entries = missing.map((text, at) => ({ text, vector: made[at] ?? new Float32Array() }));
      const dimensions = made[0]?.length;
      // The same name, another model behind it: what was kept is of no use any more.
      if (known.some((vector) => vector !== null && vector.length !== dimensions)) {
        const all = await embedder.embedPassages(texts, { signal });
        cache.write(
          embedder.model,
          texts.map((text, at) => ({ text, vector: all[at] ?? new Float32Array() })),
        );
        return all;
      }
      cache.write(embedder.model, entries);
      const fresh = made.values();
      return known.map((vector) => vector ?? fresh.next().value ?? new Float32Array());
    },
    embedQuery: (text, options) => embedder.embedQuery(text, options),
  };
}
