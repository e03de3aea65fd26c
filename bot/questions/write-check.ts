import type { CitedSentence } from '../../citations/citation.ts';
import type {
  Check,
  CheckedClaim,
  CheckEvent,
  CheckReport,
} from '../../generation/check/check-event.ts';
import type { FoundClaim } from '../../generation/check/find-claims.ts';
import { checkFrame, checkReply, numberPages } from '../messages/check-report.ts';
import { failureSentence } from '../messages/error-reply.ts';
import { addNote } from '../messages/add-note.ts';
import type { FormattedText } from '../messages/formatted-text.ts';
import type { LiveMessage } from '../messages/live-message.ts';

import type { ChatQuestion } from './chat-question.ts';
import { followEvents } from './follow-events.ts';
import type { QuestionSignals } from './question-desk.ts';
import type { KeptReport, WriteAnswerOptions, WrittenAnswer } from './write-answer.ts';

export interface WriteCheckOptions extends Pick<
  WriteAnswerOptions,
  'logger' | 'stopping' | 'answerTimeoutMs' | 'onStep'
> {
  check: Check;
}

/**
 * Follows the check of a message, showing each claim as it is decided. Resolves to `withdrawn` when it
 * was, or the program stops: then there is nothing to send.
 */
export async function writeCheck(
  question: ChatQuestion,
  { signals, live }: { signals: QuestionSignals; live: LiveMessage },
  { check, logger, stopping, answerTimeoutMs, onStep }: WriteCheckOptions,
): Promise<WrittenAnswer | 'withdrawn'> {
  const { id, text: message, checked, locale } = question;
  const timeout = AbortSignal.timeout(answerTimeoutMs);
  const signal = AbortSignal.any([stopping, timeout, signals.withdrawn]);
  const decided = new Map<number, CheckedClaim>();
  let found: readonly FoundClaim[] = [];
  let last: CheckEvent | null = null;
  live.show({ text: locale.t('check-begins'), entities: [] });
  onStep('searching', id);
  try {
    const request = { message, ownPages: checked?.ownPages ?? [] };
    const events = check(request, { signal, stopChecking: signals.stop });
    for await (const event of followEvents(events, signal)) {
      last = event;
      if (event.type === 'claims-found') {
        found = event.claims;
        onStep('reading', id);
      } else if (event.type === 'claim-checked') {
        if (decided.size === 0) onStep('writing', id);
        decided.set(event.at, event.claim);
      } else continue;
      live.show(checkFrame(found, new Map(decided), locale));
    }
  } catch (error) {
    if (!signal.aborted) logger.error({ err: error }, 'a message broke the checker');
    last = null;
  }
  if (stopping.aborted || signals.withdrawn.aborted) return 'withdrawn';
  return outcomeOf(last);

  function outcomeOf(event: CheckEvent | null): WrittenAnswer {
    if (event?.type === 'nothing-to-check') {
      return {
        status: 'declined',
        parts: [plain(locale.t(`check-${event.reason}`))],
        report: null,
        locale,
      };
    }
    if (event?.type === 'failed' && !timeout.aborted) {
      logger.error({ err: event.error }, 'a check failed');
    }
    const report = event?.type === 'checked' ? event.report : cutShort();
    if (report === null) {
      const failure = timeout.aborted ? 'timed-out' : 'failed';
      const status = signals.stop.aborted ? 'stopped' : 'failed';
      const sentence = signals.stop.aborted
        ? locale.t('stopped-by-reader')
        : failureSentence(failure, locale);
      return { status, parts: [plain(sentence)], report: null, locale };
    }
    if (report.degraded.length > 0) {
      logger.warn({ degraded: report.degraded }, 'not everything worked for a check');
    }
    const isDecided = report.claims.some(({ evidence }) => evidence.length > 0);
    const status = report.stopped ? 'stopped' : isDecided ? 'answered' : 'declined';
    return { status, parts: withNote(checkReply(report, locale)), report: keptOf(report), locale };
  }

  /** What was decided by then is worth showing. */
  function cutShort(): CheckReport | null {
    if (decided.size === 0) return null;
    const reason = timeout.aborted ? 'too-late' : 'failed';
    const claims = found.map(
      ({ text }, at): CheckedClaim =>
        decided.get(at) ?? {
          text,
          verdict: 'unchecked',
          reason,
          evidence: [],
          isSecondOpinion: false,
        },
    );
    const language = found[0]?.language ?? 'other';
    const timingsMs = { total: answerTimeoutMs };
    return { message, language, claims, leftOut: 0, stopped: false, degraded: [], timingsMs };
  }

  function withNote(parts: FormattedText[]): FormattedText[] {
    return question.unseen === null
      ? parts
      : addNote(parts, locale.t('check-note-unseen', { kind: question.unseen }));
  }
}

function plain(text: string): FormattedText {
  return { text, entities: [] };
}

/** As an answer is kept: one sentence a claim, its page as a source. */
function keptOf({ message, language, claims, timingsMs }: CheckReport): KeptReport {
  const sources = numberPages(claims);
  const numberOf = new Map(sources.map(({ url, number }) => [url, number]));
  const sentences = claims.map(({ text, verdict, evidence }): CitedSentence => {
    const quotes = evidence.map(({ quote, quoteUrl, place, page }) => {
      return { source: numberOf.get(page.url) ?? 0, quote, quoteUrl, place };
    });
    return {
      text,
      citations: quotes.map(({ source }) => source),
      quotes,
      support: verdict === 'confirmed' ? 1 : 0,
      verdict:
        verdict === 'confirmed' ? 'supported' : quotes.length > 0 ? 'contradicted' : 'uncited',
    };
  });
  const isDecided = sources.length > 0;
  const lines = sentences.map(({ text, citations }) =>
    [text, ...citations.map((number) => `[${number}]`)].join(' '),
  );
  return {
    standaloneQuestion: message,
    language,
    answer: isDecided ? lines.join('\n') : '',
    sentences,
    sources,
    generator: 'check',
    timingsMs: { search: 0, crawl: 0, rank: 0, firstToken: 0, total: timingsMs.total },
  };
}
