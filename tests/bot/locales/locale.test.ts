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

  const code = codeOfBot();

  test('are there for every key that the code names', () => {
    const named = [...code.matchAll(/\bt\(\s*'([a-z-]+)'/gu)].map((match) => match[1] ?? '');
    const prefixes = [...code.matchAll(/\bt\(\s*`([a-z-]*)\$\{/gu)].map((match) => match[1] ?? '');
    expect(named.length).toBeGreaterThan(50);
    expect(prefixes.length).toBeGreaterThan(5);
    expect(named.filter((key) => !russian.has(key))).toEqual([]);
    const keys = [...russian.keys()];
    expect(prefixes.filter((prefix) => !keys.some((key) => key.startsWith(prefix)))).toEqual([]);
  });

  test('are all used', () => {
    const literals = new Set([...code.matchAll(/'([a-z-]+)'/gu)].map((match) => match[1] ?? ''));
    const patterns = [...code.matchAll(/`([a-z-]+(?:\$\{[^{}`]+\}[a-z-]*)+)`/gu)].map(
      (match) => new RegExp(`^${(match[1] ?? '').replaceAll(/\$\{[^{}]+\}/gu, '[a-z-]+')}$`, 'u'),
    );
    const unused = [...russian.keys()].filter(
      (key) => !literals.has(key) && !patterns.some((pattern) => pattern.test(key)),
    );
    expect(unused).toEqual([]);
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
  const found = new Map<string, string>();
  for (const [, key, body] of words(language).matchAll(
    /^([a-z-]+) =((?:.*\n)(?:[ \t].*\n|\n)*)/gmu,
  )) {
    const variables = [...(body ?? '').matchAll(/\$([a-z]+)/giu)].map((match) => match[1]);
    found.set(key ?? '', [...new Set(variables)].toSorted().join(' '));
  }
  return found;
}

function words(language: 'ru' | 'en'): string {
  return readFileSync(new URL(`locales/${language}.ftl`, BOT), 'utf8');
}

/** Of the page in a browser, too. */
function codeOfBot(): string {
  return readdirSync(BOT, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:ts|js|html)$/u.test(file))
    .map((file) => readFileSync(new URL(file, BOT), 'utf8'))
    .join('\n');
}
