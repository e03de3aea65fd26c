import type { AnswerReport } from '../../generation/answer/answer-event.ts';
import { splitSentences } from '../../retrieval/text/sentences.ts';
import type { Locale } from '../locales/locale.ts';

import { citedAnswer } from './cited-answer.ts';
import type { FormattedText } from './formatted-text.ts';
import { locateSentences, MARKER } from './locate-sentences.ts';

/**
 * An answer as one Telegram message. One that is too long ends with an ellipsis after as many whole
 * sentences as fit, with the sources that these cite. Null when the report holds no answer.
 */
export function singleMessage(report: AnswerReport, locale: Locale): FormattedText | null {
  const whole = citedAnswer(report, locale);
  if (whole.length <= 1) return whole[0] ?? null;
  for (const end of sentenceEnds(report.answer)) {
    const [message, ...others] = citedAnswer(shorten(report, end), locale);
    if (message !== undefined && others.length === 0) return message;
  }
  // A single sentence that fills more than a message: its first part has at least its links.
  return whole[0] ?? null;
}

/** Behind each sentence with its markers but the last, the last first. */
function sentenceEnds(answer: string): number[] {
  const ends = splitSentences(answer).map(({ end }) => {
    const markers = /^(?:\s*\[\d{1,3}\][.!?…]?)*/u.exec(answer.slice(end));
    return end + (markers?.[0].length ?? 0);
  });
  return ends.slice(0, -1).toReversed();
}

function shorten(report: AnswerReport, end: number): AnswerReport {
  const answer = report.answer.slice(0, end);
  const cited = new Set([...answer.matchAll(MARKER)].map(([, number]) => Number(number)));
  const texts = report.sentences.map(({ text }) => text);
  const before = locateSentences(report.answer, texts);
  const after = locateSentences(answer, texts);
  return {
    ...report,
    answer: `${answer} …`,
    // A claim that stands nowhere as it was checked is warned of apart from the text: that stays.
    sentences: report.sentences.filter((_, at) => after[at] !== null || before[at] === null),
    sources: report.sources.filter(({ number }) => cited.has(number)),
  };
}
