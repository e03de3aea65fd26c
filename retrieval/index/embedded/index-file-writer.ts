import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { IndexError } from '../../errors.ts';
import { toFailure } from './failure.ts';
import { COMMITS } from './messages.ts';
import type { Failure, FileChanges, PackedPage, WriteOperation } from './messages.ts';
import { stagedScope } from './staged-scope.ts';

/** Writes pages to the index file, each batch in one transaction. */
export class IndexFileWriter {
  readonly #database: DatabaseSync;
  readonly #statements: Statements;
  #loggedBytes = 0;
  #emptiesLog = false;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#statements = prepareStatements(database);
  }

  /** All or nothing, except that an operation that cannot be right is refused by itself. */
  commit(operations: readonly WriteOperation[]) {
    const changes: FileChanges = { commit: 0, cleared: false, removed: [], added: [], staged: [] };
    const outcomes: (Failure | null)[] = [];
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      for (const operation of operations) outcomes.push(this.#do(operation, changes));
      changes.commit = Number(this.#statements.countCommit.get(COMMITS)?.value);
      this.#database.exec('COMMIT');
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
    if (this.#emptiesLog) this.#emptyLog();
    else this.#checkpointLater();
    return { outcomes, changes };
  }

  close(): void {
    this.#database.close();
  }

  #do(operation: WriteOperation, changes: FileChanges): Failure | null {
    const { keepPage, discardKept, setProperty, ofSource, ofScope, fetchedBefore } =
      this.#statements;
    switch (operation.kind) {
      case 'replace': {
        const refused = this.#refuse(operation.page);
        if (refused === null) this.#replace(operation.page, changes);
        return refused;
      }
      case 'stage': {
        const refused = this.#refuse(operation.page);
        if (refused === null) this.#stage(operation.sourceId, operation.page, changes);
        return refused;
      }
      case 'keep': {
        keepPage.run(operation.sourceId, operation.url);
        return null;
      }
      case 'commit-rebuild': {
        this.#commitRebuild(operation.sourceId, changes);
        return null;
      }
      case 'discard-rebuild': {
        this.#removeRows(ofScope.all(stagedScope(operation.sourceId)), changes);
        discardKept.run(operation.sourceId);
        return null;
      }
      case 'delete-source': {
        this.#removeRows(ofSource.all(operation.sourceId), changes);
        discardKept.run(operation.sourceId);
        return null;
      }
      case 'delete-scope': {
        this.#removeRows(ofScope.all(operation.scope), changes);
        this.#emptiesLog = true;
        return null;
      }
      case 'delete-fetched-before': {
        this.#removeRows(fetchedBefore.all(operation.time), changes);
        return null;
      }
      case 'set-property': {
        setProperty.run(operation.name, operation.value);
        return null;
      }
      case 'clear': {
        this.#clear(changes);
        return null;
      }
    }
  }

  #refuse(page: PackedPage): Failure | null {
    if (page.dimensions === null) return null;
    const kept = this.#statements.dimensions.get()?.dimensions;
    if (kept === undefined) this.#statements.setDimensions.run(page.dimensions);
    if (kept === undefined || kept === page.dimensions) return null;
    return toFailure(
      new IndexError(
        `the index holds embeddings of ${String(kept)} dimensions and ${page.url} came with ${page.dimensions}: clear the index after changing the embedding model`,
        { retryable: false },
      ),
    );
  }

  #replace(page: PackedPage, changes: FileChanges): void {
    const old = this.#statements.findPage.get(page.scope, page.url);
    if (old !== undefined) this.#removeRows([old], changes);
    const keeper = old?.source_id;
    const sourceId = page.sourceId ?? (typeof keeper === 'string' ? keeper : null);
    const row = this.#insert({ ...page, sourceId });
    if (row !== null) changes.added.push(row);
  }

  #stage(sourceId: string, page: PackedPage, changes: FileChanges): void {
    const scope = stagedScope(sourceId);
    const old = this.#statements.findPage.get(scope, page.url);
    if (old !== undefined) this.#removeRows([old], changes);
    const row = this.#insert({ ...page, scope, sourceId });
    if (row !== null) changes.staged.push(row);
  }

  #commitRebuild(sourceId: string, changes: FileChanges): void {
    const { replacedBy, ofScope, promote, discardKept } = this.#statements;
    const scope = stagedScope(sourceId);
    this.#removeRows(replacedBy.all({ sourceId, scope }), changes);
    const staged = ofScope.all(scope).map(({ row }) => Number(row));
    promote.run(scope);
    discardKept.run(sourceId);
    changes.added.push(...staged);
    const promoted = new Set(staged);
    changes.staged = changes.staged.filter((row) => !promoted.has(row));
  }

  /** Null for a page without passages, which is no page. */
  #insert(page: Omit<PackedPage, 'scope'> & { scope: string }): number | null {
    const { addPage, addPassage, addVectors } = this.#statements;
    if (page.about === null) return null;
    const { scope, url, sourceId } = page;
    const row = Number(addPage.run({ scope, url, sourceId, ...page.about }).lastInsertRowid);
    for (const [
      ordinal,
      { pageUrl: _pageUrl, alsoAt: _alsoAt, place, ...passage },
    ] of page.passages.entries()) {
      const { unit = null, from = null, to = null } = place ?? {};
      addPassage.run({ page: row, ordinal, ...passage, unit, from, to });
    }
    const ids = page.passages.map((passage) => passage.id).join(' ');
    const dense = page.dense === null ? null : new Uint8Array(page.dense.buffer);
    addVectors.run(row, ids, page.terms, page.grams, dense);
    this.#loggedBytes += page.terms.length + page.grams.length + (dense?.length ?? 0);
    this.#loggedBytes += ids.length + page.passages.reduce((sum, { text }) => sum + text.length, 0);
    return row;
  }

  #removeRows(found: readonly Record<string, unknown>[], changes: FileChanges): void {
    for (const { row } of found) {
      const gone = Number(row);
      this.#statements.deletePage.run(gone);
      // Within one batch the same page may come twice.
      for (const list of [changes.added, changes.staged]) {
        if (list.includes(gone)) list.splice(list.indexOf(gone), 1);
      }
      changes.removed.push(gone);
    }
  }

  #clear(changes: FileChanges): void {
    this.#database.exec(
      `DELETE FROM passages; DELETE FROM vectors; DELETE FROM pages; DELETE FROM dense_space;
      DELETE FROM kept_pages`,
    );
    Object.assign(changes, { cleared: true, removed: [], added: [], staged: [] });
  }

  /** Deleted rows are overwritten in the file; the log would still hold them. */
  #emptyLog(): void {
    const [result] = this.#database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all();
    // A reader that is in the way is soon done: the next commit tries again.
    this.#emptiesLog = result?.['busy'] !== 0;
    if (!this.#emptiesLog) this.#loggedBytes = 0;
  }

  #checkpointLater(): void {
    if (this.#loggedBytes < LOG_BYTES_AT_MOST) return;
    this.#loggedBytes = 0;
    setImmediate(() => {
      if (this.#database.isOpen) this.#database.exec('PRAGMA wal_checkpoint(PASSIVE)');
    });
  }
}

