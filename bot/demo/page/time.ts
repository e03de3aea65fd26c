import type { Translate } from './translate.ts';

/** `09:05`, of seconds since 1970. */
export function clockTime(seconds: number): string {
  const date = new Date(seconds * 1000);
  const [hours, minutes] = [date.getHours(), date.getMinutes()];
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}

/** The day of a moment, so that two of one day are equal. */
export function dayOf(seconds: number): string {
  return new Date(seconds * 1000).toDateString();
}

/** A day above the messages of that day. */
export function dayName(seconds: number, language: string, t: Translate): string {
  const day = dayOf(seconds);
  const now = Date.now() / 1000;
  if (day === dayOf(now)) return t('page-today');
  if (day === dayOf(now - DAY)) return t('page-yesterday');
  return new Date(seconds * 1000).toLocaleDateString(language, { day: 'numeric', month: 'long' });
}

/** When the last message of a chat came: today the time, then the date. */
export function listTime(seconds: number, language: string): string {
  if (dayOf(seconds) === dayOf(Date.now() / 1000)) return clockTime(seconds);
  return new Date(seconds * 1000).toLocaleDateString(language, { day: 'numeric', month: 'short' });
}

const DAY = 24 * 60 * 60;
