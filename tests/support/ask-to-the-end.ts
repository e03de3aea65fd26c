import { createLocales } from '../../bot/locales/locale.ts';
import { citedAnswer } from '../../bot/messages/cited-answer.ts';
import { declinedReply, failureSentence } from '../../bot/messages/error-reply.ts';
import type {
  AnswerEvent,
  AnswerReport,
  Ask,
  AskRequest,
} from '../../generation/answer/answer-event.ts';

export type Ending = Extract<AnswerEvent, { report: AnswerReport }>;

export interface Asked {
  events: AnswerEvent[];
  /** The last event, and the only one of its kind. */
  ending: Ending;
  report: AnswerReport;
  /** What stands on a screen that shows the text as it streams. */
  streamed: string;
  /** What a reader is sent in the end. */
  reply: string;
  ms: number;
}

/**
 * Asks one question and follows it to its end.
 * @throws {Error} when the events break what they promise: one ending, the last; the text that
 * streamed is the answer, unless citations may have been corrected.
 */
export async function askToTheEnd(
  ask: Ask,
  request: string | AskRequest,
  {
    signal = new AbortController().signal,
    isStreamedAsAnswered = true,
  }: { signal?: AbortSignal; isStreamedAsAnswered?: boolean } = {},
): Promise<Asked> {
  const startedAt = performance.now();
  const asked =
    typeof request === 'string' ? ({ question: request, length: 'short' } as const) : request;
  const events: AnswerEvent[] = [];
  let streamed = '';
  for await (const event of ask(asked, { signal })) {
    events.push(event);
    if (event.type === 'text-delta') streamed += event.text;
    if (event.type === 'text-reset') streamed = '';
  }
  const [ending, ...others] = events.filter((event) => 'report' in event);
  if (ending === undefined || others.length > 0 || events.at(-1) !== ending) {
    throw new Error(`not one ending: ${events.map(({ type }) => type).join(', ')}`);
  }
  const { report } = ending;
  if (isStreamedAsAnswered && ending.type === 'answered' && streamed !== report.answer) {
    throw new Error(`«${streamed}» was streamed, «${report.answer}» is the answer`);
  }
  const ms = performance.now() - startedAt;
  return { events, ending, report, streamed, reply: replyOf(ending), ms };
}

const locales = createLocales();

function replyOf(ending: Ending): string {
  const { report } = ending;
  const locale = report.language === 'other' ? locales.en : locales[report.language];
  if (ending.type === 'failed') return failureSentence('failed', locale);
  const messages =
    ending.type === 'answered'
      ? citedAnswer(report, locale)
      : declinedReply(ending.reason, report, locale);
  return messages.map(({ text }) => text).join('\n\n');
}
