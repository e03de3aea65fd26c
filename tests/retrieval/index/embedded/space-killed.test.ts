import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { openInSpace } from '../../../../retrieval/index/open-in-space.ts';
import type { PassageIndex } from '../../../../retrieval/index/passage-index.ts';
import { FIRST_EMBEDDER, SECOND_EMBEDDER } from '../../../support/constant-embedder.ts';
import { hybridQuery, indexedPage } from '../../../support/indexed-pages.ts';
import { runToKill } from '../../../support/run-to-kill.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const PAGES = 165;
const { signal } = new AbortController();

const kills = ['opened', '32', '64', '128', '165', 'made'].flatMap((line) =>
  [1, 2, 3, 4, 5].map((time) => ({ line, time })),
);

test.concurrent.each(kills)(
  'vectors that are made anew never meet the old ones, and all come, when killed at "$line" ($time)',
  { timeout: 120_000 },
  async ({ line }) => {
    await using folder = await temporaryFolder();
    await fill(folder.path);
    const killed = await runToKill({
      file: 'tests/support/space-changer.ts',
      args: [folder.path],
      killAfter: line,
    });
    expect(killed).toMatchObject({ signal: 'SIGKILL', err: '' });
    await endsAnew(folder.path);
  },
);

test.each([
  { moment: 'the old file is deleted', isRenamed: false },
  { moment: 'the new file is in its place', isRenamed: true },
])('what was made anew serves when its taking over was cut short after $moment', async (kill) => {
  await using folder = await temporaryFolder();
  await fill(folder.path);
  const { index, rebuild } = await open(folder.path);
  await rebuild({ signal });
  await index.close();
  const [file, next] = [join(folder.path, 'index.sqlite'), join(folder.path, 'next')];
  for (const ending of ['', '-wal', '-shm']) rmSync(`${file}${ending}`, { force: true });
  if (kill.isRenamed) renameSync(join(next, 'index.sqlite'), file);
  mkdirSync(next, { recursive: true });
  expect(existsSync(file)).toBe(kill.isRenamed);
  await endsAnew(folder.path);
});

function open(folder: string, embedder = SECOND_EMBEDDER) {
  return openInSpace({
    folder,
    analysis: 2,
    embedder,
    onProblem: (sentence) => expect.fail(sentence),
  });
}

async function fill(folder: string): Promise<void> {
  const { index } = await open(folder, FIRST_EMBEDDER);
  const pages = Array.from({ length: PAGES }, (_, id) =>
    indexedPage(`https://a.example/${id}`, [{ id, dense: [1, 0] }]),
  );
  await Promise.all(pages.map((page) => index.replacePage(page)));
  await index.close();
}

/** Starts until nothing is left to do, and looks at what is found each time. */
async function endsAnew(folder: string): Promise<void> {
  const opened = await open(folder);
  const isMade = opened.difference === 'none';
  expect(await found(opened.index)).toBe(isMade ? PAGES : 0);
  expect((await opened.index.count()).pages).toBe(PAGES);
  await (isMade ? Promise.resolve() : opened.rebuild({ signal }));
  await opened.index.close();
  const last = await open(folder);
  expect(last.difference).toBe('none');
  expect(await found(last.index)).toBe(PAGES);
  expect(await vectorsOf(last.index)).toEqual(['0.6,0.8']);
  await last.index.close();
}

async function found(index: PassageIndex): Promise<number> {
  return (await index.query(hybridQuery({ dense: [0.6, 0.8], limit: 1000 }))).dense.length;
}

async function vectorsOf(index: PassageIndex): Promise<string[]> {
  const { pages } = await index.readPages({ cursor: null, limit: 1000 });
  const vectors = pages.flatMap(({ passages }) =>
    passages.map(({ dense }) => [...(dense ?? [])].map((value) => value.toFixed(1)).join(',')),
  );
  return [...new Set(vectors)];
}
