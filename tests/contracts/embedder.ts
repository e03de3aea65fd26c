import { describe, expect, it } from 'vitest';

import type { Embedder } from '../../retrieval/embed/embedder.ts';

/** An embedder that has a meaning: texts with the same words are near each other. */
export function describeEmbedder(
  name: string,
  withEmbedder: (use: (embedder: Embedder) => Promise<void>) => Promise<void>,
): void {
  describe(`${name} as an embedder`, () => {
    it('names its model', async () => {
      await withEmbedder(async (embedder) => {
        expect(embedder.model).not.toBe('');
      });
    });

    it('gives each text a vector of unit length, all of as many dimensions', async () => {
      await withEmbedder(async (embedder) => {
        const vectors = await embedder.embedPassages(['Волга', 'A river', '…', ''], { signal });
        const query = await embedder.embedQuery('Какова длина Волги?', { signal });
        expect(vectors).toHaveLength(4);
        for (const vector of vectors) {
          expect(vector).toBeInstanceOf(Float32Array);
          expect(vector).toHaveLength(query.length);
          expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
        }
        expect(Math.hypot(...query)).toBeCloseTo(1, 5);
      });
    });

    it('keeps the order of many texts', async () => {
      await withEmbedder(async (embedder) => {
        const texts = Array.from({ length: 100 }, (_, at) => `passage number ${at}`);
        const together = await embedder.embedPassages(texts, { signal });
        expect(together).toHaveLength(100);
        for (const at of [0, 31, 32, 63, 64, 99]) {
          const [alone] = await embedder.embedPassages([texts[at] ?? ''], { signal });
          expect(together[at]).toEqual(alone);
        }
      });
    });

    it('puts a question nearer to what speaks of it', async () => {
      await withEmbedder(async (embedder) => {
        const [near, far] = await embedder.embedPassages(
          ['Длина Волги — 3530 километров.', 'Penicillin was discovered in London.'],
          { signal },
        );
        const query = await embedder.embedQuery('Длина Волги', { signal });
        expect(cosine(query, near)).toBeGreaterThan(cosine(query, far));
      });
    });

    it('has no vectors for no texts', async () => {
      await withEmbedder(async (embedder) => {
        expect(await embedder.embedPassages([], { signal })).toEqual([]);
      });
    });

    it('takes a text of 100,000 characters', async () => {
      await withEmbedder(async (embedder) => {
        const vectors = await embedder.embedPassages(['😀'.repeat(50_000)], { signal });
        expect(vectors).toHaveLength(1);
      });
    });

    it('leaves the texts as they were', async () => {
      await withEmbedder(async (embedder) => {
        const texts = Object.freeze(['Волга', 'Ока']);
        await embedder.embedPassages(texts, { signal });
        expect(texts).toEqual(['Волга', 'Ока']);
      });
    });

    it('throws the reason of a signal that is aborted', async () => {
      await withEmbedder(async (embedder) => {
        const reason = new Error('stop pressed');
        const aborted = { signal: AbortSignal.abort(reason) };
        await expect(embedder.embedQuery('Волга', aborted)).rejects.toBe(reason);
        await expect(embedder.embedPassages(['Волга'], aborted)).rejects.toBe(reason);
      });
    });
  });
}

const { signal } = new AbortController();

function cosine(one: Float32Array, other: Float32Array | undefined): number {
  return one.reduce((sum, value, at) => sum + value * (other?.[at] ?? 0), 0);
}
