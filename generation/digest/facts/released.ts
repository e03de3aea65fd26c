import type { Fact } from '../fact.ts';
import type { SourcePage } from '../source-page.ts';
import { found } from './parameters.ts';

/** When a page says that it was published: in its front matter or in its markup. */
export function readReleased(page: SourcePage): Fact[] {
  const { values } = page.frontMatter;
  const stated = ['date', 'release_date', 'published'].flatMap((key) => values.get(key) ?? []);
  const lines = [...stated.map(({ line }) => line), ...page.blocks.map(({ text }) => text)];
  const match = lines.map((line) => DATED.exec(line)).find((one) => one !== null);
  const [line, day] = match ?? [];
  const date = Date.parse(`${day}T00:00:00Z`);
  if (line === undefined || Number.isNaN(date)) return [];
  return [found({ kind: 'released', date: new Date(date) }, line, { text: line, page })];
}

const DATED = /^(?:published|date|release_date): ["']?(\d{4}-\d\d-\d\d)(?:[T ].*)?["']?$/u;
