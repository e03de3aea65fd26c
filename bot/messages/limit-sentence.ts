import type { Locale } from '../locales/locale.ts';
import type { QuestionRefusal } from '../questions/question-limits.ts';

/** That somebody has asked enough for now, and when they may go on. */
export function limitSentence(
  { reason, limit, retryAt }: Pick<QuestionRefusal, 'reason' | 'limit' | 'retryAt'>,
  { language, t }: Locale,
  now: Date,
): string {
  const [amount, unit] = roundedUp(retryAt.getTime() - now.getTime());
  const when = new Intl.RelativeTimeFormat(language).format(amount, unit);
  return t(`limit-${reason}`, { limit, when });
}

/** Up, so that whoever comes back then is not sent away once more. */
function roundedUp(ms: number): [number, 'second' | 'minute' | 'hour'] {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  if (seconds < 60) return [seconds, 'second'];
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? [minutes, 'minute'] : [Math.ceil(minutes / 60), 'hour'];
}