/** A log of this size is brought into the file between two commits. */
const LOG_BYTES_AT_MOST = 16 * 2 ** 20;

type Statements = Record<keyof typeof STATEMENTS, StatementSync>;

const STATEMENTS = {
  findPage: 'SELECT row, source_id FROM pages WHERE scope = ? AND url = ?',
  deletePage: 'DELETE FROM pages WHERE row = ?',
  addPage: `INSERT INTO pages (scope, url, source_id, language, published_at, fetched_at)
    VALUES ($scope, $url, $sourceId, $language, $publishedAt, $fetchedAt)`,
  addPassage: `INSERT INTO passages VALUES ($page, $ordinal, $id, $title, $site, $language,
    $publishedAt, $fetchedAt, $heading, $position, $text, $unit, $from, $to)`,
  addVectors: 'INSERT INTO vectors VALUES (?, ?, ?, ?, ?)',
  dimensions: 'SELECT dimensions FROM dense_space',
  setDimensions: 'INSERT INTO dense_space VALUES (?)',
  keepPage: 'INSERT OR IGNORE INTO kept_pages VALUES (?, ?)',
  discardKept: 'DELETE FROM kept_pages WHERE source_id = ?',
  // What the source has and does not keep, and whatever is served under an address that is staged.
  replacedBy: `SELECT row FROM pages WHERE scope = 'public' AND source_id = $sourceId
      AND NOT EXISTS (SELECT 1 FROM kept_pages AS kept
        WHERE kept.source_id = $sourceId AND kept.url = pages.url)
    UNION SELECT served.row FROM pages AS served JOIN pages AS staged ON staged.url = served.url
      WHERE served.scope = 'public' AND staged.scope = $scope`,
  promote: "UPDATE pages SET scope = 'public' WHERE scope = ?",
  ofScope: 'SELECT row FROM pages WHERE scope = ?',
  ofSource: 'SELECT row FROM pages WHERE source_id = ?',
  fetchedBefore: `SELECT row FROM pages
    WHERE scope = 'public' AND source_id IS NULL AND fetched_at < ?`,
  countCommit: `INSERT INTO properties VALUES (?, '1')
    ON CONFLICT DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT) RETURNING value`,
  setProperty:
    'INSERT INTO properties VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
};

function prepareStatements(database: DatabaseSync): Statements {
  const entries = Object.entries(STATEMENTS).map(([name, sql]) => [name, database.prepare(sql)]);
  return Object.fromEntries(entries) as Statements;
}
