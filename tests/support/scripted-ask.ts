import type { AnswerEvent, Ask, AskRequest } from '../../generation/answer/answer-event.ts';

export interface ScriptedAsk {
  ask: Ask;
  /** Every question that was asked, in order. */
  readonly requests: readonly AskRequest[];
}

/** What happens to one question: events in order, or a function of the question that makes them. */
export type Script =
  | readonly AnswerEvent[]
  | ((request: AskRequest, signal: AbortSignal) => AsyncIterable<AnswerEvent>);

/** An ask that plays one script a question, the last for all that follow. */
export function scriptedAsk(...scripts: Script[]): ScriptedAsk {
  const requests: AskRequest[] = [];
  return {
    requests,
    async *ask(request, { signal }) {
      const script = scripts[Math.min(requests.length, scripts.length - 1)] ?? [];
      requests.push(request);
      yield* typeof script === 'function' ? script(request, signal) : script;
    },
  };
}
