import type { Difference } from '../../citations/find-difference.ts';
import type { Locale } from '../locales/locale.ts';

/** What a claim has otherwise than its source, in one plain phrase. */
export function differenceSentence({ kind, claimed, found }: Difference, { t }: Locale): string {
  if (kind === 'negation') return t('differs-negation');
  if (found === null) return t('differs-absent', { claimed });
  return t('differs', { claimed, found });
}
