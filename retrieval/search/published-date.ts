/**
 * A result's date as ISO 8601, or null. Takes ISO in its looser forms, and the Russian and English
 * ones that SearXNG writes: «1 апр. 2022 г.», "Apr 1, 2022", «2 часов, 5 минут назад». Without a
 * time zone only the day is certain, so only the day is given.
 */
export function parsePublishedDate(text: string, now: Date): string | null {
  const clean = text.trim().toLowerCase();
  return parseIso(clean) ?? parseNamedMonth(clean) ?? parseDotted(clean) ?? parseAge(clean, now);
}

function parseIso(text: string): string | null {
  const match =
    /^(\d{4})(?:-(\d{2})-(\d{2})(?:[t ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s?(z|[+-]\d{2}:?\d{2})?)?)?$/u.exec(
      text,
    );
  if (match === null) return null;
  const [, year = '', month = '01', dayOfMonth = '01', time, zone] = match;
  const date = day(Number(year), Number(month), Number(dayOfMonth));
  if (date === null || time === undefined || zone === undefined) return date;
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  const instant = new Date(`${date}T${time}${offset.toUpperCase()}`);
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString();
}

function parseNamedMonth(text: string): string | null {
  const dayFirst = /^(\d{1,2})\s+(\p{L}{3,})\.?,?\s+(\d{4})(?:\s*г\.?)?$/u.exec(text);
  if (dayFirst !== null) return day(Number(dayFirst[3]), monthOf(dayFirst[2]), Number(dayFirst[1]));
  const monthFirst = /^(\p{L}{3,})\.?\s+(\d{1,2}),?\s+(\d{4})$/u.exec(text);
  if (monthFirst === null) return null;
  return day(Number(monthFirst[3]), monthOf(monthFirst[1]), Number(monthFirst[2]));
}

/** Dotted dates put the day first wherever they are written; slashed ones do not agree. */
function parseDotted(text: string): string | null {
  const match = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:\s*г\.?)?$/u.exec(text);
  return match === null ? null : day(Number(match[3]), Number(match[2]), Number(match[1]));
}

function parseAge(text: string, now: Date): string | null {
  if (!/ago$|назад$/u.test(text)) return null;
  const amount = (unit: RegExp): number => Number(unit.exec(text)?.[1] ?? 0);
  const days = amount(/(\d+)\s*(?:day|дн|день)/u);
  const hours = amount(/(\d+)\s*(?:hour|час)/u);
  const minutes = amount(/(\d+)\s*(?:min|мин)/u);
  if (days + hours + minutes === 0) return null;
  return new Date(now.getTime() - ((days * 24 + hours) * 60 + minutes) * 60_000).toISOString();
}

function monthOf(name: string | undefined): number {
  const start = name?.slice(0, 3) ?? '';
  const russian = russianMonths.findIndex((month) => month.includes(start));
  return (russian === -1 ? englishMonths.indexOf(start) : russian) + 1;
}

const russianMonths = [
  ['янв'],
  ['фев'],
  ['мар'],
  ['апр'],
  ['май', 'мая'],
  ['июн'],
  ['июл'],
  ['авг'],
  ['сен'],
  ['окт'],
  ['ноя'],
  ['дек'],
];
const englishMonths = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** `2022-04-01`, or null for a day that no calendar has. */
function day(year: number, month: number, dayOfMonth: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, dayOfMonth));
  if (year < 1900 || month < 1 || date.getUTCMonth() !== month - 1) return null;
  return date.toISOString().slice(0, 10);
}
