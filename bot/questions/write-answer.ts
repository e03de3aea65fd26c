import type { Logger } from 'pino';

import type {
  AnswerEvent,
  AnswerReport,
  Ask,
  AskRequest,
} from '../../generation/answer/answer-event.ts';
import type { Locale, Locales } from '../locales/locale.ts';
import { addNote } from '../messages/add-note.ts';
import { citedAnswer } from '../messages/cited-answer.ts';
import { declinedReply, failureSentence } from '../messages/error-reply.ts';
import type { Failure } from '../messages/error-reply.ts';
import type { FormattedText } from '../messages/formatted-text.ts';
import type { LiveMessage } from '../messages/live-message.ts';
import { readingFrame, searchingFrame, textFrame } from '../messages/live-text.ts';
import type { TurnStatus } from '../state/conversations.ts';

import type { ChatQuestion } from './chat-question.ts';
import { followEvents } from './follow-events.ts';
import type { QuestionSignals } from './question-desk.ts';
import type { OnStep } from './step.ts';

/** What is kept of an answer, and of a check just so. */
export type KeptReport = Pick<
  AnswerReport,
  'standaloneQuestion' | 'language' | 'answer' | 'sentences' | 'sources' | 'generator' | 'timingsMs'
> &
  Partial<Pick<AnswerReport, 'nextQuestions'>>;

/** What came of a question: an answer, or one honest sentence on why there is none. */
export interface WrittenAnswer {
  status: Exclude<TurnStatus, 'postponed'>;
  parts: FormattedText[];
  /** What of it is kept. Null when what answers broke. */
  report: KeptReport | null;
  /** That of the answer. */
  locale: Locale;
  /** False where nothing was asked that could be asked again. */
  hasButtons?: boolean;
}

export interface WriteAnswerOptions {
  ask: Ask;
  /** Whether a model is configured. */
  hasModel: boolean;
  locales: Locales;
  logger: Logger;
  /** Aborted when the program stops. */
  stopping: AbortSignal;
  answerTimeoutMs: number;
  onStep: OnStep;
}

/**
 * Follows the answer of a question, showing it as it grows. Resolves to `withdrawn` when it was, or
 * the program stops: then there is nothing to send.
 */
export async function writeAnswer(
  question: ChatQuestion,
  { request, signals, live }: { request: AskRequest; signals: QuestionSignals; live: LiveMessage },
  { ask, hasModel, locales, logger, stopping, answerTimeoutMs, onStep }: WriteAnswerOptions,
): Promise<WrittenAnswer | 'withdrawn'> {
  const timeout = AbortSignal.timeout(answerTimeoutMs);
  const signal = AbortSignal.any([stopping, timeout, signals.withdrawn]);
  let last: AnswerEvent | null = null;
  const isQuoted = !hasModel || question.settings.writer === 'quotes';
  let text = '';
  try {
    const events = ask(request, { signal, stopWriting: signals.stop });
    for await (const event of followEvents(events, signal)) {
      last = event;
      showProgress(event);
    }
  } catch (error) {
    if (!signal.aborted) logger.error({ err: error }, 'a question broke the answerer');
    last = null;
  }
  if (stopping.aborted || signals.withdrawn.aborted) return 'withdrawn';
  return outcomeOf(last);

  function showProgress(event: AnswerEvent): void {
    if (event.type === 'searching') {
      onStep('searching', question.id);
      live.show(searchingFrame(question.locale, event), { canWait: true });
    } else if (event.type === 'reading-files') {
      onStep('reading', question.id);
      live.show({
        text: question.locale.t('live-reading-file', { files: event.files }),
        entities: [],
      });
    } else if (event.type === 'reading') {
      onStep('reading', question.id);
      live.show(readingFrame(event.pages, question.locale));
    } else if (event.type === 'text-reset') {
      text = '';
      live.show(searchingFrame(question.locale), { canWait: true });
    } else if (event.type === 'text-delta') {
      if (text === '') onStep('writing', question.id);
      text += event.text;
      live.show(textFrame(text, { isQuoted }));
    }
  }

  function outcomeOf(event: AnswerEvent | null): WrittenAnswer {
    const report = event !== null && 'report' in event ? event.report : null;
    const locale = localeOf(report);
    if (report !== null && report.degraded.length > 0) {
      logger.warn({ degraded: report.degraded }, 'not everything worked for a question');
    }
    if (event?.type === 'answered') {
      const parts = withNote(render(event.report, locale), locale);
      const status = event.report.stopped ? 'stopped' : 'answered';
      if (parts.length > 0) return { status, parts, report, locale };
    }
    if (event?.type === 'declined') {
      const parts = withNote(declinedReply(event.reason, event.report, locale), locale);
      const hasButtons = event.reason !== 'no-question';
      return { status: 'declined', parts, report, locale, hasButtons };
    }
    if (signals.stop.aborted) {
      const parts = [{ text: locale.t('stopped-by-reader'), entities: [] }];
      return { status: 'stopped', parts, report: null, locale };
    }
    if (event?.type === 'failed') logger.error({ err: event.error }, 'a question failed');
    const failure: Failure = timeout.aborted ? 'timed-out' : 'failed';
    const parts = [{ text: failureSentence(failure, locale), entities: [] }];
    return { status: 'failed', parts, report: null, locale };
  }

  /** Who chose a language for the interface has it everywhere; else it is that of the question. */
  function localeOf(report: AnswerReport | null): Locale {
    if (question.settings.language !== 'auto') return question.locale;
    if (report === null || report.language === 'other') return question.locale;
    return locales[report.language];
  }

  /** Who sent a picture would think that it was looked at. */
  function withNote(parts: FormattedText[], locale: Locale): FormattedText[] {
    const { unseen } = question;
    if (unseen === null || parts.length === 0) return parts;
    return addNote(parts, locale.t('note-unseen', { kind: unseen }));
  }

  function render(report: AnswerReport, locale: Locale): FormattedText[] {
    try {
      return citedAnswer(report, locale);
    } catch (error) {
      logger.error({ err: error }, 'an answer could not be rendered');
      return [];
    }
  }
}
