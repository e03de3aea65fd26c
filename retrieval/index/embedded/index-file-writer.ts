import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { IndexError } from '../../errors.ts';
import { toFailure } from './failure.ts';
import type { Failure, FileChanges, PackedPage, WriteOperation } from './messages.ts';

/** Writes pages to the index file, each batch in one transaction. */
export class IndexFileWriter {
  readonly #database: DatabaseSync;
  readonly #statements: Statements;
  #loggedBytes = 0;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#statements = prepareStatements(database);
  }

  /** All or nothing, except that an operation that cannot be right is refused by itself. */
  commit(operations: readonly WriteOperation[]) {
    const changes: FileChanges = { cleared: false, removed: [], added: [] };
    const outcomes: (Failure | null)[] = [];
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      for (const operation of operations) {
        if (operation.kind === 'clear') this.#clear(changes);
        const refused = operation.kind === 'replace' ? this.#refuse(operation.page) : null;
        if (operation.kind === 'replace' && refused === null)
          this.#replace(operation.page, changes);
        outcomes.push(refused);
      }
      this.#database.exec('COMMIT');
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
    this.#checkpointLater();
    return { outcomes, changes };
  }

  close(): void {
    this.#database.close();
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
    const { findPage, deletePage, addPage, addPassage, addVectors } = this.#statements;
    const old = findPage.get(page.scope, page.url)?.row;
    if (typeof old === 'number') {
      deletePage.run(old);
      // Within one batch the same page may come twice.
      if (changes.added.includes(old)) changes.added.splice(changes.added.indexOf(old), 1);
      else changes.removed.push(old);
    }
    if (page.passages.length === 0) return;
    const row = Number(addPage.run(page.scope, page.url, page.sourceId).lastInsertRowid);
    for (const [ordinal, { pageUrl: _pageUrl, place, ...passage }] of page.passages.entries()) {
      const { unit = null, from = null, to = null } = place ?? {};
      addPassage.run({ page: row, ordinal, ...passage, unit, from, to });
    }
    const ids = page.passages.map((passage) => passage.id).join(' ');
    const dense = page.dense === null ? null : new Uint8Array(page.dense.buffer);
    addVectors.run(row, ids, page.terms, page.grams, dense);
    changes.added.push(row);
    this.#loggedBytes += page.terms.length + page.grams.length + (dense?.length ?? 0);
    this.#loggedBytes += ids.length + page.passages.reduce((sum, { text }) => sum + text.length, 0);
  }

  #clear(changes: FileChanges): void {
    this.#database.exec(
      'DELETE FROM passages; DELETE FROM vectors; DELETE FROM pages; DELETE FROM dense_space',
    );
    Object.assign(changes, { cleared: true, removed: [], added: [] } satisfies FileChanges);
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
  findPage: 'SELECT row FROM pages WHERE scope = ? AND url = ?',
  deletePage: 'DELETE FROM pages WHERE row = ?',
  addPage: 'INSERT INTO pages (scope, url, source_id) VALUES (?, ?, ?)',
  addPassage: `INSERT INTO passages VALUES ($page, $ordinal, $id, $title, $site, $language,
    $publishedAt, $fetchedAt, $heading, $position, $text, $unit, $from, $to)`,
  addVectors: 'INSERT INTO vectors VALUES (?, ?, ?, ?, ?)',
  dimensions: 'SELECT dimensions FROM dense_space',
  setDimensions: 'INSERT INTO dense_space VALUES (?)',
};

function prepareStatements(database: DatabaseSync): Statements {
  const entries = Object.entries(STATEMENTS).map(([name, sql]) => [name, database.prepare(sql)]);
  return Object.fromEntries(entries) as Statements;
}
