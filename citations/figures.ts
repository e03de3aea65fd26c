import { isStopWord } from '../retrieval/text/stop-words.ts';
import { fold, stem, tokenize, type Token } from '../retrieval/text/terms.ts';
import { compareBounded, readBound, type Bound } from './claims/bounds.ts';
import { findClockTimes } from './claims/clock-times.ts';
import { withEras } from './claims/eras.ts';
import { measureOf } from './claims/measures.ts';
import { readNumberPhrase, type NumberPhrase } from './claims/number-phrases.ts';
import { isCalendarPace, readPace } from './claims/paces.ts';
import { isRoundedFrom } from './claims/rounding.ts';
import { measurementUnit } from './measurement-units.ts';
import { ordinalValue, romanValue, scaleFactor } from './number-words.ts';

/** A number in a text, with what it counts. */
export interface Figure {
  /** Scale applied: «671 млрд» is 671e9. Two values where a comma or a dot may be read both ways. */
  values: number[];
  /** A known unit (`usd`, `percent`, `year` …), or null. */
  unit: string | null;
  /** Stem of the word that it counts, or null. */
  noun: string | null;
  /** Written as a word or a Roman numeral: «три», "second", «XIX». */
  isWritten: boolean;
  /** As written, where it follows a name and a dot parts it: 3.10 of "Python 3.10" is not 3.1. */
  version: string | null;
  /** «около», "more than": the number is not meant exactly. */
  bound: Bound | null;
  start: number;
  end: number;
  /** The end of its unit, where that follows it; its own end otherwise. */
  unitEnd: number;
}

/** Figures of a Russian or English text, in order. Digits inside names («V3», «4o») are no figures. */
export function findFigures(text: string): Figure[] {
  const times = findTimes(text);
  const isTime = ({ start, end }: Figure): boolean =>
    times.some((time) => start < time.end && time.start < end);
  const found = findDigits(text);
  const digits = times.length === 0 ? found : found.filter((figure) => !isTime(figure));
  const known = [...digits, ...times].toSorted((one, other) => one.start - other.start);
  const written = findWritten(text, known);
  const figures = [...known, ...written].toSorted((one, other) => one.start - other.start);
  return withEras(figures, text);
}

/**
 * `same` value in whatever unit, bounds included: «более 5 млн» is borne out by 5,2 млн. `close` where
 * the claim is more exact than what was found.
 */
export function compareFigures(claim: Figure, found: Figure): 'same' | 'close' | 'different' {
  if (claim.version !== null && found.version !== null && claim.version !== found.version) {
    return 'different';
  }
  if (claim.unit !== null && found.unit !== null && claim.unit !== found.unit) {
    // «20 долларов» are said of 20 dollars a month as well, and 20 a month of what each page takes for granted.
    if (isCalendarPace(claim.unit) !== isCalendarPace(found.unit)) {
      const isBare = isCalendarPace(claim.unit) ? found.unit : claim.unit;
      if (!isBare.includes('/')) {
        return compareFigures(withoutPace(claim), withoutPace(found));
      }
    }
  }
  const measure = claim.unit === null ? null : measureOf(claim.unit);
  const other = found.unit === null ? null : measureOf(found.unit);
  const areMeasured = measure !== null && other !== null;
  if (areMeasured && measure.dimension !== other.dimension) return 'different';
  // Where only one is measured, «12 километров» is repeated as 12, and may be so.
  const factor = areMeasured ? measure.factor / other.factor : 1;
  const grades = new Set(
    claim.values.flatMap((one) =>
      found.values.map((value) =>
        compareBounded({ value: one * factor, bound: claim.bound }, { value, bound: found.bound }),
      ),
    ),
  );
  if (grades.has('same')) return 'same';
  if (claim.unit !== 'year' && isRoundedFrom(claim, found)) return 'same';
  return grades.has('close') ? 'close' : 'different';
}

function withoutPace(figure: Figure): Figure {
  return { ...figure, unit: figure.unit?.replace(/\/[^/]+$/u, '') ?? null };
}

function findTimes(text: string): Figure[] {
  return findClockTimes(text).map(({ minutes, start, end }) => ({
    values: minutes,
    unit: 'clock',
    noun: null,
    isWritten: false,
    version: null,
    bound: readBound(text.slice(Math.max(0, start - 40), start)),
    start,
    end,
    unitEnd: end,
  }));
}

/** Whether both count the same thing, so that only one of two values can be right. */
export function countTheSame(one: Figure, other: Figure): boolean {
  if (one.unit !== null && other.unit !== null) {
    return measureOf(one.unit).dimension === measureOf(other.unit).dimension;
  }
  return one.noun !== null && one.noun === other.noun;
}

