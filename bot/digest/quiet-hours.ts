/** A part of each day in which nothing is posted. */
export interface QuietHours {
  /** When the quiet time ends that the moment lies in; null where it lies in none. */
  until(at: Date): Date | null;
}

export const NO_QUIET_HOURS: QuietHours = { until: () => null };

/**
 * Reads `22-8` or `22:30-08:00`, by the clocks of a time zone.
 * @throws {RangeError} with what is accepted, as the end of a sentence
 */
export function readQuietHours(text: string, timeZone: string): QuietHours {
  const [, from = '', to = ''] = /^\s*([\d:]+)\s*[-–—]\s*([\d:]+)\s*$/u.exec(text) ?? [];
  const start = readTime(from);
  const end = readTime(to);
  if (start === null || end === null || start.equals(end)) {
    throw new RangeError('must be two different times of the day, like 22-8 or 22:30-08:00');
  }
  const isOvernight = Temporal.PlainTime.compare(start, end) > 0;
  return {
    until(at) {
      const local = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(
        timeZone,
      );
      const time = local.toPlainTime();
      const isAfterStart = Temporal.PlainTime.compare(time, start) >= 0;
      const isBeforeEnd = Temporal.PlainTime.compare(time, end) < 0;
      if (isOvernight ? !isAfterStart && !isBeforeEnd : !isAfterStart || !isBeforeEnd) return null;
      const date = local.toPlainDate();
      // Where the clocks skip that time, it is the first moment after.
      const day = isOvernight && isAfterStart ? date.add({ days: 1 }) : date;
      const ends = day.toZonedDateTime({ timeZone, plainTime: end }).epochMilliseconds;
      // Where they show it twice, the first of the two may be over.
      return ends > at.getTime() ? new Date(ends) : null;
    },
  };
}

function readTime(text: string): Temporal.PlainTime | null {
  const [, hours = '', minutes = '0'] = /^(\d{1,2})(?::(\d{2}))?$/u.exec(text) ?? [];
  if (hours === '') return null;
  // Midnight has two names.
  const [hour, minute] = [Number(hours), Number(minutes)];
  if (hour === 24 && minute === 0) return new Temporal.PlainTime(0, 0);
  return hour < 24 && minute < 60 ? new Temporal.PlainTime(hour, minute) : null;
}
