/**
 * Reads when an editor wants something: «завтра в 9», «25.11 14:30», «через 2 часа», "tomorrow at 9am",
 * "in 40 minutes". A time without a day is the next one; by the clocks of the time zone. Null where it
 * says no moment of the coming year.
 */
export function readTime(
  text: string,
  { now, timeZone }: { now: Date; timeZone: string },
): Date | null {
  const words = inOneForm(text.trim().toLowerCase().replaceAll('ё', 'е').replaceAll(/\s+/gu, ' '));
  const at = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone);
  const found = readSpan(words, at) ?? readMoment(words, at);
  if (found === null) return null;
  const ms = found.epochMilliseconds;
  return ms > now.getTime() && ms < now.getTime() + YEAR_MS ? new Date(ms) : null;
}

const YEAR_MS = 366 * 86_400_000;

/** The part of the day after the hour, where it stands before it. */
function inOneForm(words: string): string {
  return words
    .replace(/^tonight$/u, 'today in the evening')
    .replace(/^tonight at (\d{1,2}(?:[:.]\d{2})?)$/u, 'today at $1pm')
    .replace(
      /(?<=^|[ ,])(утром|днем|вечером|ночью),? (?:в )?(\d{1,2}(?:[:.]\d{2})?)$/u,
      (_, part: string, time: string) => `в ${time} ${PARTS.get(part) ?? ''}`,
    );
}

const PARTS = new Map([
  ['утром', 'утра'],
  ['днем', 'дня'],
  ['вечером', 'вечера'],
  ['ночью', 'ночи'],
]);

function readSpan(words: string, at: Temporal.ZonedDateTime): Temporal.ZonedDateTime | null {
  const [, count = '', unit = ''] =
    /^(?:через|in)(?: (\d{1,3}|an?|пол|полтора))? ?(час\p{L}*|ч|hours?|h|мин\p{L}*|min\p{L}*|м|m|д(?:ень|ня|ней)|days?|недел\p{L}*|weeks?)$/u.exec(
      words,
    ) ?? [];
  if (unit === '') return null;
  const isHour = /^(?:ч|h)/u.test(unit);
  if (HALVES.has(count)) return isHour ? at.add({ minutes: HALVES.get(count) ?? 0 }) : null;
  const number = count === '' || /^an?$/u.test(count) ? 1 : Number(count);
  if (isHour) return at.add({ hours: number });
  if (/^[мm]/u.test(unit)) return at.add({ minutes: number });
  return at.add(/^(?:недел|week)/u.test(unit) ? { weeks: number } : { days: number });
}

/** Of an hour, in minutes. */
const HALVES = new Map([
  ['пол', 30],
  ['полтора', 90],
]);

function readMoment(words: string, at: Temporal.ZonedDateTime): Temporal.ZonedDateTime | null {
  for (const { pattern, read } of DAYS) {
    const match = pattern.exec(words);
    if (match === null) continue;
    const rest = words.slice(match[0].length).replace(/^[ ,]+/u, '');
    const time = readClock(rest);
    const date = read(match.groups ?? {}, at);
    // «18.45» is no day of any month.
    if (date === null && rest === '') break;
    if (time === null || date === null) return null;
    return date.toZonedDateTime({ timeZone: at.timeZoneId, plainTime: time });
  }
  const time = words === '' ? null : readClock(words);
  if (time === null) return null;
  const today = at.toPlainDate().toZonedDateTime({ timeZone: at.timeZoneId, plainTime: time });
  return Temporal.ZonedDateTime.compare(today, at) > 0 ? today : today.add({ days: 1 });
}

type Groups = Record<string, string | undefined>;

interface Day {
  pattern: RegExp;
  read: (groups: Groups, at: Temporal.ZonedDateTime) => Temporal.PlainDate | null;
}

const MONTHS =
  'янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec';
const WEEKDAYS = 'понед|втор|сред|четв|пятн|субб|воскр|mon|tue|wed|thu|fri|sat|sun';

