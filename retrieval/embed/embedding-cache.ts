import { createHash } from 'node:crypto';
import { renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { makeFolder } from '../make-folder.ts';

export interface EmbeddingCacheOptions {
  /** Of SQLite; its folder is made when it is missing. */
  file: string;
  /** Of all vectors together; past it those go that were not used for longest. */
  maxBytes?: number;
  /** Milliseconds since 1970. */
  now?: () => number;
  /** Told in one sentence that the cache does not serve, or that a damaged file was set aside. */
  onProblem?: (sentence: string, error: unknown) => void;
}

/**
 * Vectors by the text that they were made of, so that a page that is read again costs nothing.
 * Never throws: what it cannot keep or find is made anew.
 */
export interface EmbeddingCache {
  /** A vector or null for each text, in order. `space` is `Embedder.model`. */
  read(space: string, texts: readonly string[]): (Float32Array | null)[];
  write(space: string, entries: readonly { text: string; vector: Float32Array }[]): void;
  close(): void;
}

/** One in so many goes when there is no room: few enough to be over in milliseconds. */
const DROPPED_AT_ONCE = 100;

/** What was used within the last hour need not be noted as used again. */
const NOTED_EVERY_MS = 3_600_000;

/** No text is kept, only its hash. */
export function openEmbeddingCache({
  file,
  maxBytes = 512_000_000,
  now = Date.now,
  onProblem = () => {},
}: EmbeddingCacheOptions): EmbeddingCache {
  let store: Store | null = null;
  /** Bytes of vectors, not below what there is; null: to be counted. */
  let held: number | null = null;
  const serve = <Result>(use: (store: Store) => Result, otherwise: Result): Result => {
    try {
      return store === null ? otherwise : use(store);
    } catch (error) {
      store = isDamage(error) ? reopen(store, error) : store;
      if (!isDamage(error)) onProblem('the cache of embeddings could not be used', error);
      return otherwise;
    }
  };
  const reopen = (damaged: Store | null, error: unknown): Store | null => {
    try {
      damaged?.database.close();
    } catch {
      // It is gone either way.
    }
    try {
      setAside(file);
      onProblem('the cache of embeddings was damaged: it was set aside and begun anew', error);
      return openStore(file);
    } catch (cause) {
      onProblem('the cache of embeddings cannot be used: embeddings are made anew', cause);
      return null;
    }
  };
  try {
    makeFolder(dirname(file));
    store = openStore(file);
  } catch (error) {
    if (isDamage(error)) store = reopen(null, error);
    else onProblem('the cache of embeddings cannot be used: embeddings are made anew', error);
  }

  return {
    read: (space, texts) =>
      serve(
        ({ database, find, touch }) => {
          const keys = texts.map((text) => keyOf(space, text));
          const found = keys.map((key) => toVector(find.get(key)?.['vector']));
          transaction(database, () => {
            for (const [at, key] of keys.entries())
              if (found[at] !== null) touch.run(now(), key, now() - NOTED_EVERY_MS);
          });
          return found;
        },
        texts.map(() => null),
      ),
    write: (space, entries) =>
      serve(({ database, add, total, dropOldest }) => {
        held ??= Number(total.get()?.['bytes'] ?? 0);
        transaction(database, () => {
          for (const { text, vector } of entries)
            add.run(keyOf(space, text), toBytes(vector), now());
        });
        for (const { vector } of entries) held += vector.byteLength;
        if (held <= maxBytes) return;
        dropOldest.run(Math.ceil(Number(total.get()?.['vectors'] ?? 0) / DROPPED_AT_ONCE));
        held = null;
      }, undefined),
    close() {
      serve(({ database }) => database.close(), undefined);
      store = null;
    },
  };
}

type Store = ReturnType<typeof openStore>;

function openStore(file: string) {
  const database = new DatabaseSync(file);
  try {
    database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL;
      PRAGMA busy_timeout = 2000;
      CREATE TABLE IF NOT EXISTS embeddings (
        key BLOB PRIMARY KEY,
        vector BLOB NOT NULL,
        bytes INTEGER NOT NULL,
        used INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS embeddings_by_use ON embeddings (used, bytes);
    `);
    return {
      database,
      find: database.prepare('SELECT vector FROM embeddings WHERE key = ?'),
      touch: database.prepare('UPDATE embeddings SET used = ? WHERE key = ? AND used < ?'),
      add: database.prepare(
        'INSERT OR REPLACE INTO embeddings (key, vector, bytes, used) VALUES (?1, ?2, length(?2), ?3)',
      ),
      total: database.prepare('SELECT sum(bytes) AS bytes, count(*) AS vectors FROM embeddings'),
      dropOldest: database.prepare(
        'DELETE FROM embeddings WHERE key IN (SELECT key FROM embeddings ORDER BY used LIMIT ?)',
      ),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

function transaction(database: DatabaseSync, work: () => void): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    work();
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function keyOf(space: string, text: string): Uint8Array {
  return createHash('sha256').update(`${space}\0${text}`).digest();
}

/** Null for what no embedder gave, as a damaged file may hold it. */
function toVector(bytes: unknown): Float32Array | null {
  if (!(bytes instanceof Uint8Array) || bytes.length === 0 || bytes.length % 4 !== 0) return null;
  const vector = new Float32Array(bytes.slice().buffer);
  const squares = vector.reduce((sum, value) => sum + value * value, 0);
  return Math.abs(squares - 1) < 0.01 ? vector : null;
}

function toBytes({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** SQLITE_CORRUPT and SQLITE_NOTADB, and a table of another shape. */
function isDamage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code: unknown = Reflect.get(error, 'errcode');
  if (code === 11 || code === 26) return true;
  return code === 1 && /no such (?:column|table)|has no column/u.test(error.message);
}

function setAside(file: string): void {
  renameSync(file, `${file}.damaged-${new Date().toISOString().replaceAll(':', '-')}`);
  // A log belongs to its file.
  for (const ending of ['-wal', '-shm']) rmSync(`${file}${ending}`, { force: true });
}
