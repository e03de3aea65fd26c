import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { EmbedError } from '../../../retrieval/errors.ts';
import { openStaticEmbedder } from '../../../retrieval/embed/static-embedder.ts';
import { describeEmbedder } from '../../contracts/embedder.ts';
import { writeSafetensors, writeStaticTable } from '../../support/static-table.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const { signal } = new AbortController();

const tokens = ['[UNK]', 'волга', 'длина', '##ы', 'river', 'of', 'penicillin', '.'];
const rows = [
  [9, 9, 9],
  [3, 0, 0],
  [3, 1, 0],
  [0, 0, 1],
  [1, 0, 0],
  [0, 0, 0],
  [0, 4, 0],
  [0, 0, 0],
];

describeEmbedder('a static table', async (use) => {
  await using folder = await temporaryFolder();
  writeStaticTable(folder.path, { tokens, rows });
  const embedder = openStaticEmbedder({ folder: folder.path });
  await use(embedder);
  embedder.close();
});

describe('a static table', () => {
  it('gives the mean of the vectors of the known tokens', async () => {
    await using folder = await temporaryFolder();
    writeStaticTable(folder.path, { tokens, rows });
    const embedder = openStaticEmbedder({ folder: folder.path });
    const [both, unknown] = await embedder.embedPassages(['Penicillin of Волга xyz', 'xyz'], {
      signal,
    });
    // (0, 4, 0) and (3, 0, 0): of length 5.
    expect([...(both ?? [])].map((value) => value.toFixed(3))).toEqual(['0.600', '0.800', '0.000']);
    expect(unknown).toEqual(Float32Array.of(1, 0, 0));
    embedder.close();
  });

  it('is named by its folder, its dimensions and what it holds', async () => {
    await using folder = await temporaryFolder();
    writeStaticTable(folder.path, { tokens, rows });
    const first = openStaticEmbedder({ folder: folder.path });
    expect(first.model).toMatch(/^static:[^:]+:3:[\da-f]{12}$/u);
    const again = openStaticEmbedder({ folder: `${folder.path}/` });
    expect(again.model).toBe(first.model);
    writeStaticTable(folder.path, { tokens, rows: [...rows.slice(1), [1, 2, 3]] });
    const other = openStaticEmbedder({ folder: folder.path });
    expect(other.model).not.toBe(first.model);
    for (const embedder of [first, again, other]) embedder.close();
  });

  it.each([
    ['F16', Float16Array.from([3, 0, 0, 4])],
    ['I8', Int8Array.from([3, 0, 0, 4])],
    ['F64', Float64Array.from([3, 0, 0, 4])],
  ])('may hold %s, a smaller vocabulary and weights', async (dtype, values) => {
    await using folder = await temporaryFolder();
    writeStaticTable(folder.path, { tokens, rows });
    writeSafetensors(join(folder.path, 'model.safetensors'), {
      embeddings: { dtype, shape: [2, 2], values },
      mapping: {
        dtype: 'I64',
        shape: [8],
        values: BigInt64Array.of(0n, 0n, 1n, 0n, 0n, 0n, 1n, 0n),
      },
      weights: { dtype: 'F32', shape: [8], values: Float32Array.of(1, 1, 1, 1, 2, 1, 1, 1) },
    });
    const embedder = openStaticEmbedder({ folder: folder.path });
    // river: twice (3, 0); penicillin: (0, 4).
    const vector = await embedder.embedQuery('river penicillin', { signal });
    expect([...vector].map((value) => value.toFixed(3))).toEqual(['0.832', '0.555']);
    embedder.close();
  });
});

