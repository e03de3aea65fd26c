import { once } from 'node:events';
import { createReadStream, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';

import { quantile } from '../statistics.ts';

export type PeerName = 'sqlite-vec' | 'lancedb';

export interface PeerTask {
  name: PeerName;
  /** The file that its package is imported by. */
  entry: string;
  /** For what it writes. */
  folder: string;
  vectorsFile: string;
  dimensions: number;
  queries: Float32Array[];
}

export interface PeerFigures {
  buildSeconds: number;
  diskMb: number;
  rssMb: number;
  denseP50Ms: number;
  denseP95Ms: number;
  /** Numbers of the ten nearest vectors of each query. */
  nearest: number[][];
}

/** A table of vectors, numbered as they are added. */
interface VectorTable {
  add(vectors: readonly Float32Array[]): Promise<void>;
  nearest(query: Float32Array): Promise<number[]>;
  close(): void;
}

/** A process of its own, so that its memory is the peer's. */
if (process.argv[1] === import.meta.filename) {
  const [task] = (await once(process, 'message')) as [PeerTask];
  process.send?.(await measure(task));
  process.disconnect?.();
}

async function measure(task: PeerTask): Promise<PeerFigures> {
  mkdirSync(task.folder);
  const open = task.name === 'sqlite-vec' ? openSqliteVec : openLancedb;
  const table = await open(task);
  const startedAt = performance.now();
  for await (const vectors of readVectors(task)) await table.add(vectors);
  const buildSeconds = (performance.now() - startedAt) / 1000;
  const [first] = task.queries;
  if (first !== undefined) await table.nearest(first);
  const times: number[] = [];
  const nearest: number[][] = [];
  for (const query of task.queries) {
    const askedAt = performance.now();
    nearest.push(await table.nearest(query));
    times.push(performance.now() - askedAt);
  }
  const rssMb = process.memoryUsage.rss() / 2 ** 20;
  table.close();
  return {
    buildSeconds,
    diskMb: folderBytes(task.folder) / 2 ** 20,
    rssMb,
    denseP50Ms: quantile(times, 0.5),
    denseP95Ms: quantile(times, 0.95),
    nearest,
  };
}

async function openSqliteVec({ entry, folder, dimensions }: PeerTask): Promise<VectorTable> {
  const { getLoadablePath } = (await import(pathToFileURL(entry).href)) as {
    getLoadablePath(): string;
  };
  const database = new DatabaseSync(join(folder, 'vectors.sqlite'), { allowExtension: true });
  database.loadExtension(getLoadablePath());
  database.exec(
    `CREATE VIRTUAL TABLE vectors USING vec0(vector float[${dimensions}] distance_metric=cosine)`,
  );
  const insert = database.prepare('INSERT INTO vectors (rowid, vector) VALUES (?, ?)');
  const find = database.prepare(
    'SELECT rowid FROM vectors WHERE vector MATCH ? AND k = 10 ORDER BY distance',
  );
  let count = 0;
  return {
    async add(vectors) {
      database.exec('BEGIN');
      for (const vector of vectors) {
        insert.run(BigInt(count), bytesOf(vector));
        count += 1;
      }
      database.exec('COMMIT');
    },
    nearest: async (query) => find.all(bytesOf(query)).map(({ rowid }) => Number(rowid)),
    close: () => database.close(),
  };
}

/** What is used of `@lancedb/lancedb`. */
interface Lancedb {
  connect(folder: string): Promise<{
    createTable(name: string, rows: object[]): Promise<LancedbTable>;
  }>;
}

interface LancedbTable {
  add(rows: object[]): Promise<unknown>;
  vectorSearch(query: Float32Array): LancedbQuery;
  close(): void;
}

interface LancedbQuery {
  distanceType(type: 'cosine'): LancedbQuery;
  select(columns: string[]): LancedbQuery;
  limit(count: number): LancedbQuery;
  toArray(): Promise<{ number: number }[]>;
}

async function openLancedb({ entry, folder }: PeerTask): Promise<VectorTable> {
  const { connect } = (await import(pathToFileURL(entry).href)) as Lancedb;
  const database = await connect(folder);
  let table: LancedbTable | null = null;
  let count = 0;
  return {
    async add(vectors) {
      const rows = vectors.map((vector, at) => ({ number: count + at, vector: [...vector] }));
      count += rows.length;
      if (table === null) table = await database.createTable('vectors', rows);
      else await table.add(rows);
    },
    async nearest(query) {
      const search = table?.vectorSearch(query).distanceType('cosine');
      const rows = await search?.select(['number', '_distance']).limit(10).toArray();
      return (rows ?? []).map(({ number }) => Number(number));
    },
    close: () => table?.close(),
  };
}

/** Some thousands at a time. */
async function* readVectors({ vectorsFile, dimensions }: PeerTask): AsyncGenerator<Float32Array[]> {
  const bytes = dimensions * 4;
  const highWaterMark = bytes * 5000;
  for await (const chunk of createReadStream(vectorsFile, { highWaterMark })) {
    const whole = new Float32Array((chunk as Uint8Array).slice().buffer);
    yield Array.from({ length: whole.length / dimensions }, (_, at) =>
      whole.subarray(at * dimensions, (at + 1) * dimensions),
    );
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function folderBytes(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
