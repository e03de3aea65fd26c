import { pino } from 'pino';
import { expect, test } from 'vitest';

import { tidyIndex } from '../../../bot/operator/tidy-index.ts';
import { indexedPage } from '../../support/indexed-pages.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { MemoryIndex } from '../../support/memory-index.ts';

const HOURS = 3_600_000;
const NOON = new Date('2026-11-22T12:00:00.000Z');

test('lets pages read for answers go after a month, and keeps sources and files', async () => {
  const index = new MemoryIndex();
  const old = '2026-10-22T11:00:00.000Z';
  const young = '2026-10-24T11:00:00.000Z';
  await index.replacePage(page('old', old));
  await index.replacePage(page('young', young));
  await index.replacePage(page('source', old, { sourceId: 'docs' }));
  await index.replacePage(page('file', old, { scope: 'chat:1' }));
  const { clock, stop } = start(index);
  await clock.advance(0);
  expect(await index.count()).toEqual({ pages: 3, passages: 3 });
  await index.replacePage(page('older', '2026-01-01T00:00:00.000Z'));
  await clock.advance(5 * HOURS);
  expect((await index.count()).pages).toBe(4);
  await clock.advance(1 * HOURS);
  expect((await index.count()).pages).toBe(3);
  stop();
  expect(clock.waiting).toBe(0);
});

test('lets go of younger pages while there are too many', async () => {
  const index = new MemoryIndex();
  await index.replacePage(page('of 20 days', '2026-11-02T12:00:00.000Z'));
  await index.replacePage(page('of 10 days', '2026-11-12T12:00:00.000Z'));
  await index.replacePage(page('of today', '2026-11-22T11:00:00.000Z'));
  const { clock, stop } = start(index, 2);
  await clock.advance(0);
  expect((await index.readPages({ cursor: null, limit: 9 })).pages.map(({ url }) => url)).toEqual([
    'https://a.example/of 10 days',
    'https://a.example/of today',
  ]);
  stop();
});

function start(index: MemoryIndex, maxPassages = 200_000) {
  const clock = manualClock();
  const logger = pino({ level: 'silent' });
  const stop = tidyIndex({ index, logger, maxPassages, clock, now: () => NOON });
  return { clock, stop };
}

function page(name: string, fetchedAt: string, options: Parameters<typeof indexedPage>[2] = {}) {
  return indexedPage(`https://a.example/${name}`, [{ id: name.length, fetchedAt }], options);
}
