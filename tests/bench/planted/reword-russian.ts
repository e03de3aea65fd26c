import type { Rewording } from './rewording.ts';

const months =
  'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(' ');
const month = `(${months.join('|')})`;
const small = 'два три четыре пять шесть семь восемь девять десять'.split(' ');

/** Other ways of writing what a Russian sentence says of dates and figures. */
export const russianRewordings: Rewording[] = [
  [
    new RegExp(`(?<![\\d.,–-])(\\d{1,2}) ${month} (\\d{4})(?: года| г\\.)?(?=[ ,.;)])`, 'gu'),
    ([, day = '', name = '', year = '']) =>
      `${day.padStart(2, '0')}.${String(months.indexOf(name) + 1).padStart(2, '0')}.${year}`,
  ],
  [/(?<=\d{4}) (?:году|года)(?![\p{L}.-])/gu, () => ' г.'],
  [/(?<=\d{4}) г\.(?= \p{Ll})/gu, () => ' года'],
  [
    /(?<![\d,. ])(\d{1,3})[ \u00a0]000[ \u00a0]000(?!\d)/gu,
    ([, millions = '']) => `${millions} млн`,
  ],
  [
    /(?<![\d,.]|\d )(\d{1,3})[ \u00a0.]?000(?![\d,.–-]|[ \u00a0](?:\d|год|тыс|млн|лет до))/gu,
    ([, thousands = '']) => `${thousands} тыс.`,
  ],
  [
    /(?<![\d,.]|\d )(\d{1,3})[ \u00a0](\d{3})(?![ \u00a0]?\d)/gu,
    ([, high = '', low = '']) => `${high}${low}`,
  ],
  [/(\d) миллион(?:а|ов)?(?!\p{L})/gu, ([, digit = '']) => `${digit} млн`],
  [/(\d) миллиард(?:а|ов)?(?!\p{L})/gu, ([, digit = '']) => `${digit} млрд`],
  [
    /(?<![\d,.])(\d{1,3})(?:,(\d))? млн\.?(?= \p{Ll})/gu,
    ([, whole = '', tenth = '0']) => `${whole} ${tenth}00 000`,
  ],
  [/(\d)\s?%/gu, ([, digit = '']) => `${digit} процентов`],
  [/(\d) процент(?:а|ов)?(?!\p{L})/gu, ([, digit = '']) => `${digit}%`],
  [
    /(?<![\d,.])(\d{1,3}) (?:км|километров|километра)(?![\p{L}²/])(?! в)/gu,
    ([, distance = '']) => `${distance} 000 м`,
  ],
  [
    /(?<![\p{L}\d,.()–-])([2-9]|10) (?=[а-я]{4,})(?!тыс|млн|млрд|милли|проц|год|январ|феврал|март|апрел|июн|июл|август|сентябр|октябр|ноябр|декабр|част|том|глав)/gu,
    ([, digit = '']) => `${small[Number(digit) - 2] ?? ''} `,
  ],
  [
    new RegExp(
      `(?<![\\p{L}-]|(?:дцать|дцати|десят|сорок|сто|ста|сот) )(${small.join('|')}) (?=[а-я]{4,})`,
      'giu',
    ),
    ([, word = '']) => `${small.indexOf(word.toLowerCase()) + 2} `,
  ],
  [/(?<!\p{L})(XVI|XVIII|XIX|XX|XXI)(?= век)/gu, ([roman]) => `${centuries[roman] ?? ''}-й`],
];

const centuries: Record<string, string> = {
  XVI: '16',
  XVIII: '18',
  XIX: '19',
  XX: '20',
  XXI: '21',
};

/** A time at the beginning of a sentence, and the rest of it. */
export const russianTimeFirst =
  /^(В(?: \p{L}+)? \d{4} году) (?=\p{Ll}|\p{Lu}\p{L}+ \p{Ll})([^,;]+)\.$/u;

export const russianOpenings =
  /^(?:Однако|Также|Кроме того|Более того|Тем не менее|Таким образом|Поэтому|Затем|Например|В результате|Позже|Сегодня|Так|Впрочем|При этом|В частности),? (?=\p{L})/u;
export const russianEndings =
  /, (?:котор(?:ый|ая|ое|ые|ого|ой|ых|ым|ую)|где|когда|хотя|а|но|чтобы|так как|поскольку|включая|в том числе)\s[^,;:()«»"]*\.$/u;
