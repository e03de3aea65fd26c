import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';
import { IndexError } from '../../errors.ts';
import type { Passage } from '../../passage.ts';
import type { Arm, ArmHit, ArmHits, HybridQuery, IndexCount, Scope } from '../passage-index.ts';
import { dotProduct } from './dense-scan.ts';
import { DamagedFileError } from './failure.ts';
import { PASSAGE_COLUMNS, readPackedPage, toPassage } from './index-file-pages.ts';
import { COMMITS } from './messages.ts';
import type { FileChanges, PackedPage } from './messages.ts';
import { unpackVectors } from './packed-vectors.ts';
import { PassageArrays } from './passage-arrays.ts';
import type { AddedPage } from './passage-arrays.ts';
import type { SegmentPassage } from './segment.ts';
import { stagedScope } from './staged-scope.ts';
import { TopHits } from './top-hits.ts';
import type { ScoredHit } from './top-hits.ts';

/** The index file's vectors in memory, and its passages one by one as they are found. */
export class IndexFileScanner {
  readonly #database: DatabaseSync;
  readonly #arrays = new PassageArrays();
  readonly #statements: Record<keyof typeof STATEMENTS, StatementSync>;
  /** Rows of pages that are staged and not yet read. */
  #staged: number[] = [];
  #tidying: NodeJS.Immediate | null = null;
  /** Of the last commit that the arrays know. */
  #commit: number;
  readonly #looksEveryMs: number;
  #lookedAt = performance.now();

  constructor({ file, looksEveryMs }: { file: string; looksEveryMs: number }) {
    this.#database = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
    this.#statements = prepareStatements(this.#database);
    this.#looksEveryMs = looksEveryMs;
    this.#commit = this.#lastCommit();
    this.#addPages(this.#statements.allVectors.iterate());
  }

