import type { Fact } from '../fact.ts';
import type { SourcePage } from '../source-page.ts';
import { found } from './parameters.ts';

/** When a page says that it was published. */
export function readReleased(page: SourcePage): Fact[] {
  const line = page.blocks.find(({ text }) => /^published: \d{4}-\d\d-\d\d$/u.test(text))?.text;
  const date =
    line === undefined ? NaN : Date.parse(`${line.slice('published: '.length)}T00:00:00Z`);
  if (line === undefined || Number.isNaN(date)) return [];
  return [found({ kind: 'released', date: new Date(date) }, line, { text: line, page })];
}