const space = '[ \\u00a0\\u202f\\u2009]';
const numberPattern = new RegExp(
  [
    `(?<![\\p{L}\\p{N}])(?:\\d{1,3}(?:(?:${space}|['’])\\d{3})+(?!\\d)(?:[.,]\\d+)?`,
    '\\d{1,3}(?:,\\d{3}){2,}(?!\\d)(?:\\.\\d+)?',
    '\\d{1,3}(?:\\.\\d{3}){2,}(?!\\d)(?:,\\d+)?',
    '\\d{1,3},\\d{3}\\.\\d+',
    '[1-9]/[1-9]\\d?(?![\\d/])',
    '\\d+(?:[.,]\\d+)?[½¼¾⅓⅔⅛]?|[½¼¾⅓⅔⅛])',
  ].join('|'),
  'gu',
);
const vulgarFractions: Record<string, number> = {
  '½': 1 / 2,
  '¼': 1 / 4,
  '¾': 3 / 4,
  '⅓': 1 / 3,
  '⅔': 2 / 3,
  '⅛': 1 / 8,
};
const attachedScales: Record<string, number> = {
  k: 1e3,
  K: 1e3,
  к: 1e3,
  К: 1e3,
  M: 1e6,
  М: 1e6,
  b: 1e9,
  B: 1e9,
  T: 1e12,
};

