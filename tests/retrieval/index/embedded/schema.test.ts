import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';

import { migrateIndex } from '../../../../retrieval/index/embedded/schema.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const FIRST = 'CREATE TABLE pages (url TEXT)';
const SECOND = "ALTER TABLE pages ADD COLUMN scope TEXT NOT NULL DEFAULT 'public'";

it('copies an older file before it is migrated, with what is still in its log', async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'index.sqlite');
  using database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL');
  migrateIndex(database, file, [FIRST]);
  database.exec("INSERT INTO pages VALUES ('https://a.example/')");
  migrateIndex(database, file, [FIRST, SECOND]);
  expect({ ...database.prepare('SELECT * FROM pages').get() }).toEqual({
    url: 'https://a.example/',
    scope: 'public',
  });
  const copies = (await readdir(folder.path)).filter((name) => name.includes('.version-1-'));
  expect(copies).toHaveLength(1);
  using copy = new DatabaseSync(join(folder.path, copies[0] ?? ''));
  expect({ ...copy.prepare('SELECT * FROM pages').get() }).toEqual({ url: 'https://a.example/' });
  expect({ ...copy.prepare('PRAGMA user_version').get() }).toEqual({ user_version: 1 });
});

it('leaves an older file as it was when a step fails', async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'index.sqlite');
  using database = new DatabaseSync(file);
  migrateIndex(database, file, [FIRST]);
  expect(() => migrateIndex(database, file, [FIRST, SECOND, 'ALTER TABLE nothing'])).toThrow(
    'syntax error',
  );
  expect({ ...database.prepare('PRAGMA user_version').get() }).toEqual({ user_version: 1 });
  database.exec("INSERT INTO pages VALUES ('https://a.example/')");
});

it('makes no copy of a new file or of one that is up to date', async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'index.sqlite');
  using database = new DatabaseSync(file);
  migrateIndex(database, file, [FIRST]);
  migrateIndex(database, file, [FIRST]);
  expect(await readdir(folder.path)).toEqual(['index.sqlite']);
});
