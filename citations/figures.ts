import { isStopWord } from '../retrieval/text/stop-words.ts';
import { fold, stem, tokenize, type Token } from '../retrieval/text/terms.ts';
import { compareBounded, readBound, type Bound } from './claims/bounds.ts';
import { measureOf } from './claims/measures.ts';
import { readNumberPhrase } from './claims/number-phrases.ts';
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
  /** «около», "more than": the number is not meant exactly. */
  bound: Bound | null;
  start: number;
  end: number;
  /** The end of its unit, where that follows it; its own end otherwise. */
  unitEnd: number;
}

/** Figures of a Russian or English text, in order. Digits inside names («V3», «4o») are no figures. */
export function findFigures(text: string): Figure[] {
  const digits = findDigits(text);
  const written = findWritten(text, digits);
  return [...digits, ...written].toSorted((one, other) => one.start - other.start);
}

/**
 * `same` value in whatever unit, bounds included: «более 5 млн» is borne out by 5,2 млн. `close` where
 * the claim is more exact than what was found.
 */
export function compareFigures(claim: Figure, found: Figure): 'same' | 'close' | 'different' {
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
  return grades.has('close') ? 'close' : 'different';
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
    let unit = currencyBefore(text, start);
    const attached = /^\p{L}+/u.exec(text.slice(end))?.[0] ?? '';
    if (attached !== '') {
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
      const unit = looksLikeYear(text.slice(start, end)) ? 'year' : 'year-span';
      return { unit, noun: null, unitLength };
    }
    const unit = measurementUnit(word);
    if (unit === null) continue;
    const pace = readPace(after.slice(unitLength));
    if (pace === null) return { unit, noun, unitLength };
    return { unit: `${unit}/${pace.unit}`, noun, unitLength: unitLength + pace.length };
  }
  return { unit: null, noun, unitLength: 0 };
}

const phrases: [RegExp, string][] = [
  [/^[\s-]*per cent(?!\p{L})/iu, 'percent'],
  [
    /^\s?(?:%-?(?:ных|ный|ного) пункт\p{L}*|п\.\s?п\.|процентн\p{L}+ пункт\p{L}*|percentage points?)/iu,
    'percentage-point',
  ],
  [/^\s?(?:(?:кв\.? ?|square )(?:км|kilomet\p{L}+)|(?:km|км)(?:²|2(?!\d)))/iu, 'square-km'],
  [/^\s?(?:(?:кв\.? ?|square )(?:м|met\p{L}+)|(?:m|м)(?:²|2(?!\d)))(?!\p{L})/iu, 'square-m'],
];

/** «/ч», "per hour" after a unit. */
function readPace(after: string): { unit: string; length: number } | null {
  const match = /^\.?(?:\/| в | per | an? )(\p{L}+)/iu.exec(after);
  const unit = match === null ? null : perUnit(fold(match[1] ?? ''));
  return match === null || unit === null ? null : { unit, length: match[0].length };
}

function perUnit(word: string): string | null {
  if (/^(?:ч|h|час|hour)$/u.test(word)) return 'hour';
  if (/^(?:с|s|сек|секунду|second)$/u.test(word)) return 'second';
  return /^(?:мин|минуту|min|minute)$/u.test(word) ? 'minute' : null;
}

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
    figures.push({ values, unit, noun, isWritten: true, bound, start, end, unitEnd });
    at += read.length - 1;
  }
  return figures;
}

function readWritten(
  text: string,
  tokens: readonly Token[],
  at: number,
): { value: number; length: number } | null {
  const token = tokens[at];
  if (token === undefined) return null;
  const roman = romanValue(text.slice(token.start, token.end));
  if (roman !== null) return { value: roman, length: 1 };
  const previous = tokens[at - 1]?.word ?? '';
  // "per second" and "a second later" measure time.
  const ordinal = /^(?:per|a|each|every)$|^\d/u.test(previous) ? null : ordinalValue(token.word);
  if (ordinal !== null) return { value: ordinal, length: 1 };
  return readNumberPhrase(tokens, at);
}
