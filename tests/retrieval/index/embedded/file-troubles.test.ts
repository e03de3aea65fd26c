import { open, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';

import { IndexError } from '../../../../retrieval/errors.ts';
import { openEmbeddedIndex } from '../../../../retrieval/index/embedded-index.ts';
import { hybridQuery, indexedPage } from '../../../support/indexed-pages.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

describe('a damaged index file', () => {
  it.each<[string, (file: string) => Promise<void>]>([
    ['garbage', (file) => writeFile(file, 'это не база данных '.repeat(4000))],
    ['cut off in the middle', async (file) => truncate(file, (await stat(file)).size / 2)],
    ['shorter than a header', (file) => truncate(file, 40)],
    ['overwritten in part', (file) => overwrite(file, 16_384)],
    ['somebody else’s database', makeForeignDatabase],
  ])('is set aside and said so when it is %s', async (_, damage) => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'index.sqlite');
    await fillIndex(folder.path, 20);
    await damage(file);
    const damaged = await readFile(file);
    const { found, problems } = await reopen(folder.path);
    expect(found).toBe(0);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(
      /^The index file was damaged: it was set aside as index\.sqlite\.damaged-\S+ and a new one was started, pages will be read again\.$/u,
    );
    const aside = (await readdir(folder.path)).filter((name) => name.includes('damaged'));
    expect(aside).toHaveLength(1);
    expect(problems[0]).toContain(aside[0]);
    expect(await readFile(join(folder.path, aside[0] ?? ''))).toEqual(damaged);
  });

  it('is set aside when it is large and the damage shows only while it is loaded', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'index.sqlite');
    await fillIndex(folder.path, 20, 'x'.repeat(1_000_000));
    expect((await stat(file)).size).toBeGreaterThan(17_000_000);
    await overwrite(file, 16_384);
    const { found, problems } = await reopen(folder.path);
    expect(found).toBe(0);
    expect(problems).toHaveLength(1);
  });

  it('of no bytes is simply filled: a kill during the first start leaves one', async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'index.sqlite'), '');
    const { found, problems } = await reopen(folder.path);
    expect(found).toBe(0);
    expect(problems).toEqual([]);
    await fillIndex(folder.path, 3);
    expect((await reopen(folder.path)).found).toBe(3);
  });
});

it('keeps its pages from one start to the next', async () => {
  await using folder = await temporaryFolder();
  await fillIndex(join(folder.path, 'made', 'on', 'the way'), 3);
  expect(await reopen(join(folder.path, 'made', 'on', 'the way'))).toEqual({
    found: 3,
    problems: [],
  });
});

it('refuses a file that a newer program wrote, and leaves it alone', async () => {
  await using folder = await temporaryFolder();
  await fillIndex(folder.path, 1);
  const file = join(folder.path, 'index.sqlite');
  setVersion(file, 99);
  const before = await readFile(file);
  const opening = openEmbeddedIndex({ folder: folder.path });
  await expect(opening).rejects.toThrow(IndexError);
  await expect(opening).rejects.toMatchObject({
    message: `the index file ${file} was written by a newer Istok (version 99 of the file, this program knows 3): update the program or move the file away`,
    retryable: false,
  });
  expect(await readFile(file)).toEqual(before);
  expect((await readdir(folder.path)).filter((name) => name.includes('damaged'))).toEqual([]);
});

it('names the folder that it cannot use', async () => {
  await using folder = await temporaryFolder();
  await writeFile(join(folder.path, 'file'), '');
  const below = join(folder.path, 'file', 'data');
  const opening = openEmbeddedIndex({ folder: below });
  await expect(opening).rejects.toThrow(IndexError);
  await expect(opening).rejects.toThrow(`the index cannot be kept in ${below}: ENOTDIR`);
});

it('names the folder in which something else has the name of the file', async () => {
  await using folder = await temporaryFolder();
  const data = join(folder.path, 'index.sqlite', 'index.sqlite');
  await fillIndex(join(folder.path, 'index.sqlite'), 1);
  expect((await stat(data)).isFile()).toBe(true);
  const opening = openEmbeddedIndex({ folder: folder.path });
  await expect(opening).rejects.toThrow(
    `the index cannot be kept in ${folder.path}: the index file cannot be opened`,
  );
});

async function fillIndex(folder: string, pages: number, text = 'text'): Promise<void> {
  const index = await openEmbeddedIndex({ folder });
  for (let page = 0; page < pages; page += 1) {
    const terms = Object.fromEntries(Array.from({ length: 300 }, (_, token) => [token, 1]));
    await index.replacePage(indexedPage(`https://a.example/${page}`, [{ id: page, terms, text }]));
  }
  await index.close();
}

async function reopen(folder: string): Promise<{ found: number; problems: string[] }> {
  const problems: string[] = [];
  const index = await openEmbeddedIndex({
    folder,
    onProblem: (sentence) => problems.push(sentence),
  });
  const { terms } = await index.query(hybridQuery({ terms: { 1: 1 } }));
  await index.replacePage(indexedPage('https://b.example/', [{ id: 1, terms: { 9999: 1 } }]));
  expect((await index.query(hybridQuery({ terms: { 9999: 1 } }))).terms).toHaveLength(1);
  await index.replacePage(indexedPage('https://b.example/', []));
  await index.close();
  return { found: terms.length, problems };
}

/** Everything from there on but the header's own page becomes noise. */
async function overwrite(file: string, from: number): Promise<void> {
  const { size } = await stat(file);
  const handle = await open(file, 'r+');
  await handle.write(Buffer.alloc(size - from, 0xa7), 0, size - from, from);
  await handle.close();
}

async function makeForeignDatabase(file: string): Promise<void> {
  await truncate(file, 0);
  const database = new DatabaseSync(file);
  database.exec('CREATE TABLE recipes (name TEXT)');
  database.close();
}

function setVersion(file: string, version: number): void {
  const database = new DatabaseSync(file);
  database.exec(`PRAGMA user_version = ${version}`);
  database.close();
}
