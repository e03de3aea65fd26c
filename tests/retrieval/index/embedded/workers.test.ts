import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';

import { openEmbeddedIndex } from '../../../../retrieval/index/embedded-index.ts';
import { hybridQuery, indexedPage } from '../../../support/indexed-pages.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const PAGE = indexedPage('https://a.example/', [{ id: 1, terms: { 1: 1 } }]);
const QUERY = hybridQuery({ terms: { 1: 1 } });

it.each(['scanner', 'writer'])('starts again after its %s crashed', async (crashing) => {
  await using folder = await temporaryFolder();
  {
    const index = await openEmbeddedIndex({ folder: folder.path });
    await index.replacePage(PAGE);
    await index.close();
  }
  const problems: string[] = [];
  let starts = 0;
  const index = await openEmbeddedIndex({
    folder: folder.path,
    onProblem: (sentence) => problems.push(sentence),
    startWorker: (entry) => {
      if (!entry.pathname.endsWith(`${crashing}.ts`)) return new Worker(entry);
      starts += 1;
      return starts === 1
        ? scriptedWorker(folder.path, "throw new Error('out of luck')")
        : new Worker(entry);
    },
  });
  const outcomes = await Promise.allSettled(
    crashing === 'scanner'
      ? [index.query(QUERY), index.query(QUERY)]
      : [index.clear(), index.replacePage(PAGE)],
  );
  for (const outcome of outcomes) {
    expect(outcome).toMatchObject({
      status: 'rejected',
      reason: {
        name: 'IndexError',
        message: 'a worker of the index stopped',
        retryable: true,
        cause: { message: 'out of luck' },
      },
    });
  }
  expect((await index.query(QUERY)).terms).toHaveLength(1);
  await index.replacePage(indexedPage('https://b.example/', [{ id: 2, terms: { 1: 1 } }]));
  expect((await index.query(QUERY)).terms).toHaveLength(2);
  expect(starts).toBe(2);
  expect(problems).toEqual([]);
  await index.close();
});

it('starts a new file when damage shows while the old one is in use', async () => {
  await using folder = await temporaryFolder();
  const problems: string[] = [];
  let starts = 0;
  const index = await openEmbeddedIndex({
    folder: folder.path,
    onProblem: (sentence) => problems.push(sentence),
    startWorker: (entry) => {
      if (!entry.pathname.endsWith('scanner.ts')) return new Worker(entry);
      starts += 1;
      return starts === 1 ? scriptedWorker(folder.path, ANSWER_DAMAGED) : new Worker(entry);
    },
  });
  await expect(index.query(QUERY)).rejects.toMatchObject({
    message: 'the index file is damaged',
    retryable: true,
  });
  expect((await index.query(QUERY)).terms).toEqual([]);
  await index.replacePage(PAGE);
  expect((await index.query(QUERY)).terms).toHaveLength(1);
  expect(problems).toHaveLength(1);
  expect((await readdir(folder.path)).filter((name) => name.includes('damaged'))).toHaveLength(1);
  await index.close();
});

it('closes after the pages that were on their way are kept', async () => {
  await using folder = await temporaryFolder();
  const index = await openEmbeddedIndex({ folder: folder.path });
  const writes = Array.from({ length: 50 }, (_, page) =>
    index.replacePage(indexedPage(`https://a.example/${page}`, [{ id: page, terms: { 1: 1 } }])),
  );
  const query = index.query(QUERY);
  await index.close();
  await Promise.all(writes);
  await query;
  const again = await openEmbeddedIndex({ folder: folder.path });
  expect(await again.count()).toEqual({ pages: 50, passages: 50 });
  await again.close();
});

it('follows a file that another program writes as well', async () => {
  await using folder = await temporaryFolder();
  const problems: string[] = [];
  const onProblem = (sentence: string) => problems.push(sentence);
  const [one, other] = await Promise.all([
    openEmbeddedIndex({ folder: folder.path, onProblem }),
    openEmbeddedIndex({ folder: folder.path, onProblem }),
  ]);
  // Neither takes a file that the other is just filling for a damaged one.
  expect(problems).toEqual([]);
  await one.replacePage(PAGE);
  await other.replacePage(
    indexedPage('https://a.example/', [{ id: 2, terms: { 1: 1 }, text: 'by the other' }]),
  );
  const { terms } = await one.query(QUERY);
  expect(terms.map(({ passage }) => passage.text)).toEqual(['by the other']);
  await Promise.all([one.close(), other.close()]);
});

it('answers with what one failed page left alone, and fails that page by itself', async () => {
  await using folder = await temporaryFolder();
  const index = await openEmbeddedIndex({ folder: folder.path });
  const outcomes = await Promise.allSettled([
    index.replacePage(indexedPage('https://a.example/', [{ id: 1, dense: [1, 0] }])),
    index.replacePage(indexedPage('https://b.example/', [{ id: 2, dense: [1, 0, 0] }])),
    index.replacePage(indexedPage('https://c.example/', [{ id: 3, dense: [1, 0] }])),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(outcomes[1]).toMatchObject({
    reason: {
      message:
        'the index holds embeddings of 2 dimensions and https://b.example/ came with 3: clear the index after changing the embedding model',
      retryable: false,
    },
  });
  expect((await index.query(hybridQuery({ dense: [1, 0] }))).dense).toHaveLength(2);
  await index.close();
});

const ANSWER_DAMAGED = `parentPort.postMessage({ call, message: { kind: 'failed', failure:
  { message: 'the index file is damaged', retryable: true, damaged: true, cause: null } } })`;

/** A worker that opens or loads like the real one, and runs the script on anything else. */
function scriptedWorker(folder: string, script: string): Worker {
  const replies = {
    open: { kind: 'opened', file: join(folder, 'index.sqlite'), problems: [] },
    load: { kind: 'loaded' },
    count: { kind: 'counted', pages: 0, passages: 0 },
  };
  const source = `
    const { parentPort } = require('node:worker_threads');
    const replies = ${JSON.stringify(replies)};
    parentPort.on('message', ({ call, message: { kind } }) => {
      if (kind in replies) parentPort.postMessage({ call, message: replies[kind] });
      else { ${script} }
    });`;
  return new Worker(source, { eval: true });
}
