import type { Locale } from '../locales/locale.ts';

/** A moment as a person would say it today: «сегодня в 20:00», "tomorrow at 10:00", «25 ноября в 14:30». */
export function sayTime(
  at: Date,
  { now, timeZone, locale }: { now: Date; timeZone: string; locale: Locale },
): string {
  const zoned = (moment: Date): Temporal.ZonedDateTime =>
    Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(timeZone);
  const [then, today] = [zoned(at), zoned(now)];
  const time = then.toPlainTime().toString({ smallestUnit: 'minute' });
  const days = today.toPlainDate().until(then.toPlainDate(), { largestUnit: 'day' }).days;
  const named = new Map([
    [-1, 'digest-yesterday'],
    [0, 'digest-today'],
    [1, 'digest-tomorrow'],
  ]).get(days);
  if (named !== undefined) return locale.t(named, { time });
  const date = new Intl.DateTimeFormat(locale.language, {
    day: 'numeric',
    month: 'long',
    ...(then.year === today.year ? {} : { year: 'numeric' }),
    timeZone,
  }).format(at);
  return locale.t('digest-on-date', { date, time });
}
