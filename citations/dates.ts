/** A day or a month as written; what the text leaves out is null. */
export interface DateMention {
  year: number | null;
  /** 1 to 12. */
  month: number;
  day: number | null;
  /** `03/04/2024` may be read either way. */
  isAmbiguous: boolean;
  start: number;
  end: number;
}

/**
 * Dates in a Russian or English text, in order: 12 марта 2024, March 12, 2024, 2024-03-12, 12.03.2024,
 * «5–7 марта» (two dates), «март 2024». A year by itself is a figure.
 */
export function findDates(text: string): DateMention[] {
  const dates = patterns.flatMap(([pattern, read]) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const start = match.index;
      const end =
        start + match[0].length + yearWordAfter(text.slice(start + match[0].length), match[0]);
      return read(match.groups ?? {})
        .filter(isPossible)
        .map((date) => Object.assign(date, { start, end }));
    }),
  );
  // The longest reading of a place wins: "March 12, 2024" over "March 12".
  dates.sort((one, other) => one.start - other.start || other.end - one.end);
  const kept: DateMention[] = [];
  for (const date of dates) {
    const last = kept.at(-1);
    const isSamePlace = last?.start === date.start && last.end === date.end;
    if (last === undefined || date.start >= last.end || isSamePlace) kept.push(date);
  }
  return kept;
}

/** `same` when the passage says all that the claim says, `vague` when it leaves a part out. */
export function compareDates(
  claim: DateMention,
  found: DateMention,
): 'same' | 'vague' | 'different' {
  if (claim.year !== null && found.year !== null && claim.year !== found.year) return 'different';
  const isSwapped =
    (claim.isAmbiguous || found.isAmbiguous) &&
    claim.month === found.day &&
    claim.day === found.month;
  if (!isSwapped) {
    if (claim.month !== found.month) return 'different';
    if (claim.day !== null && found.day !== null && claim.day !== found.day) return 'different';
  }
  const leavesOut =
    (claim.year !== null && found.year === null) || (claim.day !== null && found.day === null);
  return leavesOut ? 'vague' : 'same';
}

/** «12 марта 2024 года»: the word goes with the year. */
function yearWordAfter(after: string, date: string): number {
  if (!/\d{4}$/u.test(date)) return 0;
  return /^\s(?:год[ау]?|годом|г\.?)(?!\p{L})/u.exec(after)?.[0].length ?? 0;
}

type Parts = Omit<DateMention, 'start' | 'end'>;
type Groups = Record<string, string | undefined>;

const russianMonths = 'янв фев мар апр ма июн июл авг сен окт ноя дек'.split(' ');
const englishMonths = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

const russianMonth =
  '(?<month>январ[а-я]+|феврал[а-я]+|март[а-я]{0,2}|апрел[а-я]+|ма[йяею]|июн[а-я]+|июл[а-я]+|август[а-я]{0,2}|сентябр[а-я]+|октябр[а-я]+|ноябр[а-я]+|декабр[а-я]+)(?![\\p{L}])';
// A capital tells the month from "may" and "march".
const englishMonth =
  '(?<month>(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)(?!\\p{L}))\\.?';
const day = '(?<![\\p{L}\\p{N}.,])(?<day>\\d{1,2})(?:st|nd|rd|th|-?го|-?е)?';
const until = '(?:\\s*(?:[-–—]|и|по|до|to|and)\\s*(?<last>\\d{1,2})(?:st|nd|rd|th|-?го)?)?';
const year = '(?<year>\\d{4})(?!\\d)';

const patterns: [RegExp, (groups: Groups) => Parts[]][] = [
  [new RegExp(`${day}${until}\\s+${russianMonth}(?:,?\\s+${year})?`, 'giu'), readWritten],
  [new RegExp(`(?<!\\p{L})${russianMonth}\\s+${year}`, 'giu'), readWritten],
  [new RegExp(`${day}${until}\\s+(?:of\\s+)?${englishMonth}(?:,?\\s+${year})?`, 'gu'), readWritten],
  [
    new RegExp(
      `(?<!\\p{L})${englishMonth}\\s+(?<day>\\d{1,2})(?:st|nd|rd|th)?(?!\\d)${until}(?!\\d)(?:,?\\s+${year})?`,
      'gu',
    ),
    readWritten,
  ],
  [new RegExp(`(?<!\\p{L})${englishMonth},?\\s+(?:of\\s+)?${year}`, 'gu'), readWritten],
  [/(?<![\d-])(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?![\d-])/gu, readNumeric],
  [
    /(?<![\d.,])(?<first>\d{1,2})\s*(?:[-–—]|по|до|и)\s*(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})(?![\d]|\.\d)/gu,
    readNumericRange,
  ],
  [/(?<![\d.])(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})(?![\d]|\.\d)/gu, readNumeric],
  [/(?<![\d/])(?<day>\d{1,2})\/(?<month>\d{1,2})\/(?<year>\d{4})(?![\d/])/gu, readSlashed],
];

function readWritten(groups: Groups): Parts[] {
  const name = (groups['month'] ?? '').toLowerCase();
  const russian = russianMonths.findIndex((month) => name.startsWith(month));
  const english = englishMonths.findIndex((month) => name.startsWith(month));
  // «Марта» begins like «мая» does.
  const month = (name.startsWith('мар') ? 2 : Math.max(russian, english)) + 1;
  const year = number(groups['year']);
  const days = groups['last'] === undefined ? [groups['day']] : [groups['day'], groups['last']];
  return days.map((day) => ({ year, month, day: number(day), isAmbiguous: false }));
}

function readNumeric(groups: Groups): Parts[] {
  const month = number(groups['month']) ?? 0;
  return [{ year: number(groups['year']), month, day: number(groups['day']), isAmbiguous: false }];
}

function readNumericRange(groups: Groups): Parts[] {
  return [...readNumeric({ ...groups, day: groups['first'] }), ...readNumeric(groups)];
}

function readSlashed(groups: Groups): Parts[] {
  const first = number(groups['day']) ?? 0;
  const second = number(groups['month']) ?? 0;
  const year = number(groups['year']);
  if (second > 12) return [{ year, month: first, day: second, isAmbiguous: false }];
  return [{ year, month: second, day: first, isAmbiguous: first <= 12 && first !== second }];
}

function isPossible({ month, day }: Parts): boolean {
  return month >= 1 && month <= 12 && (day === null || (day >= 1 && day <= 31));
}

function number(digits: string | undefined): number | null {
  return digits === undefined ? null : Number(digits);
}
