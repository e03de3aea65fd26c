import type { DatabaseSync } from 'node:sqlite';
import { IndexError } from '../../errors.ts';
import { DamagedFileError } from './failure.ts';

/** Step n takes a file from version n to n + 1. Steps are only ever added. */
export const INDEX_MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE pages (
    -- Numbers are never used twice, so a number that is out of date finds nothing, not another page.
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    scope TEXT NOT NULL,
    url TEXT NOT NULL,
    source_id TEXT,
    UNIQUE (scope, url)
  ) STRICT;
  CREATE TABLE passages (
    page INTEGER NOT NULL REFERENCES pages (row) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    site TEXT NOT NULL,
    language TEXT NOT NULL,
    published_at TEXT,
    fetched_at TEXT NOT NULL,
    heading TEXT,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (page, ordinal)
  ) STRICT, WITHOUT ROWID;
  -- Apart from the texts, so that a start reads the vectors alone.
  CREATE TABLE vectors (
    page INTEGER PRIMARY KEY REFERENCES pages (row) ON DELETE CASCADE,
    -- With a space between.
    passage_ids TEXT NOT NULL,
    terms BLOB NOT NULL,
    grams BLOB NOT NULL,
    dense BLOB
  ) STRICT;
  -- One row once a dense vector came: vectors of different lengths are never mixed.
  CREATE TABLE dense_space (dimensions INTEGER NOT NULL) STRICT;
  `,
  `
  -- 'page' or 'line': where the passage stands in a PDF or a file.
  ALTER TABLE passages ADD COLUMN place_unit TEXT;
  ALTER TABLE passages ADD COLUMN place_from INTEGER;
  ALTER TABLE passages ADD COLUMN place_to INTEGER;
  `,
  `
  -- What a page's passages have in common, so that a start can filter without reading them. The
  -- scope of a page that is staged for a source, 'staged:<source>', is no scope of any query.
  ALTER TABLE pages ADD COLUMN language TEXT NOT NULL DEFAULT 'other';
  ALTER TABLE pages ADD COLUMN published_at TEXT;
  ALTER TABLE pages ADD COLUMN fetched_at TEXT NOT NULL DEFAULT '';
  UPDATE pages SET (language, published_at, fetched_at) =
    (SELECT language, published_at, fetched_at FROM passages WHERE page = row AND ordinal = 0)
    WHERE EXISTS (SELECT 1 FROM passages WHERE page = row AND ordinal = 0);
  CREATE INDEX pages_of_source ON pages (source_id) WHERE source_id IS NOT NULL;
  -- Pages of a source that its rebuild found unchanged.
  CREATE TABLE kept_pages (
    source_id TEXT NOT NULL,
    url TEXT NOT NULL,
    PRIMARY KEY (source_id, url)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE properties (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
];

/**
 * Brings an open database to the newest version in one transaction, after copying an older one to
 * `FILE.version-N-<time>`.
 *
 * @throws {IndexError} when a newer program wrote it
 */
export function migrateIndex(
  database: DatabaseSync,
  file: string,
  migrations: readonly string[] = INDEX_MIGRATIONS,
): void {
  checkIndexVersion(database, file, migrations);
  const version = readVersion(database);
  if (version === migrations.length) return;
  if (version > 0) copyDatabase(database, `${file}.version-${version}`);
  database.exec('BEGIN IMMEDIATE');
  try {
    // Read again under the lock: another program may have been quicker.
    for (const step of migrations.slice(readVersion(database))) database.exec(step);
    database.exec(`PRAGMA user_version = ${migrations.length}`);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

/**
 * Only reads, so that a file of somebody else's stays as it is.
 *
 * @throws {IndexError} when a newer program wrote it, or another one altogether
 */
export function checkIndexVersion(
  database: DatabaseSync,
  file: string,
  migrations: readonly string[] = INDEX_MIGRATIONS,
): void {
  // In one transaction: between two reads another program may be the first to fill the file.
  database.exec('BEGIN');
  const version = readVersion(database);
  const isEmpty = database.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;
  database.exec('COMMIT');
  if (version > migrations.length) {
    throw new IndexError(
      `the index file ${file} was written by a newer Istok (version ${version} of the file, this program knows ${migrations.length}): update the program or move the file away`,
      { retryable: false },
    );
  }
  if (version === 0 && !isEmpty) {
    throw new DamagedFileError(`the file ${file} is not an index of Istok`);
  }
}

function readVersion(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.user_version);
}

/** Unlike a copy of the file, this also holds what is still in the write-ahead log. */
function copyDatabase(database: DatabaseSync, copy: string): void {
  const now = new Date().toISOString().replaceAll(':', '-');
  database.prepare('VACUUM INTO ?').run(`${copy}-${now}`);
}
