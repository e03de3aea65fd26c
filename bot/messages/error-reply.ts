import type { AnswerReport, DeclineReason } from '../../generation/answer/answer-event.ts';
import type { Locale } from '../locales/locale.ts';

import { FormattedTextBuilder } from './formatted-text.ts';
import type { FormattedText } from './formatted-text.ts';
import { describePage } from './page-line.ts';
import { splitMessage } from './split.ts';

/** Why nothing was asked or nothing came of it, where the question itself is not to blame. */
export type Failure = 'failed' | 'timed-out' | 'stopped';

/** One honest sentence on why there is no answer. */
export function declineSentence(reason: DeclineReason, { t }: Locale): string {
  return t(`declined-${reason}`);
}

/** One honest sentence on what went wrong, without the detail that the log has. */
export function failureSentence(failure: Failure, { t }: Locale): string {
  return t(failure);
}

/** The sentence, and below it the pages that come closest where there are any. */
export function declinedReply(
  reason: DeclineReason,
  report: AnswerReport,
  locale: Locale,
): FormattedText[] {
  const out = new FormattedTextBuilder().append(declineSentence(reason, locale));
  if (report.closest.length > 0) {
    out.append(`\n\n${locale.t('closest')}`);
    for (const page of report.closest) out.append('\n• ').append(describePage(page, locale));
  }
  return splitMessage(out.build());
}
