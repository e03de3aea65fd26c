import { expect, test } from 'vitest';

import { createLocales } from '../../../bot/locales/locale.ts';
import { sourceNote } from '../../../bot/sources/source-note.ts';

const { ru, en } = createLocales();
const A = 'https://a.example/waiting-for-refused.xml';

test.each([
  ['only the first 10 of its pages are read', 'прочитаны не все страницы, только первые 10'],
  ['only the first 50 of its sitemaps are read', 'прочитаны не все карты сайта, только первые 50'],
  [
    'it lists 100000 addresses, of which 500 are read',
    'адресов в карте сайта 100000, прочитаны первые 500',
  ],
  ['its list of files is cut short by GitHub', 'GitHub отдал неполный список файлов'],
  [`the sitemap ${A} was left out: HTTP 404`, `пропущено: ${A} (страницы больше нет)`],
  [`the sitemap ${A} was left out: ${A} is no sitemap`, `пропущено: ${A} (${A} не карта сайта)`],
  [`what follows in ${A} was left out: damaged`, `пропущено: ${A} (содержимое повреждено)`],
  ['docs/a b.md was left out: timeout', 'пропущено: docs/a b.md (страница не успела загрузиться)'],
  [
    'the embedder failed: ranking is by words',
    'смысловой поиск был недоступен, новые страницы пока ищутся по словам',
  ],
  ['none of its pages could be read', 'ни одна страница не прочиталась'],
  ['it could not be indexed', 'не удалось записать в индекс, подробности в журнале'],
  [`${A} could not be read: HTTP 503`, `${A}: сайт сломан (код 503)`],
  [`${A} could not be read: forbidden by robots.txt`, `${A}: запрещено в robots.txt`],
  [`${A} is no feed`, `${A} не лента RSS или Atom`],
  [
    'https://t.me/x shows no posts: it may be private or empty',
    'https://t.me/x: записей не видно, канал закрыт или пуст',
  ],
  ['https://github.com/x names no repository', 'https://github.com/x не ведёт к репозиторию'],
  [
    "GitHub's list of https://github.com/x/y cannot be read",
    'список файлов https://github.com/x/y не читается',
  ],
  ['something new', 'something new'],
])('an admin reads of «%s»: %s', (sentence, expected) => {
  expect(sourceNote(sentence, ru)).toBe(expected);
});

test('and in English', () => {
  expect(sourceNote(`${A} could not be read: HTTP 410`, en)).toBe(`${A}: the page is gone`);
});
