import { expect, it } from 'vitest';

import { createLocale } from '../../../bot/locales/locale.ts';
import { describeProgress } from '../../../bot/sources/describe-reindex.ts';
import { DEFAULT_LIMITS } from '../../../retrieval/sources/source-store.ts';

it('shows how far it is of all pages that are known, at this source’s own speed', () => {
  const text = describeProgress(
    {
      source: {
        id: 'a.example',
        kind: 'sitemap',
        address: 'https://a.example/sitemap.xml',
        addedAt: '2026-11-22T12:00:00.000Z',
        limits: DEFAULT_LIMITS,
        everyHours: 24,
        paused: false,
        preferred: false,
      },
      // No more are looked at than are on their way.
      counts: { found: 108, changed: 60, unchanged: 30, failed: 10, removed: 0 },
      expected: 400,
      failures: new Map([['timeout', 10]]),
      notes: [],
      seconds: 50,
      at: 2,
      of: 3,
    },
    createLocale('ru'),
  );
  expect(text).toBe(
    [
      'Читаю a.example, 2 из 3',
      '▓▓▓░░░░░░░░░ 100/400',
      'изменилось 60, без изменений 30, не прочитано 10',
      'страниц в секунду: 2',
      'осталось около 150 с',
      '• страница не успела загрузиться: 10',
    ].join('\n'),
  );
});
