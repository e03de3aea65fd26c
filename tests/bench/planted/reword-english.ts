import type { Rewording } from './rewording.ts';

const months =
  'January February March April May June July August September October November December'.split(
    ' ',
  );
const month = `(${months.join('|')})`;
const small = 'two three four five six seven eight nine ten'.split(' ');
const ordinals: Record<string, string> = {
  '18th': 'eighteenth',
  '19th': 'nineteenth',
  '20th': 'twentieth',
  '16th': 'sixteenth',
};

/** Other ways of writing what an English sentence says of dates and figures. */
export const englishRewordings: Rewording[] = [
  [
    new RegExp(`${month} (\\d{1,2}),? (\\d{4})`, 'gu'),
    ([, name = '', day = '', year = '']) => `${day} ${name} ${year}`,
  ],
  [
    new RegExp(`(?<![\\d.,-])(\\d{1,2}) ${month} (\\d{4})`, 'gu'),
    ([, day = '', name = '', year = '']) =>
      `${year}-${String(months.indexOf(name) + 1).padStart(2, '0')}-${day.padStart(2, '0')}`,
  ],
  [/(?<=\b[Ii]n )(\d{4})(?=[ ,.;])(?! and| or| to)/gu, ([year]) => `the year ${year}`],
  [/(?<![\d,.])(\d{1,3}),000,000(?![\d,])/gu, ([, millions = '']) => `${millions} million`],
  [/(?<![\d,.])(\d{1,3}),000(?![\d,]|\.\d)/gu, ([, thousands = '']) => `${thousands} thousand`],
  [/(?<![\d,.])(\d{1,3}),(\d{3})(?![\d,])/gu, ([, high = '', low = '']) => `${high}${low}`],
  [
    /(?<![\d,.$£€])(\d{1,3})(?:\.(\d))? million\b/gu,
    ([, whole = '', tenth = '0']) => `${whole},${tenth}00,000`,
  ],
  [/(\d)\s?%/gu, ([, digit = '']) => `${digit} percent`],
  [/(\d) per ?cent\b/gu, ([, digit = '']) => `${digit}%`],
  [/\$(\d+(?:[.,]\d+)*)(?! ?(?:million|billion|[\d.]))/gu, ([, sum = '']) => `${sum} dollars`],
  [
    /\$(\d+(?:\.\d+)?) (million|billion)/gu,
    ([, sum = '', scale = '']) => `${sum} ${scale} dollars`,
  ],
  [/(?<![\d,.])(\d{1,3}) km\b(?![²2/])/gu, ([, distance = '']) => `${distance},000 metres`],
  [
    /(?<![\p{L}\d,.()–-])([2-9]|10) (?=[a-z]{4,})/gu,
    ([, digit = '']) => `${small[Number(digit) - 2] ?? ''} `,
  ],
  [
    new RegExp(`(?<![\\p{L}-]|(?:ty|hundred|to|and) )(${small.join('|')}) (?=[a-z]{4,})`, 'gu'),
    ([, word = '']) => `${small.indexOf(word) + 2} `,
  ],
  [/(?:16|18|19|20)th(?= century)/gu, ([found]) => ordinals[found] ?? found],
];

/** A time or place at the beginning of a sentence, and the rest of it. */
export const englishTimeFirst =
  /^((?:In|On|By|During|After|Before|At) [^,;]{3,40}), ((?:the|a|an|he|she|it|they|The|[A-Z]\w+) [^;]+)\.$/u;
export const englishOpenings =
  /^(?:However|Also|In addition|Moreover|Furthermore|Additionally|Nevertheless|Thus|Therefore|Finally|Then|For example|As a result|Meanwhile|Later|Today), (?=\p{L})/u;
export const englishEndings =
  /, (?:which|who|where|while|and|but|although|including|with|as|because|making|leading)\s[^,;:()"“”]*\.$/u;
