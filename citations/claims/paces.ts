/** «/ч», "per month", «ежегодно» after a unit: the period, and how long the words are. */
export function readPace(after: string): { unit: string; length: number } | null {
  const match =
    /^\.?(?:\/| в | за | per | an? |\s+(?=ежесуточно|еже|annual|year|month|week|dai))(\p{L}+)/iu.exec(
      after,
    );
  const unit = match === null ? null : periodOf((match[1] ?? '').toLowerCase());
  return match === null || unit === null ? null : { unit, length: match[0].length };
}

/** Whether a unit counts by the calendar, and so may leave unsaid by what: 20 dollars are 20 a month. */
export function isCalendarPace(unit: string): boolean {
  return /\/(?:day|week|month-span|year-span)$/u.test(unit);
}

function periodOf(word: string): string | null {
  return periods.find(([, pattern]) => pattern.test(word))?.[0] ?? null;
}

const periods: [string, RegExp][] = [
  ['hour', /^(?:ч|h|hr|час|hour)$/u],
  ['second', /^(?:с|s|сек|секунду|second)$/u],
  ['minute', /^(?:мин|минуту|min|minute)$/u],
  ['day', /^(?:день|сутки|day|ежедневно|ежесуточно|daily)$/u],
  ['week', /^(?:неделю|нед|week|wk|еженедельно|weekly)$/u],
  ['month-span', /^(?:месяц|мес|month|mo|ежемесячно|monthly)$/u],
  ['year-span', /^(?:год|year|yr|ежегодно|annually|yearly|annum)$/u],
];
