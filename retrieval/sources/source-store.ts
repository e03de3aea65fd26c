import { existsSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { makeFolder } from '../make-folder.ts';
import { canonicalUrl } from '../text/canonical-url.ts';
import { sameSource } from './same-source.ts';
import { NO_COUNTS, SourceError } from './source.ts';
import type {
  RunCounts,
  RunOutcome,
  Source,
  SourceKind,
  SourceLimits,
  SourceRun,
} from './source.ts';

export interface NewSource {
  kind: SourceKind;
  address: string;
  limits?: Partial<SourceLimits>;
  everyHours?: number;
  preferred?: boolean;
}

/** The sources and how reading them went. Several programs may have it open. */
export interface SourceStore {
  /** @throws {SourceError} `already-there`, also for another spelling of the same address */
  add(source: NewSource): Source;
  list(): Source[];
  find(id: string): Source | null;
  /** @throws {SourceError} `unknown` */
  change(
    id: string,
    change: Partial<Pick<Source, 'paused' | 'preferred' | 'everyHours' | 'limits'>>,
  ): Source;
  remove(id: string): void;
  /** Sources that are to be read anew, those that wait longest first. */
  due(now: Date): Source[];
  latestRun(id: string): SourceRun | null;
  /** Begins a run, or goes on with one that was cut short: its counts are given back. */
  beginRun(id: string, now: Date): RunCounts;
  recordRun(id: string, counts: RunCounts): void;
  endRun(
    id: string,
    end: { outcome: Exclude<RunOutcome, 'running'>; error: string | null; now: Date },
  ): void;
  /** Content hashes by address, of the pages that are served. */
  pages(id: string): Map<string, string>;
  /** The same of the run that is under way, or was cut short. */
  stagedPages(id: string): Map<string, string>;
  stagePage(id: string, url: string, contentHash: string): void;
  /** Where pages are served whose own address is another one, by the address that led there. */
  places(id: string): Map<string, string>;
  placePage(id: string, found: string, url: string): void;
  /** These are served from now on, and no others. */
  servePages(id: string, hashes: ReadonlyMap<string, string>): void;
  /**
   * Takes the right to read sources, which one program at a time has; false when another has it.
   * It is lost when it is not renewed in time.
   */
  takeTurn(owner: string, now: Date): boolean;
  giveTurnBack(owner: string): void;
  close(): void;
}

export interface SourceStoreOptions {
  /** Where `sources.sqlite` lies; made when it is missing. */
  folder: string;
  /** Told in one sentence when a damaged file was set aside. */
  onProblem?: (sentence: string) => void;
  /** A turn that was not renewed for so long belongs to a program that is gone. */
  turnMs?: number;
}

export const DEFAULT_LIMITS: SourceLimits = { pages: 500, depth: 3 };

export function openSourceStore({
  folder,
  onProblem = () => {},
  turnMs = 30_000,
}: SourceStoreOptions): SourceStore {
  makeFolder(folder);
  const database = openDatabase(join(folder, 'sources.sqlite'), onProblem);
  const run = (sql: string, ...values: (string | number | null)[]): number =>
    Number(database.prepare(sql).run(...values).changes);
  const all = (sql: string, ...values: (string | number | null)[]): Record<string, unknown>[] =>
    database.prepare(sql).all(...values);
  const find = (id: string): Source | null => {
    const [row] = all('SELECT * FROM sources WHERE id = ?', id);
    return row === undefined ? null : toSource(row);
  };

  return {
    add({ kind, address, limits = {}, everyHours = 24, preferred = false }) {
      const canonical = canonicalUrl(address);
      const same = sameSource({ kind, address });
      const known = all('SELECT * FROM sources')
        .map(toSource)
        .find((other) => sameSource(other) === same || canonicalUrl(other.address) === canonical);
      if (known !== undefined) {
        throw new SourceError('already-there', `It is there already, as ${known.id}.`);
      }
      const source: Source = {
        id: freeId(canonical, (id) => find(id) !== null),
        kind,
        address: withoutFragment(address),
        addedAt: new Date().toISOString(),
        limits: { ...DEFAULT_LIMITS, ...limits },
        everyHours,
        paused: false,
        preferred,
      };
      run(
        'INSERT INTO sources VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?)',
        source.id,
        kind,
        source.address,
        canonical,
        source.addedAt,
        source.limits.pages,
        source.limits.depth,
        everyHours,
        Number(preferred),
      );
      return source;
    },
    list: () => all('SELECT * FROM sources ORDER BY added_at, id').map(toSource),
    find,
    change(id, change) {
      const before = find(id);
      if (before === null) throw new SourceError('unknown', `There is no source ${id}.`);
      const after: Source = { ...before, ...change };
      run(
        'UPDATE sources SET pages = ?, depth = ?, every_hours = ?, paused = ?, preferred = ? WHERE id = ?',
        after.limits.pages,
        after.limits.depth,
        after.everyHours,
        Number(after.paused),
        Number(after.preferred),
        id,
      );
      return after;
    },
    remove(id) {
      run('DELETE FROM sources WHERE id = ?', id);
    },
    due(now) {
      return all(
        `SELECT sources.* FROM sources LEFT JOIN runs ON runs.source_id = sources.id
        WHERE paused = 0 AND (started_at IS NULL OR ended_at IS NULL
          OR unixepoch(?) - unixepoch(started_at) >= every_hours * 3600)
        ORDER BY coalesce(started_at, ''), added_at`,
        now.toISOString(),
      ).map(toSource);
    },
    latestRun(id) {
      const [row] = all('SELECT * FROM runs WHERE source_id = ?', id);
      return row === undefined ? null : toRun(row);
    },
    beginRun(id, now) {
      const [open] = all('SELECT * FROM runs WHERE source_id = ? AND ended_at IS NULL', id);
      if (open !== undefined) return toRun(open).counts;
      run('DELETE FROM runs WHERE source_id = ?', id);
      run(
        `INSERT INTO runs (source_id, started_at, outcome, counts) VALUES (?, ?, 'running', ?)`,
        id,
        now.toISOString(),
        JSON.stringify(NO_COUNTS),
      );
      return NO_COUNTS;
    },
    recordRun(id, counts) {
      run('UPDATE runs SET counts = ? WHERE source_id = ?', JSON.stringify(counts), id);
    },
    endRun(id, { outcome, error, now }) {
      run(
        'UPDATE runs SET ended_at = ?, outcome = ?, error = ? WHERE source_id = ?',
        now.toISOString(),
        outcome,
        error,
        id,
      );
      run('DELETE FROM staged_pages WHERE source_id = ?', id);
    },
    pages: (id) => hashesOf(all('SELECT * FROM source_pages WHERE source_id = ?', id)),
    stagedPages: (id) => hashesOf(all('SELECT * FROM staged_pages WHERE source_id = ?', id)),
    stagePage(id, url, contentHash) {
      run('INSERT OR REPLACE INTO staged_pages VALUES (?, ?, ?)', id, url, contentHash);
    },
    places: (id) =>
      new Map(
        all('SELECT * FROM page_places WHERE source_id = ?', id).map((row) => [
          String(row['found']),
          String(row['url']),
        ]),
      ),
    placePage(id, found, url) {
      run('INSERT OR REPLACE INTO page_places VALUES (?, ?, ?)', id, found, url);
    },
    servePages(id, hashes) {
      database.exec('BEGIN IMMEDIATE');
      try {
        run('DELETE FROM source_pages WHERE source_id = ?', id);
        const insert = database.prepare('INSERT INTO source_pages VALUES (?, ?, ?)');
        for (const [url, contentHash] of hashes) insert.run(id, url, contentHash);
        run(
          `DELETE FROM page_places WHERE source_id = ?1
            AND url NOT IN (SELECT url FROM source_pages WHERE source_id = ?1)`,
          id,
        );
        database.exec('COMMIT');
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK');
        throw error;
      }
    },
    takeTurn(owner, now) {
      const lost = new Date(now.getTime() - turnMs).toISOString();
      return (
        run(
          `INSERT INTO turn VALUES (1, ?, ?) ON CONFLICT DO UPDATE
            SET owner = excluded.owner, renewed_at = excluded.renewed_at
            WHERE owner = excluded.owner OR renewed_at < ?`,
          owner,
          now.toISOString(),
          lost,
        ) > 0
      );
    },
    giveTurnBack(owner) {
      run('DELETE FROM turn WHERE owner = ?', owner);
    },
    close() {
      if (database.isOpen) database.close();
    },
  };
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS sources (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    address TEXT NOT NULL,
    canonical TEXT NOT NULL UNIQUE,
    added_at TEXT NOT NULL,
    pages INTEGER NOT NULL,
    depth INTEGER NOT NULL,
    every_hours REAL NOT NULL,
    paused INTEGER NOT NULL,
    preferred INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS runs (
    source_id TEXT PRIMARY KEY REFERENCES sources (id) ON DELETE CASCADE,
    started_at TEXT NOT NULL,
    ended_at TEXT,
    outcome TEXT NOT NULL,
    error TEXT,
    counts TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS source_pages (
    source_id TEXT NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    url TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    PRIMARY KEY (source_id, url)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS staged_pages (
    source_id TEXT NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    url TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    PRIMARY KEY (source_id, url)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS page_places (
    source_id TEXT NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    found TEXT NOT NULL,
    url TEXT NOT NULL,
    PRIMARY KEY (source_id, found)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS turn (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    owner TEXT NOT NULL,
    renewed_at TEXT NOT NULL
  ) STRICT;
`;

function openDatabase(file: string, onProblem: (sentence: string) => void): DatabaseSync {
  try {
    return openChecked(file);
  } catch (error) {
    if (!existsSync(file) || !isDamage(error)) throw error;
  }
  const aside = `${file}.damaged-${new Date().toISOString().replaceAll(':', '-')}`;
  renameSync(file, aside);
  if (existsSync(`${file}-wal`)) renameSync(`${file}-wal`, `${aside}-wal`);
  onProblem(`The list of sources was damaged: it was set aside as ${basename(aside)}.`);
  return openChecked(file);
}

function openChecked(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 5000 });
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    const found = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
    if (found !== 'ok') throw Object.assign(new Error('damaged'), { errcode: SQLITE_CORRUPT });
    database.exec(SCHEMA);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

const SQLITE_CORRUPT = 11;
const SQLITE_NOT_A_DATABASE = 26;

function isDamage(error: unknown): boolean {
  if (!(error instanceof Error && 'errcode' in error)) return false;
  return error.errcode === SQLITE_CORRUPT || error.errcode === SQLITE_NOT_A_DATABASE;
}

/** Else as it was given: a slash at its end may be what the server insists on. */
function withoutFragment(address: string): string {
  const url = new URL(address.trim());
  url.hash = '';
  return url.href;
}

/** `habr.com`, then `habr.com-2`: what an admin types. */
function freeId(address: string, isTaken: (id: string) => boolean): string {
  const { hostname, pathname } = new URL(address);
  const name = `${hostname.replace(/^www\./u, '')}${pathname.length > 1 ? pathname : ''}`;
  const base = name
    .replaceAll(/[^\p{L}\p{N}.-]+/gu, '-')
    .replaceAll(/^-+|-+$/gu, '')
    .slice(0, 40);
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? base : `${base}-${number}`;
    if (!isTaken(id)) return id;
  }
}

function hashesOf(rows: readonly Record<string, unknown>[]): Map<string, string> {
  return new Map(rows.map((row) => [String(row['url']), String(row['content_hash'])]));
}

function toSource(row: Record<string, unknown>): Source {
  return {
    id: String(row['id']),
    kind: String(row['kind']) as SourceKind,
    address: String(row['address']),
    addedAt: String(row['added_at']),
    limits: { pages: Number(row['pages']), depth: Number(row['depth']) },
    everyHours: Number(row['every_hours']),
    paused: row['paused'] === 1,
    preferred: row['preferred'] === 1,
  };
}

function toRun(row: Record<string, unknown>): SourceRun {
  return {
    startedAt: String(row['started_at']),
    endedAt: typeof row['ended_at'] === 'string' ? row['ended_at'] : null,
    outcome: String(row['outcome']) as RunOutcome,
    error: typeof row['error'] === 'string' ? row['error'] : null,
    counts: { ...NO_COUNTS, ...(JSON.parse(String(row['counts'])) as Partial<RunCounts>) },
  };
}
