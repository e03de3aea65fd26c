import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { createCachedEmbedder } from '../../../retrieval/embed/cached-embedder.ts';
import type { Embedder } from '../../../retrieval/embed/embedder.ts';
import { openEmbeddingCache } from '../../../retrieval/embed/embedding-cache.ts';
import { describeEmbedder } from '../../contracts/embedder.ts';
import { createHashedEmbedder } from '../../support/hashed-embedder.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const { signal } = new AbortController();
const [east, north] = [Float32Array.of(1, 0), Float32Array.of(0, 1)];

describeEmbedder('a cached one', async (use) => {
  await using folder = await temporaryFolder();
  const cache = openEmbeddingCache({ file: join(folder.path, 'embeddings.sqlite') });
  await use(createCachedEmbedder(createHashedEmbedder(), cache));
  cache.close();
});

describe('a cache of embeddings', () => {
  it('finds what was kept for a text in a space, also after a start', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'new', 'embeddings.sqlite');
    const first = openEmbeddingCache({ file });
    first.write('e5', [
      { text: 'Волга', vector: east },
      { text: 'Ока', vector: north },
    ]);
    first.close();
    const second = openEmbeddingCache({ file });
    expect(second.read('e5', ['Ока', 'Кама', 'Волга'])).toEqual([north, null, east]);
    expect(second.read('other', ['Волга'])).toEqual([null]);
    second.close();
  });

  it('forgets what was not used for longest when there is no room', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'embeddings.sqlite');
    let time = 0;
    const now = () => (time += 4_000_000);
    const cache = openEmbeddingCache({ file, maxBytes: 16, now });
    for (const text of ['a', 'b']) cache.write('e5', [{ text, vector: east }]);
    expect(cache.read('e5', ['a'])).toEqual([east]);
    cache.write('e5', [{ text: 'c', vector: east }]);
    expect(cache.read('e5', ['a', 'b', 'c'])).toEqual([east, null, east]);
    cache.close();
  });

  it.each([
    ['no database', (file: string) => writeFileSync(file, 'hello'.repeat(1000))],
    [
      'vectors that nobody made',
      (file: string) => {
        const cache = openEmbeddingCache({ file });
        cache.write('e5', [
          { text: 'Волга', vector: Float32Array.of(NaN, 1) },
          { text: 'Ока', vector: Float32Array.of(0, 0) },
        ]);
        cache.close();
      },
    ],
  ])('finds nothing in a file with %s', async (_what, damage) => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'embeddings.sqlite');
    damage(file);
    const cache = openEmbeddingCache({ file });
    expect(cache.read('e5', ['Волга', 'Ока'])).toEqual([null, null]);
    cache.write('e5', [{ text: 'Ока', vector: north }]);
    expect(cache.read('e5', ['Волга', 'Ока'])).toEqual([null, north]);
    cache.close();
  });

  it('sets a damaged file aside and says so once', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'embeddings.sqlite');
    writeFileSync(file, 'hello'.repeat(1000));
    const problems: string[] = [];
    openEmbeddingCache({ file, onProblem: (sentence) => problems.push(sentence) }).close();
    expect(problems).toEqual([
      'the cache of embeddings was damaged: it was set aside and begun anew',
    ]);
    expect(readdirSync(folder.path).some((name) => name.includes('damaged'))).toBe(true);
  });

  it('fails no call where it cannot be', async () => {
    await using folder = await temporaryFolder();
    writeFileSync(join(folder.path, 'file'), '');
    const problems: string[] = [];
    const cache = openEmbeddingCache({
      file: join(folder.path, 'file', 'embeddings.sqlite'),
      onProblem: (sentence) => problems.push(sentence),
    });
    const embedder = createCachedEmbedder(createHashedEmbedder(), cache);
    expect(await embedder.embedPassages(['Волга'], { signal })).toHaveLength(1);
    expect(problems).toEqual(['the cache of embeddings cannot be used: embeddings are made anew']);
    cache.close();
  });
});

describe('a cached embedder', () => {
  it('makes a vector once, keeps the order and asks nothing about questions', async () => {
    await using folder = await temporaryFolder();
    const cache = openEmbeddingCache({ file: join(folder.path, 'embeddings.sqlite') });
    const { embedder, asked } = recording(createHashedEmbedder());
    const cached = createCachedEmbedder(embedder, cache);
    await cached.embedPassages(['a', 'b'], { signal });
    const vectors = await cached.embedPassages(['c', 'b', 'd', 'a'], { signal });
    expect(asked).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    const fresh = await createHashedEmbedder().embedPassages(['c', 'b', 'd', 'a'], { signal });
    expect(vectors).toEqual(fresh);
    await cached.embedQuery('a', { signal });
    expect(cache.read(cached.model, ['e'])).toEqual([null]);
    cache.close();
  });

  it('never gives vectors of two models that have the same name', async () => {
    await using folder = await temporaryFolder();
    const cache = openEmbeddingCache({ file: join(folder.path, 'embeddings.sqlite') });
    const small = { ...createHashedEmbedder({ dimensions: 4 }), model: 'same' };
    const large = { ...createHashedEmbedder({ dimensions: 8 }), model: 'same' };
    await createCachedEmbedder(small, cache).embedPassages(['a'], { signal });
    const vectors = await createCachedEmbedder(large, cache).embedPassages(['a', 'b'], { signal });
    expect(vectors.map(({ length }) => length)).toEqual([8, 8]);
    expect(cache.read('same', ['a'])[0]).toHaveLength(8);
    cache.close();
  });
});

function recording(embedder: Embedder) {
  const asked: string[][] = [];
  const embedPassages: Embedder['embedPassages'] = (texts, options) => {
    asked.push([...texts]);
    return embedder.embedPassages(texts, options);
  };
  return { embedder: { ...embedder, embedPassages }, asked };
}
