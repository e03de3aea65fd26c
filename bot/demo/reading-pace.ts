import { setTimeout as delay } from 'node:timers/promises';

import type { AnswerEvent, Ask } from '../../generation/answer/answer-event.ts';

export interface ReadingPaceOptions {
  wordsPerSecond?: number;
  /** Resolves after the time, or as soon as the signal is aborted. */
  wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * The same answers, written as fast as one reads along. Quotes come all at once: at this pace one sees
 * them stream, and can stop them. A stop shows the sentence that it cuts in full, since the one who
 * wrote it had finished it.
 */
export function atReadingPace(
  ask: Ask,
  { wordsPerSecond = 25, wait = waitUnlessAborted }: ReadingPaceOptions = {},
): Ask {
  return async function* askAtReadingPace(request, options) {
    const { signal, stopWriting } = options;
    // Where nobody can stop it, as in inline mode, nobody watches it.
    if (stopWriting === undefined) {
      yield* ask(request, options);
      return;
    }
    const ends = AbortSignal.any([signal, stopWriting]);
    for await (const event of ask(request, options)) {
      if (event.type !== 'text-delta') {
        yield isStopped(event, stopWriting) ? { ...event, report: stoppedReport(event) } : event;
        continue;
      }
      for (const word of event.text.match(/\s*\S+\s*$|\s*\S+|\s+/gu) ?? []) {
        if (!ends.aborted) await wait(1000 / wordsPerSecond, ends);
        if (signal.aborted) break;
        yield { type: 'text-delta', text: word };
      }
    }
  };
}

type Answered = Extract<AnswerEvent, { type: 'answered' }>;

function isStopped(event: AnswerEvent, stopWriting: AbortSignal): event is Answered {
  return event.type === 'answered' && stopWriting.aborted;
}

function stoppedReport({ report }: Answered): Answered['report'] {
  return { ...report, stopped: true };
}

async function waitUnlessAborted(ms: number, signal: AbortSignal): Promise<void> {
  // Rejects when aborted, which only means that the wait is over.
  await delay(ms, undefined, { signal }).catch(() => {});
}