describe('a folder that holds no table', () => {
  const faults: [string, (folder: string) => void, RegExp][] = [
    [
      'has no tokenizer',
      (folder) => rmSync(join(folder, 'tokenizer.json')),
      /^embeddings: .*tokenizer\.json cannot be read$/u,
    ],
    [
      'has no table',
      (folder) => rmSync(join(folder, 'model.safetensors')),
      /^embeddings: .*model\.safetensors cannot be read$/u,
    ],
    [
      'has a tokenizer that is not JSON',
      (folder) => writeFileSync(join(folder, 'tokenizer.json'), '{'),
      /^embeddings: tokenizer\.json is not JSON$/u,
    ],
    [
      'has an empty tokenizer',
      (folder) => writeFileSync(join(folder, 'tokenizer.json'), 'null'),
      /^embeddings: tokenizer\.json cannot be used: it has no model$/u,
    ],
    [
      'has a tokenizer of another kind',
      (folder) => writeFileSync(join(folder, 'tokenizer.json'), '{"model":{"type":"Other"}}'),
      /^embeddings: tokenizer\.json holds the model "Other", which is not known$/u,
    ],
    [
      'is cut off in the numbers',
      (folder) => {
        const file = join(folder, 'model.safetensors');
        truncateSync(file, readFileSync(file).length - 1);
      },
      /model\.safetensors cannot be used: it is cut off$/u,
    ],
    [
      'is cut off in the header',
      (folder) => truncateSync(join(folder, 'model.safetensors'), 20),
      /model\.safetensors cannot be used: it is cut off$/u,
    ],
    [
      'is cut off before it',
      (folder) => truncateSync(join(folder, 'model.safetensors'), 3),
      /model\.safetensors cannot be used: it is cut off$/u,
    ],
    [
      'is something else',
      (folder) => writeFileSync(join(folder, 'model.safetensors'), 'version https://git-lfs'),
      /model\.safetensors cannot be used: it is no safetensors file$/u,
    ],
    [
      'has a header that is none',
      (folder) => {
        const file = join(folder, 'model.safetensors');
        writeFileSync(file, Buffer.from([2, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0x7b]));
      },
      /model\.safetensors cannot be used: its header is not JSON$/u,
    ],
    [
      'has fewer rows than tokens',
      (folder) => writeStaticTable(folder, { tokens, rows: rows.slice(1) }),
      /model\.safetensors cannot be used: it has 7 rows and the tokenizer 8 tokens$/u,
    ],
    [
      'has a table under another name',
      (folder) =>
        writeSafetensors(join(folder, 'model.safetensors'), {
          lm_head: { dtype: 'F32', shape: [1, 1], values: Float32Array.of(1) },
        }),
      /model\.safetensors cannot be used: it holds no table called «embeddings»$/u,
    ],
    [
      'has numbers of a kind that is not known',
      (folder) =>
        writeSafetensors(join(folder, 'model.safetensors'), {
          embeddings: { dtype: 'F4', shape: [8, 1], values: Int8Array.from(Array(8).fill(1)) },
        }),
      /model\.safetensors cannot be used: «embeddings» has numbers of the kind F4, which is not known$/u,
    ],
    [
      'gives its table a wrong size',
      (folder) =>
        writeSafetensors(join(folder, 'model.safetensors'), {
          embeddings: { dtype: 'F32', shape: [1e9, 1e9], values: Float32Array.of(1) },
        }),
      /model\.safetensors cannot be used: its header gives «embeddings» a wrong size$/u,
    ],
    [
      'has a mapping that leads out of it',
      (folder) =>
        writeSafetensors(join(folder, 'model.safetensors'), {
          embeddings: { dtype: 'F32', shape: [1, 1], values: Float32Array.of(1) },
          mapping: { dtype: 'I32', shape: [8], values: Int32Array.of(0, 0, 0, 1, 0, 0, 0, 0) },
        }),
      /model\.safetensors cannot be used: its «mapping» leads out of the table$/u,
    ],
  ];

  it.each(faults)('%s', async (_what, spoil, sentence) => {
    await using folder = await temporaryFolder();
    writeStaticTable(folder.path, { tokens, rows });
    spoil(folder.path);
    const open = () => openStaticEmbedder({ folder: folder.path });
    expect(open).toThrow(EmbedError);
    expect(open).toThrow(sentence);
  });

  it('has what is no number in a row', async () => {
    await using folder = await temporaryFolder();
    writeStaticTable(folder.path, { tokens, rows: rows.with(4, [NaN, 0, 0]) });
    const embedder = openStaticEmbedder({ folder: folder.path });
    await expect(embedder.embedQuery('river', { signal })).rejects.toThrow(
      'embeddings: model.safetensors cannot be used: its row 4 holds what is not a number',
    );
    embedder.close();
  });
});
