import { expect, test } from 'vitest';

import { createLocales } from '../../../bot/locales/locale.ts';
import { describePage } from '../../../bot/messages/page-line.ts';

const { ru, en } = createLocales();

const page = { url: 'https://one.example/a', title: 'Новость', site: 'one.example' };
const other = (site: string, path = 'b') => ({
  pageUrl: `https://${site}/${path}`,
  title: 'Новость',
  site,
  publishedAt: null,
});

test('a source names the other sites that have the same, each with its link', () => {
  const source = { ...page, alsoAt: [other('two.example'), other('three.example')] };
  expect(describePage(source, ru)).toEqual({
    text: 'Новость — one.example (также: two.example, three.example)',
    entities: [
      { type: 'text_link', url: 'https://one.example/a', offset: 0, length: 7 },
      { type: 'text_link', url: 'https://two.example/b', offset: 30, length: 11 },
      { type: 'text_link', url: 'https://three.example/b', offset: 43, length: 13 },
    ],
  });
  expect(describePage(source, en).text).toBe(
    'Новость — one.example (also: two.example, three.example)',
  );
});

test('a site is named once, its own never, and no more than three', () => {
  const sites = ['one', 'two', 'two', 'three', 'four', 'five'].map((name) => `${name}.example`);
  const alsoAt = sites.map((site, at) => other(site, String(at)));
  expect(describePage({ ...page, alsoAt }, ru).text).toBe(
    'Новость — one.example (также: two.example, three.example, four.example)',
  );
});

test('a page that is alone has nothing behind its site', () => {
  expect(describePage({ ...page, alsoAt: [] }, ru).text).toBe('Новость — one.example');
  expect(describePage({ ...page, alsoAt: [other('one.example')] }, ru).text).toBe(
    'Новость — one.example',
  );
});
