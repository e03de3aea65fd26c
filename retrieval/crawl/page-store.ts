import { renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';

import { makeFolder } from '../make-folder.ts';

/** What is kept of a page: how it came, and its body packed. */
export interface StoredPage {
  /** Where redirects led, without a fragment. */
  url: string;
  contentType: string;
  /** As it was sent: the charset is in it. */
  contentTypeHeader: string | null;
  etag: string | null;
  /** ISO 8601. */
  lastModified: string | null;
  /** Milliseconds since 1970: when its server last said that it is so. */
  checkedAt: number;
  freshUntil: number;
  body: Uint8Array;
}

/** Pages by the address they were asked for. Its methods never throw: a store that fails knows nothing. */
export interface PageStore {
  find(address: string): StoredPage | null;
  keep(address: string, page: StoredPage): void;
  /** Its server says that it has not changed. */
  renew(address: string, times: Pick<StoredPage, 'checkedAt' | 'freshUntil'>): void;
  forget(address: string): void;
  close(): void;
}

export interface PageStoreOptions {
  /** Its folder is made when it is missing; beside it stand SQLite's `-wal` and `-shm`. */
  file: string;
  /** Of all bodies, packed; the pages that were longest not asked for go first. */
  maxBytes?: number;
  /** Of the file, in SQLite's pages of 4,096 bytes; by default as many as the disk holds. */
  maxPages?: number;
  now?: () => number;
  /** Told what the operator should know: one sentence. */
  onProblem?: (sentence: string, error: unknown) => void;
}

/**
 * Pages in an SQLite file of their own. It may be deleted at any time: a file that is damaged is set
 * aside and begun anew, and where none can be written, nothing is kept.
 */
export function openPageStore({
  file,
  maxBytes = 256_000_000,
  maxPages,
  now = Date.now,
  onProblem = () => {},
}: PageStoreOptions): PageStore {
  let open: OpenStore | null = null;
  let hasToldOfFailure = false;
  let isClosed = false;

  const reopen = (): void => {
    try {
      open = openStore(file, maxPages);
    } catch (error) {
      if (!isDamaged(error)) throw error;
      setAside(file, now());
      onProblem(`The page cache ${file} is damaged: it was set aside and begun anew.`, error);
      open = openStore(file, maxPages);
    }
  };

  const attempt = <T>(use: (store: OpenStore) => T, otherwise: T): T => {
    if (isClosed) return otherwise;
    try {
      if (open === null) reopen();
      return open === null ? otherwise : use(open);
    } catch (error) {
      if (isDamaged(error)) {
        closeQuietly(open);
        open = null;
      } else if (!hasToldOfFailure) {
        hasToldOfFailure = true;
        onProblem(`The page cache ${file} does not work: pages are fetched anew.`, error);
      }
      return otherwise;
    }
  };
  attempt(() => null, null);

  return {
    find: (address) => attempt((store) => find(store, address, now()), null),
    keep(address, page) {
      // One page must not drive out all others.
      if (page.body.length > maxBytes / 8) return;
      attempt((store) => keep(store, address, page, { now: now(), maxBytes }), undefined);
    },
    renew(address, { checkedAt, freshUntil }) {
      attempt((store) => void store.renew.run(checkedAt, freshUntil, now(), address), undefined);
    },
    forget: (address) => attempt((store) => void drop(store, address), undefined),
    close() {
      isClosed = true;
      closeQuietly(open);
      open = null;
    },
  };
}

interface OpenStore {
  database: DatabaseSync;
  find: StatementSync;
  touch: StatementSync;
  keep: StatementSync;
  renew: StatementSync;
  drop: StatementSync;
  oldest: StatementSync;
  /** Of all bodies in the file, as far as this program knows. */
  bytes: number;
}

function openStore(file: string, maxPages: number | undefined): OpenStore {
  makeFolder(dirname(file));
  // Another program with the same folder may be writing; a cache is not worth a long wait.
  const database = new DatabaseSync(file, { timeout: 100 });
  try {
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
      PRAGMA journal_size_limit = 16000000;`);
    if (maxPages !== undefined) database.exec(`PRAGMA max_page_count = ${maxPages};`);
    const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
    // There is nothing in an older cache, or a newer one, that is worth a migration.
    if (version !== SCHEMA_VERSION) database.exec(SCHEMA);
    const sum = database.prepare('SELECT total(length(body)) AS bytes FROM pages').get();
    return {
      database,
      find: database.prepare('SELECT * FROM pages WHERE address = ?'),
      touch: database.prepare('UPDATE pages SET used_at = ? WHERE address = ?'),
      keep: database.prepare(`INSERT OR REPLACE INTO pages (address, url, content_type,
        content_type_header, etag, last_modified, checked_at, fresh_until, used_at, body)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`),
      renew: database.prepare(
        'UPDATE pages SET checked_at = ?, fresh_until = ?, used_at = ? WHERE address = ?',
      ),
      drop: database.prepare('DELETE FROM pages WHERE address = ? RETURNING length(body) AS bytes'),
      oldest: database.prepare('SELECT address FROM pages ORDER BY used_at LIMIT 20'),
      bytes: Number(sum?.['bytes'] ?? 0),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

const SCHEMA_VERSION = 1;
const SCHEMA = `
  BEGIN IMMEDIATE;
  DROP TABLE IF EXISTS pages;
  CREATE TABLE pages (
    address TEXT PRIMARY KEY,
    url TEXT NOT NULL,
    content_type TEXT NOT NULL,
    content_type_header TEXT,
    etag TEXT,
    last_modified TEXT,
    checked_at INTEGER NOT NULL,
    fresh_until INTEGER NOT NULL,
    used_at INTEGER NOT NULL,
    body BLOB NOT NULL
  ) STRICT;
  CREATE INDEX pages_by_use ON pages (used_at);
  PRAGMA user_version = ${SCHEMA_VERSION};
  COMMIT;`;

function find(store: OpenStore, address: string, now: number): StoredPage | null {
  const row = store.find.get(address);
  if (row === undefined) return null;
  // To the minute is close enough, and most hits then write nothing.
  if (now - Number(row['used_at']) > USE_PRECISION_MS) touchQuietly(store, address, now);
  const { body } = row;
  if (!(body instanceof Uint8Array)) return null;
  return {
    url: String(row['url']),
    contentType: String(row['content_type']),
    contentTypeHeader: textOf(row['content_type_header']),
    etag: textOf(row['etag']),
    lastModified: textOf(row['last_modified']),
    checkedAt: Number(row['checked_at']),
    freshUntil: Number(row['fresh_until']),
    body,
  };
}

const USE_PRECISION_MS = 60_000;

/** A full disk is no reason not to give what was found. */
function touchQuietly(store: OpenStore, address: string, now: number): void {
  try {
    store.touch.run(now, address);
  } catch (error) {
    if (isDamaged(error)) throw error;
  }
}

function keep(
  store: OpenStore,
  address: string,
  page: StoredPage,
  { now, maxBytes }: { now: number; maxBytes: number },
): void {
  drop(store, address);
  makeRoom(store, maxBytes - page.body.length);
  const { url, contentType, contentTypeHeader, etag, lastModified, checkedAt, freshUntil } = page;
  const how = [url, contentType, contentTypeHeader, etag, lastModified];
  store.keep.run(address, ...how, checkedAt, freshUntil, now, page.body);
  store.bytes += page.body.length;
}

function makeRoom(store: OpenStore, limit: number): void {
  while (store.bytes > limit) {
    const oldest = store.oldest.all();
    // What is gone was dropped by another program.
    if (oldest.length === 0) store.bytes = 0;
    for (const { address } of oldest) {
      if (store.bytes > limit) drop(store, String(address));
    }
  }
}

function drop(store: OpenStore, address: string): void {
  const row = store.drop.get(address);
  if (row !== undefined) store.bytes -= Number(row['bytes']);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function setAside(file: string, now: number): void {
  const stamp = new Date(now).toISOString().replaceAll(/[:.]/gu, '-');
  for (const suffix of ['', '-wal', '-shm']) {
    try {
      renameSync(file + suffix, `${file}.damaged-${stamp}${suffix}`);
    } catch {
      rmSync(file + suffix, { force: true });
    }
  }
}

/** SQLITE_CORRUPT and SQLITE_NOTADB, and a table that is not ours: https://www.sqlite.org/rescode.html */
function isDamaged(error: unknown): boolean {
  if (!(error instanceof Error) || !('errcode' in error)) return false;
  const code = Number(error.errcode) % 256;
  return (
    code === 11 || code === 26 || /no such (?:table|column)|has no column/u.test(error.message)
  );
}

function closeQuietly(store: OpenStore | null): void {
  try {
    store?.database.close();
  } catch {
    // It is given up.
  }
}