  apply({ commit, cleared, removed, added, staged }: FileChanges): void {
    // Another program's commits may lie between.
    if (commit === this.#commit + 1) this.#commit = commit;
    if (cleared) this.#arrays.clear();
    for (const row of removed) this.#arrays.remove(row);
    this.#arrays.serve(added);
    this.#stage(staged);
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
    this.#noticeOthers();
    const hits = this.#search(query);
    if (hits !== null) return hits;
    // A page that was found is gone from the file: a commit is on its way here, or another program
    // made one.
    return this.#inOneSnapshot(() => {
      this.#followFile();
      const hits = this.#search(query);
      if (hits === null) throw new DamagedFileError('the index file lacks passages of its pages');
      return hits;
    });
  }

  /** In their order. The file itself knows them: what was written is there at once. */
  readPage({ scope, url }: { scope: Scope; url: string }): Passage[] {
    return this.#statements.passagesOf.all(scope, url).map(toPassage);
  }

  count(): IndexCount {
    this.#noticeOthers();
    return this.#arrays.count();
  }

  countBySource(): Map<string, IndexCount> {
    this.#noticeOthers();
    return this.#arrays.countBySource();
  }

  /** Addresses staged or kept for a source. */
  rebuilt(sourceId: string): string[] {
    const found = this.#statements.rebuilt.all({ sourceId, scope: stagedScope(sourceId) });
    return found.map(({ url }) => String(url));
  }

  /** Pages that are served, by the order in which they were written. */
  readPages(after: number, limit: number): { pages: PackedPage[]; last: number | null } {
    return this.#inOneSnapshot(() => {
      const rows = this.#statements.rowsAfter.all(after, limit).map(({ row }) => Number(row));
      const pages = rows.map((row) => readPackedPage(this.#database, row));
      return { pages, last: rows.length < limit ? null : (rows.at(-1) ?? null) };
    });
  }

  property(name: string): string | null {
    const value = this.#statements.property.get(name)?.value;
    return typeof value === 'string' ? value : null;
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

  /** What another program wrote is seen a second later at most: looking costs, and few do. */
  #noticeOthers(): void {
    if (performance.now() - this.#lookedAt < this.#looksEveryMs) return;
    this.#lookedAt = performance.now();
    if (this.#lastCommit() !== this.#commit) this.#inOneSnapshot(() => this.#followFile());
  }

  #lastCommit(): number {
    return Number(this.#statements.property.get(COMMITS)?.value ?? 0);
  }

  #followFile(): void {
    this.#commit = this.#lastCommit();
    const inFile = new Set(this.#statements.rows.all().map(({ row }) => Number(row)));
    for (const row of this.#arrays.rows()) if (!inFile.has(row)) this.#arrays.remove(row);
    this.#addRows([...inFile]);
    this.#tidyLater();
  }

  /** False when one of them is not in the file. */
  #addRows(rows: readonly number[]): boolean {
    const missing = rows.filter((row) => !this.#arrays.has(row));
    const found = this.#readRows(missing);
    this.#addPages(found);
    return found.length === missing.length;
  }

  /** Many together, so that serving them adds few segments: each has to be searched. */
  #stage(rows: readonly number[]): void {
    this.#staged.push(...rows);
    if (this.#staged.length < STAGED_PAGES_AT_ONCE) return;
    this.#arrays.stage(this.#readRows(this.#staged.splice(0)).map(toPage));
  }

  #readRows(rows: readonly number[]): Record<string, unknown>[] {
    return rows
      .map((row) => this.#statements.vectorsOf.get(row))
      .filter((found) => found !== undefined);
  }

  /** Null when a passage is not in the file any more. */
  #search(query: HybridQuery): ArmHits | null {
    const { terms, grams, dense } = this.#arrays.search(query);
    const exact = query.dense === null ? [] : this.#scoreExactly(query.dense, dense, query.limit);
    return exact === null ? null : this.#fetch({ terms, grams, dense: exact });
  }

  /** By the vectors as they came, of those that are near. */
  #scoreExactly(
    query: Float32Array,
    near: readonly ScoredHit<SegmentPassage>[],
    limit: number,
  ): ScoredHit<SegmentPassage>[] | null {
    const best = new TopHits<SegmentPassage>(limit);
    const bytes = query.length * 4;
    for (const { hit } of near) {
      const { pageRow: row, ordinal } = hit;
      const vector = this.#statements.dense.get({ row, start: ordinal * bytes + 1, bytes })?.dense;
      if (!(vector instanceof Uint8Array)) return null;
      const score = dotProduct(query, new Float32Array(vector.slice().buffer));
      if (score > 0) best.add(score, hit);
    }
    return best.list();
  }

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
    return row === undefined ? null : toPassage(row);
  }

  #addPages(rows: Iterable<Record<string, unknown>>): void {
    let pages: AddedPage[] = [];
    let passages = 0;
    for (const row of rows) {
      const page = toPage(row);
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

/** What is gathered before it becomes a segment: bounds the memory that a start needs. */
const LOADED_PASSAGES_AT_ONCE = 8192;

const STAGED_PAGES_AT_ONCE = 64;

const VECTORS = `SELECT pages.row, CASE WHEN scope LIKE 'staged:%' THEN 'public' ELSE scope END
    AS scope, source_id, language, published_at, passage_ids, terms, grams, dense
  FROM pages JOIN vectors ON vectors.page = pages.row`;

const STATEMENTS = {
  allVectors: `${VECTORS} WHERE scope NOT LIKE 'staged:%' ORDER BY pages.row`,
  vectorsOf: `${VECTORS} WHERE pages.row = ?`,
  rows: "SELECT row FROM pages WHERE scope NOT LIKE 'staged:%'",
  rowsAfter: `SELECT row FROM pages WHERE row > ? AND scope NOT LIKE 'staged:%'
    ORDER BY row LIMIT ?`,
  rebuilt: `SELECT url FROM pages WHERE scope = $scope
    UNION SELECT url FROM kept_pages WHERE source_id = $sourceId`,
  dense: 'SELECT substr(dense, $start, $bytes) AS dense FROM vectors WHERE page = $row',
  property: 'SELECT value FROM properties WHERE name = ?',
  passage: `SELECT ${PASSAGE_COLUMNS}
    FROM passages JOIN pages ON pages.row = passages.page WHERE page = ? AND ordinal = ?`,
  passagesOf: `SELECT ${PASSAGE_COLUMNS} FROM passages JOIN pages ON pages.row = passages.page
    WHERE scope = ? AND url = ? ORDER BY ordinal`,
};

function prepareStatements(database: DatabaseSync) {
  const entries = Object.entries(STATEMENTS).map(([name, sql]) => [name, database.prepare(sql)]);
  return Object.fromEntries(entries) as Record<keyof typeof STATEMENTS, StatementSync>;
}

function toPage(row: Record<string, unknown>): AddedPage {
  const { terms, grams, dense, passage_ids: ids } = row;
  if (!(terms instanceof Uint8Array && grams instanceof Uint8Array && typeof ids === 'string')) {
    throw new DamagedFileError('the index file holds a page without vectors');
  }
  const page: AddedPage = {
    row: Number(row.row),
    scope: String(row.scope),
    sourceId: typeof row.source_id === 'string' ? row.source_id : null,
    language: String(row.language),
    publishedAt: typeof row.published_at === 'string' ? row.published_at : null,
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
