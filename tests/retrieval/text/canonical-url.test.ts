import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { canonicalUrl } from '../../../retrieval/text/canonical-url.ts';

const aliases: [what: string, canonical: string, ...others: string[]][] = [
  ['host in capitals and a full stop after it', 'https://example.com/a', 'HTTPS://EXAMPLE.com./a'],
  ['default ports', 'https://example.com/a', 'https://example.com:443/a'],
  [
    'a fragment',
    'https://example.com/a',
    'https://example.com/a#top',
    'https://example.com/a#:~:text=x',
  ],
  ['credentials', 'https://example.com/a', 'https://user:word@example.com/a'],
  [
    'a slash at the end',
    'https://example.com/a',
    'https://example.com/a/',
    'https://example.com/a//',
  ],
  ['an empty path', 'https://example.com/', 'https://example.com', 'https://example.com/?'],
  [
    'tracking parameters',
    'https://example.com/a?id=7',
    'https://example.com/a?id=7&utm_source=x&utm_medium=y',
    'https://example.com/a?fbclid=z&id=7',
    'https://example.com/a?yclid=1&id=7&gclid=2&ysclid=3',
    'https://example.com/a?id=7&amp;utm_source=x',
    'https://example.com/a?UTM_Source=x&id=7',
  ],
  ['the order of parameters', 'https://example.com/?a=1&b=2', 'https://example.com/?b=2&a=1'],
  ['spaces in a query', 'https://example.com/?q=a%20b', 'https://example.com/?q=a+b'],
  [
    'percent-encoding',
    'https://example.com/~%D0%BF%D1%83%D1%82%D1%8C',
    'https://example.com/%7e%d0%bf%d1%83%d1%82%d1%8c',
    'https://example.com/~путь',
  ],
  ['apostrophes', 'https://example.com/it%27s(1)', "https://example.com/it's%281%29"],
  ['names in other alphabets', 'https://xn--e1afmkfd.xn--p1ai/', 'https://пример.рф/'],
  [
    'a session in the path',
    'https://example.com/a',
    'https://example.com/a;jsessionid=1F?utm_id=1',
  ],
  [
    'an article of Wikipedia',
    'https://ru.wikipedia.org/wiki/%D0%9C%D0%B8%D1%80_(%D0%B7%D0%BD%D0%B0%D1%87%D0%B5%D0%BD%D0%B8%D1%8F)',
    'https://ru.m.wikipedia.org/wiki/Мир_(значения)',
    'https://ru.wikipedia.org/wiki/Мир (значения)',
    'https://ru.wikipedia.org/wiki/мир_%28значения%29#Фильмы',
    'https://ru.wikipedia.org/w/index.php?title=Мир_(значения)',
  ],
];

test.each(aliases)('%s make no other page', (_what, canonical, ...others) => {
  expect([canonical, ...others].map(canonicalUrl)).toEqual(
    [canonical, ...others].map(() => canonical),
  );
});

describe('addresses of different pages stay different', () => {
  it.each([
    ['https://example.com/?a=1', 'https://example.com/?a=2'],
    ['https://example.com/?a=1&a=2', 'https://example.com/?a=2&a=1'],
    ['https://example.com/?a', 'https://example.com/?a='],
    ['https://example.com/a%2Fb', 'https://example.com/a/b'],
    ['https://example.com/?q=a%26b', 'https://example.com/?q=a&b'],
    ['https://example.com/?q=c%2B%2B', 'https://example.com/?q=c++'],
    ['https://example.com/A', 'https://example.com/a'],
    ['https://example.com:8443/', 'https://example.com/'],
    ['http://example.com/', 'https://example.com/'],
    ['https://example.com/watch?v=1', 'https://example.com/watch?v=2'],
    ['https://ru.wikipedia.org/wiki/Мир', 'https://en.wikipedia.org/wiki/Мир'],
    ['https://en.wiktionary.org/wiki/polish', 'https://en.wiktionary.org/wiki/Polish'],
    [
      'https://en.wikipedia.org/w/index.php?title=A&action=history',
      'https://en.wikipedia.org/wiki/A',
    ],
    ['https://en.wikipedia.org/w/index.php?title=A&oldid=5', 'https://en.wikipedia.org/wiki/A'],
  ])('%s and %s', (one, other) => {
    expect(canonicalUrl(one)).not.toBe(canonicalUrl(other));
  });
});

it('keeps the bytes of an old charset as they are', () => {
  expect(canonicalUrl('http://example.com/%cf%f0%e8')).toBe('http://example.com/%CF%F0%E8');
  expect(canonicalUrl('https://ru.wikipedia.org/wiki/%cf%f0')).toBe(
    'https://ru.wikipedia.org/wiki/%CF%F0',
  );
});

it.each(['', 'example.com/a', '/a', 'ftp://example.com/a', 'javascript:alert(1)', 'http://'])(
  'refuses %j with a TypeError',
  (address) => {
    expect(() => canonicalUrl(address)).toThrow(TypeError);
  },
);

it('changes nothing the second time', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('example.com', 'ru.m.wikipedia.org', 'en.wiktionary.org'),
      fc.constantFrom('/', '/wiki/', '/w/index.php?title='),
      fc.string({ unit: fc.constantFrom(...'aЯé%2F5 +&=?/;._~\'"<[^|#ß'), maxLength: 20 }),
      (host, start, rest) => {
        const once = canonicalUrl(`https://${host}${start}${rest}`);
        expect(canonicalUrl(once)).toBe(once);
      },
    ),
    { numRuns: 3000 },
  );
});
