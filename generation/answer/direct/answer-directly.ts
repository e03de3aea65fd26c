import { ModelError } from '../../models/chat-model.ts';
import type { AnswerEvent, AnswerReport, AskRequest } from '../answer-event.ts';
import { upToWholeSentence } from '../whole-sentences.ts';

import type { DirectAnswerer } from './direct-answerer.ts';
import { isCourtesyAlone, isPlainlyDirect, needsSearch } from './needs-search.ts';

export interface AnswerDirectlyOptions {
  request: AskRequest;
  /** Written into. */
  report: AnswerReport;
  answerer: DirectAnswerer;
  /** Ends everything. */
  signal: AbortSignal;
  /** The reader has seen enough. */
  stopWriting: AbortSignal | null;
  onFirstToken: () => void;
  onFailure: (what: string, error: unknown) => void;
}

/** Whether a message is answered by a model alone, where there is one. */
export function isForModelAlone({ question, files }: AskRequest): boolean {
  return (
    question.length <= longestMessage &&
    files?.order !== 'alone' &&
    /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(question) &&
    !needsSearch(question) &&
    (files === undefined || isPlainlyDirect(question))
  );
}

/** In UTF-16 units: what is to be rewritten may be longer than a question. */
const longestMessage = 8000;

/**
 * Lets the model answer without a search. Null, with nothing left shown: it finds that the message has
 * to be looked up. @throws {ModelError} but after a greeting, which needs no model to be answered.
 */
export async function* answerDirectly({
  request,
  report,
  answerer,
  signal,
  stopWriting,
  onFirstToken,
  onFailure,
}: AnswerDirectlyOptions): AsyncGenerator<AnswerEvent, AnswerEvent | null> {
  const { question: message, length, history = [] } = request;
  const halted = stopWriting === null ? signal : AbortSignal.any([signal, stopWriting]);
  const { generator } = report;
  let written = '';
  report.generator = answerer.name;
  try {
    const asked = { message, language: report.language, length, history };
    for await (const event of answerer.answer(asked, { signal: halted })) {
      halted.throwIfAborted();
      if (event.type === 'fallback') {
        onFailure('model', event.error);
        report.degraded.push(event.error.message);
        report.generator = event.to;
      } else if (event.type === 'declined') {
        if (written !== '') yield { type: 'text-reset' };
        report.generator = generator;
        return null;
      } else {
        onFirstToken();
        written += event.text;
        yield event;
      }
    }
  } catch (error) {
    const isStopped = stopWriting?.aborted === true && !signal.aborted;
    const kept = isStopped ? upToWholeSentence(written) : '';
    if (kept !== '') return answered(kept, { isStopped: true });
    if (written !== '') yield { type: 'text-reset' };
    if (halted.aborted || !(error instanceof ModelError)) throw error;
    onFailure('model', error);
    report.degraded.push(error.message);
    report.generator = generator;
    if (!isCourtesyAlone(message)) throw error;
    return { type: 'declined', reason: 'no-question', report };
  }
  return answered(written.trim(), { isStopped: false });

  function answered(answer: string, { isStopped }: { isStopped: boolean }): AnswerEvent {
    Object.assign(report, { answer, isDirect: true, stopped: isStopped });
    return { type: 'answered', report };
  }
}
