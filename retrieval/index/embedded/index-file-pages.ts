import type { DatabaseSync } from 'node:sqlite';
import type { Passage } from '../../passage.ts';
import type { Scope } from '../passage-index.ts';
import { DamagedFileError } from './failure.ts';
import type { PackedPage } from './messages.ts';

/** A page of the file with all that belongs to it. @throws {DamagedFileError} */
export function readPackedPage(database: DatabaseSync, row: number): PackedPage {
  const page = database.prepare(PAGE).get(row);
  const passages = database.prepare(PASSAGES).all(row).map(toPassage);
  const { terms, grams, dense } = page ?? {};
  const [first] = passages;
  if (!(terms instanceof Uint8Array && grams instanceof Uint8Array) || first === undefined) {
    throw new DamagedFileError('the index file holds a page without vectors');
  }
  const { language, publishedAt, fetchedAt } = first;
  const vectors = dense instanceof Uint8Array ? new Float32Array(dense.slice().buffer) : null;
  return {
    url: String(page?.url),
    scope: String(page?.scope) as Scope,
    sourceId: typeof page?.source_id === 'string' ? page.source_id : null,
    about: { language, publishedAt, fetchedAt },
    passages,
    terms,
    grams,
    dense: vectors,
    dimensions: vectors === null ? null : vectors.length / passages.length,
  };
}

/** The columns that make a passage, for a query of `passages JOIN pages`. */
export const PASSAGE_COLUMNS = `passages.id, url AS pageUrl, title, site, passages.language,
  passages.published_at AS publishedAt, passages.fetched_at AS fetchedAt, heading, position, text,
  place_unit AS unit, place_from AS "from", place_to AS "to"`;

/** From a row of `PASSAGE_COLUMNS`. */
export function toPassage({ unit, from, to, ...rest }: Record<string, unknown>): Passage {
  const place = unit === null ? null : { unit, from, to };
  // The columns are named after the fields, and the schema is strict about their types.
  return { ...rest, place } as unknown as Passage;
}

const PAGE = `SELECT scope, url, source_id, terms, grams, dense
  FROM pages JOIN vectors ON vectors.page = pages.row WHERE pages.row = ?`;

const PASSAGES = `SELECT ${PASSAGE_COLUMNS}
  FROM passages JOIN pages ON pages.row = passages.page WHERE page = ? ORDER BY ordinal`;
