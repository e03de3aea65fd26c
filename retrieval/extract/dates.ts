/**
 * A date as pages write it, as ISO 8601 in UTC; a date without a time stays a date. Null for what
 * cannot be understood, lies before the web, or after the page was fetched.
 */
export function readDate(written: string | null | undefined, fetchedAt: string): string | null {
  if (written === null || written === undefined) return null;
  const text = written
    .trim()
    .replace(/^(?:\p{L}{2,12}),\s+(?=\d)/u, '')
    .replace(/\b(\d{1,2})(?:st|nd|rd|th)\b/iu, '$1');
  if (/^(?:\d{10}|\d{13})$/u.test(text)) {
    const time = Number(text.padEnd(13, '0'));
    return isPlausible(time, fetchedAt) ? new Date(time).toISOString() : null;
  }
  // 3/4/2026 is a day in March or in April.
  if (/^(?:0?[1-9]|1[0-2])\/(?:0?[1-9]|1[0-2])\/\d{4}/u.test(text)) return null;
  const day = dayOf(text);
  if (day !== null) return isPlausible(Date.parse(day), fetchedAt) ? day : null;
  // A day that the calendar does not have would roll over into the next month.
  if (/^\d{4}-\d{2}-\d{2}/u.test(text) && dayOf(text.slice(0, 10)) === null) return null;
  // Without these a bare «2» or «May» would parse to some year.
  if (text.length > 60 || !/\d{4}/u.test(text) || !/^[\d\p{L}]/u.test(text)) return null;
  const time = Date.parse(withZone(text));
  return isPlausible(time, fetchedAt) ? new Date(time).toISOString() : null;
}

/** A time without a zone is taken for UTC, so that this machine's own zone never shows. */
function withZone(text: string): string {
  const zoned = text.replace(/(\d)([+-]\d{2})(\d{2})$/u, '$1$2:$3');
  if (/^\d{4}-\d{2}-\d{2}[T ]/u.test(zoned)) {
    return /(?:z|[+-]\d{2}:\d{2})$/iu.test(zoned) ? zoned : `${zoned}Z`;
  }
  return /(?:\b[A-Z]{3,4}|z|[+-]\d{2}:\d{2})\)?$/iu.test(zoned) ? zoned : `${zoned} UTC`;
}

const dayMs = 86_400_000;
const earliest = Date.UTC(1990, 0, 1);

function isPlausible(time: number, fetchedAt: string): boolean {
  // A page of a later time zone may be dated a day ahead.
  return Number.isFinite(time) && time >= earliest && time <= Date.parse(fetchedAt) + dayMs;
}

function dayOf(text: string): string | null {
  const iso = /^(\d{4})[-/]?(\d{2})[-/]?(\d{2})$/u.exec(text);
  if (iso !== null) return calendarDay(iso[1], iso[2], iso[3]);
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:,?\s.*)?$/u.exec(text);
  if (dotted !== null) return calendarDay(dotted[3], dotted[2], dotted[1]);
  const named = /^(\d{1,2})\s+(\p{L}{3,})\.?,?\s+(\d{4})(?:\s*(?:г\.?|года))?(?:,?\s.*)?$/u.exec(
    text,
  );
  if (named !== null) {
    const month = russianMonths.findIndex((name) =>
      (named[2] ?? '').toLowerCase().startsWith(name),
    );
    if (month !== -1) return calendarDay(named[3], String((month % 12) + 1), named[1]);
  }
  return null;
}

const russianMonths = 'янв фев мар апр мая июн июл авг сен окт ноя дек'.split(' ');

function calendarDay(year = '', month = '', day = ''): string | null {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const time = Date.parse(`${text}T00:00:00Z`);
  // 31 February would roll over into March.
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(text) ? text : null;
}
