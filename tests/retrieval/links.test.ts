import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { asksAboutLinks, takeLinks } from '../../retrieval/links.ts';

const links = (text: string): string[] => takeLinks(text).links;

describe('links in a question', () => {
  it('are taken in order, each once, and leave the question', () => {
    expect(
      takeLinks('чем https://a.example/x лучше  https://b.example и https://a.example/x?'),
    ).toEqual({
      links: ['https://a.example/x', 'https://b.example'],
      rest: 'чем лучше и ?',
    });
  });

  it('are none where there is no web address', () => {
    expect(takeLinks('о чём example.com, ftp://a.example и https://?')).toEqual({
      links: [],
      rest: 'о чём example.com, ftp://a.example и https://?',
    });
  });

  it.each([
    ['см. https://a.example/x.', 'https://a.example/x'],
    ['о чём https://a.example/?q=1&b=2?!', 'https://a.example/?q=1&b=2'],
    ['«https://a.example/x»', 'https://a.example/x'],
    ['“https://a.example/x”', 'https://a.example/x'],
    ['<https://a.example/x>', 'https://a.example/x'],
    ['*https://a.example/x*', 'https://a.example/x'],
    ['`https://a.example/x`', 'https://a.example/x'],
    ['https://a.example/x…', 'https://a.example/x'],
    ['https://a.example/x\u200b', 'https://a.example/x'],
    ['[текст](https://a.example/x)', 'https://a.example/x'],
    ['((https://a.example/x))', 'https://a.example/x'],
    ['{https://a.example/x}.', 'https://a.example/x'],
  ])('end before the punctuation of the sentence: %s', (text, link) => {
    expect(links(text)).toEqual([link]);
  });

  it.each([
    'https://ru.wikipedia.org/wiki/Исток_(река)',
    'https://ru.wikipedia.org/wiki/Война_1939—1945',
    'https://a.example/a,b;c/d.html?x[]=1&y=(2)#z',
    'https://web.archive.org/web/2020/https://a.example/x',
    'https://youtu.be/ab-cd_',
    'http://127.0.0.1:8080/',
    'HTTPS://A.Example/X',
  ])('keep what belongs to them: %s', (link) => {
    expect(links(`(${link})`)).toEqual([link]);
    expect(links(link)).toEqual([link]);
  });

  it('are two with only a comma between them', () => {
    expect(links('https://a.example,https://b.example')).toEqual([
      'https://a.example',
      'https://b.example',
    ]);
  });

  it('come out as they went in, whatever stands around', () => {
    const address = fc
      .webUrl({ withQueryParameters: true })
      .filter((url) => /[\p{L}\p{N}/]$/u.test(url));
    const words = fc.constantFrom('', 'о чём', 'Compare (', '«', 'и', '?!');
    fc.assert(
      fc.property(words, address, words, (before, url, after) => {
        fc.pre(!/["'“”«»<>,;|]https?:/iu.test(url) && !/[<>«»“”"]/u.test(url));
        const taken = takeLinks(`${before} ${url} ${after}`);
        expect(taken.links).toEqual([url]);
        expect(taken.rest).toBe(`${before} ${after}`.replace(/\s+/gu, ' ').trim());
      }),
    );
  });

  it.each([
    ['dots', `https://a/${'.'.repeat(100_000)}x`],
    ['commas', `https://a/${','.repeat(100_000)}x`],
    ['brackets', `https://a/${'('.repeat(50_000)}${')'.repeat(50_001)}`],
    ['schemes', 'http://'.repeat(15_000)],
    ['links', 'https://a.b/ '.repeat(8000)],
  ])('of 100,000 characters of %s take no time to speak of', (_name, text) => {
    const startedAt = performance.now();
    takeLinks(text);
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });
});

describe('a question about the page itself', () => {
  it.each([
    'https://a.example/x',
    'о чём https://a.example/x?',
    'Перескажи кратко статью https://a.example/x, пожалуйста',
    'О чём эти страницы: https://a.example https://b.example',
    'What is this article about? https://a.example/x',
    'summarize https://a.example/x',
  ])('has nothing to search for: %s', (question) => {
    expect(asksAboutLinks(question)).toBe(true);
  });

  it.each([
    'Кто автор https://a.example/x?',
    'How long is the Volga, see https://a.example/x',
    'о чём эта статья?',
    '',
  ])('is not one about something on it, or without a link: %s', (question) => {
    expect(asksAboutLinks(question)).toBe(false);
  });
});
