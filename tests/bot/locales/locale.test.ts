import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { createLocale, createLocales } from '../../../bot/locales/locale.ts';

const BOT = new URL('../../../bot/', import.meta.url);

describe('the words for readers', () => {
  const russian = keysAndVariables('ru');
  const english = keysAndVariables('en');

  test('have the same keys with the same variables in both languages', () => {
    expect([...english]).toEqual([...russian]);
    expect(russian.size).toBeGreaterThan(20);
  });

  test('are there for every key that the code names', () => {
    const named = new Set<string>();
    for (const file of readdirSync(BOT, { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts')) continue;
      const code = readFileSync(new URL(file, BOT), 'utf8');
      for (const [, key] of code.matchAll(/\bt\(\s*'([a-z-]+)'/gu)) named.add(key ?? '');
    }
    expect([...named].filter((key) => !russian.has(key))).toEqual([]);
  });
});

describe('createLocale', () => {
  test('counts pages in both languages without invisible marks', () => {
    const ru = createLocale('ru');
    expect(ru.t('terminal-reading', { pages: 1 })).toBe('Читаю 1 страницу…');
    expect(ru.t('terminal-reading', { pages: 3 })).toBe('Читаю 3 страницы…');
    expect(ru.t('terminal-reading', { pages: 8 })).toBe('Читаю 8 страниц…');
    const en = createLocale('en');
    expect(en.t('terminal-reading', { pages: 1 })).toBe('Reading 1 page…');
    expect(en.t('terminal-reading', { pages: 8 })).toBe('Reading 8 pages…');
  });

  test('writes dates in words, and nothing for what is no date', () => {
    expect(createLocale('ru').date('2024-05-09T22:00:00Z')).toBe('9 мая 2024 г.');
    expect(createLocale('en').date('2024-05-09')).toBe('May 9, 2024');
    expect(createLocale('en').date('last week')).toBeNull();
    expect(createLocale('en').date(null)).toBeNull();
  });

  test('refuses a key that it does not know and a variable that is missing', () => {
    const ru = createLocale('ru');
    expect(() => ru.t('no-such-key')).toThrow('There are no ru words for no-such-key.');
    expect(() => ru.t('terminal-reading')).toThrow('pages');
  });
});

test('a reader gets the language of their Telegram, Russian when it does not say', () => {
  const locales = createLocales();
  expect(locales.of(undefined).language).toBe('ru');
  expect(locales.of('ru-RU').language).toBe('ru');
  expect(locales.of('kk').language).toBe('ru');
  expect(locales.of('en-GB').language).toBe('en');
  expect(locales.of('de').language).toBe('en');
});

function keysAndVariables(language: 'ru' | 'en'): Map<string, string> {
  const text = readFileSync(new URL(`locales/${language}.ftl`, BOT), 'utf8');
  const found = new Map<string, string>();
  for (const [, key, body] of text.matchAll(/^([a-z-]+) =((?:.*\n)(?:[ \t].*\n|\n)*)/gmu)) {
    const variables = [...(body ?? '').matchAll(/\$([a-z]+)/giu)].map((match) => match[1]);
    found.set(key ?? '', [...new Set(variables)].toSorted().join(' '));
  }
  return found;
}
