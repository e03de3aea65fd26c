import { existsSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { makeFolder } from '../make-folder.ts';
import type { Appearance, Popularity, Release } from './release.ts';
import type { FailureReason, Validators } from './release-source.ts';

/** What one round brought, kept together or not at all. */
export interface RoundRecord {
  changed: readonly Release[];
  /** Ids of releases that became part of others. */
  absorbed: readonly string[];
  sources: readonly SourceRecord[];
  at: Date;
}

export interface SourceRecord {
  name: string;
  found: number;
  failed: { reason: FailureReason; sentence: string; retryAt: Date | null } | null;
  /** By address; empty after a failure. */
  validators: ReadonlyMap<string, Validators>;
}

/** How a source went last. */
export interface SourceState {
  name: string;
  /** Null as long as it was never read to its end. */
  succeededAt: Date | null;
  triedAt: Date;
  found: number;
  failed: SourceRecord['failed'];
}

export interface PopularityPoint {
  at: Date;
  popularity: Popularity;
}

/** Releases, how sources went, and how popular things were. */
export interface ReleaseStore {
  /** Those that changed since, and those that hold one of the appearances, whenever they changed. */
  load(options: { changedSince: Date; holding?: readonly string[] }): Release[];
  /** By its id, or by one that it has by an appearance: it may have become part of it since. */
  find(id: string): Release | null;
  record(round: RoundRecord): void;
  sources(): SourceState[];
  validators(url: string): Validators | null;
  /** What an appearance had at that time or next before it; the oldest known when there is none. */
  popularityAt(appearanceId: string, at: Date): PopularityPoint | null;
  close(): void;
}

export interface ReleaseStoreOptions {
  /** Where `releases.sqlite` lies; made when it is missing. */
  folder: string;
  /** Told in one sentence when a damaged file was set aside. */
  onProblem?: (sentence: string) => void;
  /** Popularity is kept at most once in so long. */
  popularityEveryMs?: number;
  /** Older popularity is let go. */
  keepPopularityMs?: number;
}

export function openReleaseStore({
  folder,
  onProblem = () => {},
  popularityEveryMs = 6 * 3_600_000,
  keepPopularityMs = 60 * 86_400_000,
}: ReleaseStoreOptions): ReleaseStore {
  makeFolder(folder);
  const database = openDatabase(join(folder, 'releases.sqlite'), onProblem);
  const prepared = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  const statement = (sql: string): ReturnType<DatabaseSync['prepare']> => {
    const made = prepared.get(sql) ?? database.prepare(sql);
    prepared.set(sql, made);
    return made;
  };
  type Value = string | number | null;
  const run = (sql: string, ...values: Value[]): void => {
    statement(sql).run(...values);
  };
  const all = (sql: string, ...values: Value[]): Record<string, unknown>[] =>
    statement(sql).all(...values);

  // The same objects as long as a row is the same: what was found out of them can be kept too.
  const parsed = new Map<number, Release>();
  const readRelease = (row: Record<string, unknown>): Release[] => {
    const version = Number(row['version']);
    const known = parsed.get(version);
    if (known !== undefined) return [known];
    const [found] = all('SELECT json FROM releases WHERE version = ?', version);
    if (found === undefined) return [];
    const release = JSON.parse(String(found['json']), revive) as Release;
    parsed.set(version, release);
    return [release];
  };

  const keepRelease = (release: Release): void => {
    run(
      'INSERT OR REPLACE INTO releases (id, changed_at, json) VALUES (?, ?, ?)',
      release.id,
      release.changedAt.getTime(),
      JSON.stringify(release),
    );
    run('DELETE FROM appearances WHERE release_id = ?', release.id);
    for (const { id, aliases = [] } of release.appearances) {
      for (const name of [id, ...aliases]) {
        run('INSERT OR REPLACE INTO appearances VALUES (?, ?)', name, release.id);
      }
    }
  };

  const keepPopularity = ({ id, popularity }: Appearance, at: Date): void => {
    const values = [
      popularity.downloads,
      popularity.likes,
      popularity.upvotes,
      popularity.stars,
    ] as const;
    if (values.every((value) => value === null)) return;
    const [last] = all(
      'SELECT at FROM popularity WHERE appearance_id = ? ORDER BY at DESC LIMIT 1',
      id,
    );
    const since = last === undefined ? null : at.getTime() - Number(last['at']);
    // Also not when the clock was set back: then the order of its figures would be lost.
    if (since !== null && since < popularityEveryMs) return;
    run('INSERT INTO popularity VALUES (?, ?, ?, ?, ?, ?)', id, at.getTime(), ...values);
  };

  const keepSource = (source: SourceRecord, at: Date): void => {
    const { name, found, failed } = source;
    run(
      `INSERT INTO sources VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
        succeeded_at = coalesce(excluded.succeeded_at, succeeded_at),
        tried_at = excluded.tried_at, found = excluded.found, failed = excluded.failed`,
      name,
      failed === null ? at.getTime() : null,
      at.getTime(),
      found,
      failed === null ? null : JSON.stringify(failed),
    );
    for (const [url, { etag, lastModified }] of source.validators) {
      run('INSERT OR REPLACE INTO validators VALUES (?, ?, ?)', url, etag, lastModified);
    }
  };

  return {
    load({ changedSince, holding = [] }) {
      const found = new Map<string, Release>();
      const rows = all(
        'SELECT version FROM releases WHERE changed_at >= ?',
        changedSince.getTime(),
      );
      forgetAllBut(parsed, rows);
      for (const release of rows.flatMap(readRelease)) found.set(release.id, release);
      for (const name of holding) {
        const [row] = all(
          `SELECT version FROM releases WHERE changed_at < ?
            AND id = (SELECT release_id FROM appearances WHERE name = ?)`,
          changedSince.getTime(),
          name,
        );
        if (row === undefined) continue;
        for (const release of readRelease(row)) found.set(release.id, release);
      }
      return [...found.values()];
    },
    find(id) {
      const [row] = all(
        `SELECT version FROM releases
          WHERE id = coalesce((SELECT id FROM releases WHERE id = ?1),
            (SELECT release_id FROM appearances WHERE name = ?1))`,
        id,
      );
      return row === undefined ? null : (readRelease(row)[0] ?? null);
    },
    record({ changed, absorbed, sources, at }) {
      database.exec('BEGIN IMMEDIATE');
      try {
        for (const id of absorbed) {
          run('DELETE FROM releases WHERE id = ?', id);
          run('DELETE FROM appearances WHERE release_id = ?', id);
        }
        for (const release of changed) {
          keepRelease(release);
          for (const appearance of release.appearances) keepPopularity(appearance, at);
        }
        for (const source of sources) keepSource(source, at);
        run('DELETE FROM popularity WHERE at < ?', at.getTime() - keepPopularityMs);
        database.exec('COMMIT');
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK');
        throw error;
      }
    },
    sources: () => all('SELECT * FROM sources ORDER BY name').map(toSourceState),
    validators(url) {
      const [row] = all('SELECT * FROM validators WHERE url = ?', url);
      if (row === undefined) return null;
      return { etag: textOrNull(row['etag']), lastModified: textOrNull(row['last_modified']) };
    },
    popularityAt(appearanceId, at) {
      const [before] = all(
        'SELECT * FROM popularity WHERE appearance_id = ? AND at <= ? ORDER BY at DESC LIMIT 1',
        appearanceId,
        at.getTime(),
      );
      const [row] =
        before === undefined
          ? all(
              'SELECT * FROM popularity WHERE appearance_id = ? ORDER BY at LIMIT 1',
              appearanceId,
            )
          : [before];
      return row === undefined ? null : toPoint(row);
    },
    close() {
      prepared.clear();
      if (database.isOpen) database.close();
    },
  };
}

/** Many more than the last ones asked for are not kept in memory. */
function forgetAllBut(
  parsed: Map<number, Release>,
  rows: readonly Record<string, unknown>[],
): void {
  if (parsed.size <= 1.2 * rows.length + 200) return;
  const kept = new Set(rows.map((row) => Number(row['version'])));
  for (const version of parsed.keys()) if (!kept.has(version)) parsed.delete(version);
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS releases (
    version INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    changed_at INTEGER NOT NULL,
    json TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS releases_by_change ON releases (changed_at);
  CREATE TABLE IF NOT EXISTS appearances (
    name TEXT PRIMARY KEY,
    release_id TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS appearances_by_release ON appearances (release_id);
  CREATE TABLE IF NOT EXISTS popularity (
    appearance_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    downloads INTEGER,
    likes INTEGER,
    upvotes INTEGER,
    stars INTEGER
  ) STRICT;
  CREATE INDEX IF NOT EXISTS popularity_by_appearance ON popularity (appearance_id, at);
  CREATE INDEX IF NOT EXISTS popularity_by_time ON popularity (at);
  CREATE TABLE IF NOT EXISTS sources (
    name TEXT PRIMARY KEY,
    succeeded_at INTEGER,
    tried_at INTEGER NOT NULL,
    found INTEGER NOT NULL,
    failed TEXT
  ) STRICT;
  CREATE TABLE IF NOT EXISTS validators (
    url TEXT PRIMARY KEY,
    etag TEXT,
    last_modified TEXT
  ) STRICT, WITHOUT ROWID;
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
  onProblem(`The list of releases was damaged: it was set aside as ${basename(aside)}.`);
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

const DATES = new Set(['publishedAt', 'updatedAt', 'firstSeenAt', 'changedAt', 'retryAt']);

function revive(key: string, value: unknown): unknown {
  return DATES.has(key) && typeof value === 'string' ? new Date(value) : value;
}

function toSourceState(row: Record<string, unknown>): SourceState {
  return {
    name: String(row['name']),
    succeededAt: row['succeeded_at'] === null ? null : new Date(Number(row['succeeded_at'])),
    triedAt: new Date(Number(row['tried_at'])),
    found: Number(row['found']),
    failed:
      typeof row['failed'] === 'string'
        ? (JSON.parse(row['failed'], revive) as SourceRecord['failed'])
        : null,
  };
}

function toPoint(row: Record<string, unknown>): PopularityPoint {
  const count = (name: string): number | null =>
    row[name] === null || row[name] === undefined ? null : Number(row[name]);
  return {
    at: new Date(Number(row['at'])),
    popularity: {
      downloads: count('downloads'),
      likes: count('likes'),
      upvotes: count('upvotes'),
      stars: count('stars'),
    },
  };
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