const DAYS: readonly Day[] = [
  { pattern: /^(?:сегодня|today|tonight)/u, read: (_, at) => at.toPlainDate() },
  { pattern: /^(?:завтра|tomorrow)/u, read: (_, at) => at.toPlainDate().add({ days: 1 }) },
  {
    pattern: /^(?:послезавтра|the day after tomorrow)/u,
    read: (_, at) => at.toPlainDate().add({ days: 2 }),
  },
  {
    pattern: /^(?<year>20\d\d)-(?<month>\d\d)-(?<day>\d\d)/u,
    read: ({ year, month, day }) => dateOf(Number(year), Number(month), Number(day)),
  },
  {
    pattern: /^(?<day>\d{1,2})\.(?<month>\d{1,2})(?:\.(?<year>20\d\d|\d\d))?(?=[ ,]|$)/u,
    read: ({ day, month, year }, at) => inYear(Number(day), Number(month), year, at),
  },
  {
    pattern: new RegExp(
      String.raw`^(?<day>\d{1,2})(?:-?го|th|st|nd|rd)? (?<name>${MONTHS})\p{L}*\.?(?: (?<year>20\d\d))?(?=[ ,]|$)`,
      'u',
    ),
    read: ({ day, name, year }, at) => inYear(Number(day), monthOf(name), year, at),
  },
  {
    pattern: new RegExp(
      String.raw`^(?<name>${MONTHS})\p{L}*\.? (?<day>\d{1,2})(?:th|st|nd|rd)?(?:,? (?<year>20\d\d))?(?=[ ,]|$)`,
      'u',
    ),
    read: ({ day, name, year }, at) => inYear(Number(day), monthOf(name), year, at),
  },
  {
    pattern: new RegExp(String.raw`^(?:в |во |on |next )?(?<name>${WEEKDAYS})\p{L}*`, 'u'),
    read({ name }, at) {
      const wanted = (WEEKDAYS.split('|').indexOf(name ?? '') % 7) + 1;
      const days = (wanted - at.dayOfWeek + 7) % 7;
      return at.toPlainDate().add({ days: days === 0 ? 7 : days });
    },
  },
];

/** Without a year it is the next one of that day and month. */
function inYear(
  day: number,
  month: number,
  year: string | undefined,
  at: Temporal.ZonedDateTime,
): Temporal.PlainDate | null {
  if (year !== undefined) return dateOf(2000 + (Number(year) % 100), month, day);
  const thisYear = dateOf(at.year, month, day);
  if (thisYear === null) return dateOf(at.year + 1, month, day);
  const isOver = Temporal.PlainDate.compare(thisYear, at.toPlainDate()) < 0;
  return isOver ? dateOf(at.year + 1, month, day) : thisYear;
}

function dateOf(year: number, month: number, day: number): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
  } catch {
    return null;
  }
}

function monthOf(name: string | undefined): number {
  const names = MONTHS.split('|');
  return (names.findIndex((one) => new RegExp(`^${one}$`, 'u').test(name ?? '')) % 12) + 1;
}

const CLOCK =
  /^(?:в |at )?(?<hour>\d{1,2})(?:[:.](?<minute>\d{2}))?(?: ?(?<half>am|pm|утра|дня|вечера|ночи|ч(?:ас\p{L}*)?))?$/u;

/** A day without a time is its morning, or its evening where it says so. */
function readClock(text: string): Temporal.PlainTime | null {
  const words = text.replace(/[.!]+$/u, '');
  if (/^(?:утром|in the morning|morning|)$/u.test(words)) return new Temporal.PlainTime(10);
  if (/^(?:(?:в )?полдень|(?:at )?noon)$/u.test(words)) return new Temporal.PlainTime(12);
  if (/^(?:днем|in the afternoon)$/u.test(words)) return new Temporal.PlainTime(14);
  if (/^(?:вечером|in the evening|evening)$/u.test(words)) return new Temporal.PlainTime(20);
  const { hour, minute = '0', half = '' } = CLOCK.exec(words)?.groups ?? {};
  if (hour === undefined) return null;
  const isAfternoon = /^(?:pm|дня|вечера)$/u.test(half);
  const isMorning = /^(?:am|ночи)$/u.test(half);
  let hours = Number(hour);
  if (isAfternoon && hours < 12) hours += 12;
  if (isMorning && hours === 12) hours = 0;
  if (hours > 23 || Number(minute) > 59) return null;
  return new Temporal.PlainTime(hours, Number(minute));
}