function findDigits(text: string): Figure[] {
  const isRussian = /\p{Script=Cyrillic}/u.test(text);
  const figures: Figure[] = [];
  for (const match of text.matchAll(numberPattern)) {
    const start = match.index;
    let end = start + match[0].length;
    // Of all that stands before, only the last words: a list of numbers takes no square of its length.
    const before = text.slice(Math.max(0, start - 40), start);
    let factor = 1;
    const currency = currencyBefore(text, start);
    let unit = currency;
    const attached = /^\p{L}+/u.exec(text.slice(end))?.[0] ?? '';
    if (attached !== '' && !dataRate.test(text.slice(end, end + 12))) {
      const scale = attachedScales[attached] ?? scaleFactor(fold(attached));
      const known = measurementUnit(fold(attached));
      if (scale !== null) factor = scale;
      else if (known !== null) unit ??= known;
      else if (attached === 's') unit = 'decade';
      // "4o", "3D" and the like are names.
      else if (!/^(?:st|nd|rd|th)$/iu.test(attached)) continue;
      end += attached.length;
    }
    const suffix = /^-(?:е|х|й|я|м|ю|ый|ой|ая|ое|го|му|ом|ти|ми|ого|ых)(?!\p{L})/u.exec(
      text.slice(end),
    )?.[0];
    if (suffix !== undefined) {
      if (/^-(?:е|х)$/u.test(suffix) && match[0].endsWith('0')) unit = 'decade';
      end += suffix.length;
    }
    const scaleWord = /^[\s-]{0,2}(\p{L}+)\.?/u.exec(text.slice(end));
    const scale = scaleWord === null ? null : scaleFactor(fold(scaleWord[1] ?? ''));
    if (scale !== null && factor === 1) {
      factor = scale;
      end += scaleWord?.[0].length ?? 0;
    }
    const sign = /(?:^|[\s(«"])(?:[-−]|минус\s|minus\s)$/iu.test(before) ? -1 : 1;
    const readings = readNumber(match[0], isRussian);
    // Nobody groups the digits of what a scale follows: «2,788 миллиона» has a decimal comma.
    const meant = isRussian && factor !== 1 ? readings.slice(0, 1) : readings;
    const values = meant.map((value) => sign * value * factor);
    const counted = readCounted(text, start, end);
    unit ??= counted.unit;
    // "$20 per month": what stands before the number is its unit, and what follows goes by the month.
    if (currency !== null && currency !== counted.unit) counted.unitLength = 0;
    const pace =
      unit === null || unit.includes('/')
        ? null
        : readPace(text.slice(end + counted.unitLength, end + counted.unitLength + 30));
    if (pace !== null) {
      unit = `${unit}/${pace.unit}`;
      counted.unitLength += pace.length;
    }
    // «Мбит», «МБ» look like names and are none.
    if (dataRate.test(text.slice(end, end + 20))) {
      end += counted.unitLength;
      counted.unitLength = 0;
    }
    if (/^[1-9]\/\d/u.test(match[0]) && values[0] !== undefined && values[0] < 1)
      unit = shareUnit(unit);
    if (isYear(match[0], factor, unit, counted.noun, before)) unit = 'year';
    const bound = readBound(before);
    const unitEnd = end + counted.unitLength;
    // "The year 1908" is said with a word of its own.
    const lead = unit === 'year' ? (/the year $/iu.exec(before)?.[0].length ?? 0) : 0;
    const { noun } = counted;
    figures.push({
      values,
      unit,
      noun,
      isWritten: false,
      version:
        unit === null && factor === 1 && /^\d+\.\d+$/u.test(match[0]) && named.test(before)
          ? match[0]
          : null,
      bound,
      start: start - lead,
      end,
      unitEnd,
    });
  }
  return figures;
}

function readNumber(raw: string, isRussian: boolean): number[] {
  const [above, below] = raw.split('/').map(Number);
  if (above !== undefined && below !== undefined) return [above / below];
  const last = raw.at(-1) ?? '';
  const fraction = vulgarFractions[last];
  if (fraction !== undefined) {
    const whole = raw.slice(0, -1);
    return [(whole === '' ? 0 : Number(whole.replace(',', '.'))) + fraction];
  }
  const compact = raw.replace(/[\s'’]/gu, '');
  const asDecimal = Number(compact.replace(',', '.'));
  const asGrouped = Number(compact.replace(/[.,](?=\d{3}(?:\D|$))/gu, '').replace(',', '.'));
  if (/[.,]\d+[.,]/u.test(compact)) return [asGrouped];
  if (compact !== raw || asDecimal === asGrouped || compact.startsWith('0')) return [asDecimal];
  // Russian texts follow either habit; English ones group by commas and part decimals by dots.
  if (isRussian) return [asDecimal, asGrouped];
  return [compact.includes(',') ? asGrouped : asDecimal];
}

function currencyBefore(text: string, start: number): string | null {
  const sign = /([$€£¥₽])\s?$/u.exec(text.slice(Math.max(0, start - 3), start))?.[1];
  return sign === undefined ? null : measurementUnit(sign);
}

interface Counted {
  unit: string | null;
  noun: string | null;
  /** How far the unit reaches; 0 where none follows. */
  unitLength: number;
}

/** What stands after a figure: the unit may follow an adjective, the noun is the first word. */
function readCounted(text: string, start: number, end: number): Counted {
  const after = text.slice(end, end + 60);
  const rate = dataRate.exec(after);
  if (rate !== null) {
    const [whole, scale = '', bits] = rate;
    const unit = `${scales.get(scale.toLowerCase()) ?? ''}${bits === undefined ? 'b' : 'bit'}/second`;
    return { unit, noun: null, unitLength: whole.length };
  }
  for (const [pattern, unit] of phrases) {
    const phrase = pattern.exec(after);
    if (phrase !== null) return { unit, noun: null, unitLength: phrase[0].length };
  }
  const sign = /^\s?(%|°[CС]?|[$€£¥₽])/u.exec(after);
  if (sign !== null) {
    return {
      unit: measurementUnit(fold(sign[1] ?? '')),
      noun: null,
      unitLength: sign[0].length,
    };
  }
  const run = /^(?:[\s-]+\p{L}[\p{L}\p{M}'’-]*\.?){1,2}/u.exec(after)?.[0] ?? '';
  const tokens = tokenize(run);
  const first = tokens[0]?.word;
  if (first === undefined || isStopWord(first)) return { unit: null, noun: null, unitLength: 0 };
  const noun = stem(first);
  for (const { word, end: unitLength } of tokens) {
    if (isStopWord(word)) break;
    if (/^(?:год[а-я]*|г|гг|year)$/u.test(word)) {
      const isYear = looksLikeYear(text.slice(start, end));
      // «5 г препарата»: a year is shortened with a full stop, and has four digits at most.
      const isMass = after[unitLength] !== '.' || /\d{5}|[^\d]/u.test(text.slice(start, end));
      if (word === 'г' && !isYear && isMass) return { unit: 'g', noun, unitLength };
      const unit = isYear ? 'year' : 'year-span';
      return { unit, noun: null, unitLength };
    }
    const unit = measurementUnit(word);
    if (unit === null) continue;
    return { unit, noun, unitLength };
  }
  return { unit: null, noun, unitLength: 0 };
}

// A small b counts bits and a capital one bytes: nowhere else does the case of a letter matter.
const dataRate =
  /^\s?([KMGTkКМГТ])(?:(bps|b\/s|bit\/s|бит\/с|бит в секунду)|(?:Bps|B\/s|Б\/с|[Бб]айт\/с|byte\/s))(?!\p{L})/u;
const scales = new Map(
  Object.entries({ k: 'k', m: 'm', g: 'g', t: 't', к: 'k', м: 'm', г: 'g', т: 't' }),
);

/** What a number stands behind when it is a version: a name, «версия», "v". */
const named =
  /(?:(?<![\p{L}\p{N}])\p{Lu}[\p{L}\p{N}+#.]*|(?<!\p{L})(?:v|верси\p{L}+|version|release))\s$/u;

/** Three quarters of the people are 75% of them; of a mile they are a distance. */
function shareUnit(unit: string | null): string | null {
  return unit === null || unit === 'person' ? 'share' : unit;
}

const phrases: [RegExp, string][] = [
  [/^[\s-]*per cent(?!\p{L})/iu, 'percent'],
  [
    /^\s?(?:%-?(?:ных|ный|ного) пункт\p{L}*|п\.\s?п\.|процентн\p{L}+ пункт\p{L}*|percentage points?)/iu,
    'percentage-point',
  ],
  [
    /^\s?(?:(?:кв\.? ?|квадратн\p{L}+ |square )(?:км|km|километр\p{L}*|kilomet\p{L}+)|(?:km|км)(?:²|2(?!\d)))/iu,
    'square-km',
  ],
  [
    /^\s?(?:(?:куб\.? ?|кубическ\p{L}+ |cubic )(?:км|km|километр\p{L}*|kilomet\p{L}+)|(?:km|км)(?:³|3(?!\d)))/iu,
    'cubic-km',
  ],
  [
    /^\s?(?:(?:куб\.? ?|кубическ\p{L}+ |cubic )(?:м|m|метр\p{L}*|met\p{L}+)|(?:m|м)(?:³|3(?!\d)))(?!\p{L})/iu,
    'cubic-m',
  ],
  [/^\s?(?:мм рт\. ?ст\.?|mm ?Hg)(?!\p{L})/iu, 'mmhg'],
  [
    /^\s?(?:(?:кв\.? ?|квадратн\p{L}+ |square )(?:м|m|метр\p{L}*|met\p{L}+)|(?:m|м)(?:²|2(?!\d)))(?!\p{L})/iu,
    'square-m',
  ],
];

function looksLikeYear(raw: string): boolean {
  return /^(?:1\d|20)\d\d(?!\d)/u.test(raw);
}

function isYear(
  raw: string,
  factor: number,
  unit: string | null,
  noun: string | null,
  before: string,
): boolean {
  if (unit !== null || factor !== 1 || raw.length !== 4 || !looksLikeYear(raw)) return false;
  if (noun === null) return true;
  return /(?:^|[^\p{L}])(?:в|с|до|по|от|in|since|from|by|of|until|year)\s+$/iu.test(before);
}

function findWritten(text: string, digits: readonly Figure[]): Figure[] {
  const tokens = tokenize(text);
  const figures: Figure[] = [];
  let nextDigits = 0;
  for (let at = 0; at < tokens.length; at += 1) {
    const read = readWritten(text, tokens, at);
    if (read === null) continue;
    const start = tokens[at]?.start ?? 0;
    const end = tokens[at + read.length - 1]?.end ?? start;
    while ((digits[nextDigits]?.end ?? Infinity) <= start) nextDigits += 1;
    if (end > (digits[nextDigits]?.start ?? Infinity)) continue;
    const { unit, noun, unitLength } = readCounted(text, start, end);
    const bound = readBound(text.slice(0, start));
    const unitEnd = end + unitLength;
    const values = [read.value];
    figures.push({
      values,
      unit: read.isShare === true ? shareUnit(unit) : unit,
      noun,
      isWritten: true,
      version: null,
      bound,
      start,
      end,
      unitEnd,
    });
    at += read.length - 1;
  }
  return figures;
}

function readWritten(text: string, tokens: readonly Token[], at: number): NumberPhrase | null {
  const token = tokens[at];
  if (token === undefined) return null;
  const raw = text.slice(token.start, token.end);
  // A lone letter is a number only of a century.
  const isOfCentury = /^(?:век[а-я]{0,2}|вв?|столети[а-я]*|centur(?:y|ies))$/u.test(
    tokens[at + 1]?.word ?? '',
  );
  const roman = romanValue(raw) ?? (isOfCentury ? (loneRoman.get(raw) ?? null) : null);
  if (roman !== null) return { value: roman, length: 1 };
  const previous = tokens[at - 1]?.word ?? '';
  // "per second" and "a second later" measure time.
  const ordinal = /^(?:per|a|each|every)$|^\d/u.test(previous) ? null : ordinalValue(token.word);
  if (ordinal !== null) return { value: ordinal, length: 1 };
  return readNumberPhrase(tokens, at);
}

const loneRoman = new Map([
  ['I', 1],
  ['V', 5],
  ['X', 10],
]);
