import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';
import { IndexError } from '../../errors.ts';
import type { Passage } from '../../passage.ts';
import type { Arm, ArmHit, ArmHits, HybridQuery } from '../passage-index.ts';
import { DamagedFileError } from './failure.ts';
import type { FileChanges } from './messages.ts';
import { unpackVectors } from './packed-vectors.ts';
import { PassageArrays } from './passage-arrays.ts';
import type { PageVectors, SegmentPassage } from './segment.ts';
import type { ScoredHit } from './top-hits.ts';

/** The index file's vectors in memory, and its passages one by one as they are found. */
export class IndexFileScanner {
  readonly #database: DatabaseSync;
  readonly #arrays = new PassageArrays();
  readonly #statements: Record<keyof typeof STATEMENTS, StatementSync>;
  #tidying: NodeJS.Immediate | null = null;

  constructor(file: string) {
    this.#database = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
    this.#statements = prepareStatements(this.#database);
    this.#addPages(this.#statements.allVectors.iterate());
  }

  apply({ cleared, removed, added }: FileChanges): void {
    if (cleared) this.#arrays.clear();
    for (const row of removed) this.#arrays.remove(row);
    // A page that a later commit has replaced already: without that commit it would be missing.
    if (!this.#addRows(added)) this.#inOneSnapshot(() => this.#followFile());
    this.#tidyLater();
  }

  /** @throws {IndexError} when the query's embedding has another length than those in the index */
  query(query: HybridQuery): ArmHits {
    const { dimensions } = this.#arrays;
    if (query.dense !== null && dimensions !== 0 && query.dense.length !== dimensions) {
      throw new IndexError(
        `the index holds embeddings of ${dimensions} dimensions and the question came with ${query.dense.length}: clear the index after changing the embedding model`,
        { retryable: false },
      );
    }
    const hits = this.#fetch(this.#arrays.search(query));
    if (hits !== null) return hits;
    // A page that was found is gone from the file: a commit is on its way here, or another program
    // made one.
    return this.#inOneSnapshot(() => {
      this.#followFile();
      const hits = this.#fetch(this.#arrays.search(query));
      if (hits === null) throw new DamagedFileError('the index file lacks passages of its pages');
      return hits;
    });
  }

  count(): { pages: number; passages: number } {
    return this.#arrays.count();
  }

  close(): void {
    if (this.#tidying !== null) clearImmediate(this.#tidying);
    this.#database.close();
  }

  /** Whatever is written meanwhile, the file looks the same to all reads of the step. */
  #inOneSnapshot<Result>(step: () => Result): Result {
    this.#database.exec('BEGIN');
    try {
      return step();
    } finally {
      if (this.#database.isTransaction) this.#database.exec('COMMIT');
    }
  }

  #followFile(): void {
    const inFile = new Set(this.#statements.rows.all().map(({ row }) => Number(row)));
    for (const row of this.#arrays.rows()) if (!inFile.has(row)) this.#arrays.remove(row);
    this.#addRows([...inFile]);
    this.#tidyLater();
  }

  /** False when one of them is not in the file. */
  #addRows(rows: readonly number[]): boolean {
    const missing = rows.filter((row) => !this.#arrays.has(row));
    const pages = missing.map((row) => this.#statements.vectorsOf.get(row));
    const found = pages.filter((page) => page !== undefined);
    this.#addPages(found);
    return found.length === pages.length;
  }

  /** Null when a passage is not in the file any more. */
  #fetch(found: Record<Arm, ScoredHit<SegmentPassage>[]>): ArmHits | null {
    const passages = new Map<string, Passage>();
    const hits: ArmHits = { terms: [], grams: [], dense: [] };
    for (const arm of ['terms', 'grams', 'dense'] as const) {
      for (const { hit, score } of found[arm]) {
        const key = `${hit.pageRow} ${hit.ordinal}`;
        const passage = passages.get(key) ?? this.#fetchPassage(hit);
        if (passage === null) return null;
        passages.set(key, passage);
        hits[arm].push({ passage, score } satisfies ArmHit);
      }
    }
    return hits;
  }

  #fetchPassage({ pageRow, ordinal }: SegmentPassage): Passage | null {
    const row = this.#statements.passage.get(pageRow, ordinal);
    if (row === undefined) return null;
    const { unit, from, to, ...rest } = row;
    const place = unit === null ? null : { unit, from, to };
    // The columns are named after the fields, and the schema is strict about their types.
    return { ...rest, place } as unknown as Passage;
  }

  #addPages(rows: Iterable<Record<string, unknown>>): void {
    let pages: PageRow[] = [];
    let passages = 0;
    for (const row of rows) {
      const page = readPage(row);
      if (page.dense !== null) this.#arrays.dimensions = page.dense.length / page.passageIds.length;
      pages.push(page);
      passages += page.passageIds.length;
      if (passages < LOADED_PASSAGES_AT_ONCE) continue;
      this.#arrays.add(pages);
      pages = [];
      passages = 0;
    }
    this.#arrays.add(pages);
  }

  #tidyLater(): void {
    this.#tidying ??= setImmediate(() => {
      this.#tidying = null;
      if (this.#arrays.tidy()) this.#tidyLater();
    });
  }
}

type PageRow = Omit<PageVectors, 'scope'> & { scope: string };

/** What is gathered before it becomes a segment: bounds the memory that a start needs. */
const LOADED_PASSAGES_AT_ONCE = 8192;

const STATEMENTS = {
  allVectors: `SELECT pages.row, scope, passage_ids, terms, grams, dense
    FROM pages JOIN vectors ON vectors.page = pages.row ORDER BY pages.row`,
  vectorsOf: `SELECT pages.row, scope, passage_ids, terms, grams, dense
    FROM pages JOIN vectors ON vectors.page = pages.row WHERE pages.row = ?`,
  rows: 'SELECT row FROM pages',
  passage: `SELECT passages.id, url AS pageUrl, title, site, language, published_at AS publishedAt,
      fetched_at AS fetchedAt, heading, position, text,
      place_unit AS unit, place_from AS "from", place_to AS "to"
    FROM passages JOIN pages ON pages.row = passages.page WHERE page = ? AND ordinal = ?`,
};

function prepareStatements(database: DatabaseSync) {
  const entries = Object.entries(STATEMENTS).map(([name, sql]) => [name, database.prepare(sql)]);
  return Object.fromEntries(entries) as Record<keyof typeof STATEMENTS, StatementSync>;
}

function readPage(row: Record<string, unknown>): PageRow {
  const { terms, grams, dense, passage_ids: ids } = row;
  if (!(terms instanceof Uint8Array && grams instanceof Uint8Array && typeof ids === 'string')) {
    throw new DamagedFileError('the index file holds a page without vectors');
  }
  const page: PageRow = {
    row: Number(row.row),
    scope: String(row.scope),
    passageIds: ids.split(' '),
    terms: unpackVectors(terms),
    grams: unpackVectors(grams),
    dense: dense instanceof Uint8Array ? new Float32Array(dense.slice().buffer) : null,
  };
  const passages = page.passageIds.length;
  const whole =
    page.terms.tokenCounts.length === passages &&
    page.grams.tokenCounts.length === passages &&
    (page.dense?.length ?? 0) % passages === 0;
  if (!whole) throw new DamagedFileError('the index file holds a page with too few vectors');
  return page;
}
