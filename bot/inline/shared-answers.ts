import type {
  AnswerEvent,
  AnswerReport,
  Ask,
  AskRequest,
  DeclineReason,
} from '../../generation/answer/answer-event.ts';
import { SYSTEM_CLOCK } from '../telegram/clock.ts';
import type { Clock } from '../telegram/clock.ts';

/** What came of a question. */
export type Outcome =
  | { type: 'answered'; report: AnswerReport }
  | { type: 'declined'; reason: DeclineReason }
  | { type: 'failed' };

/** One who waits for an answer. */
export interface Waiting {
  /** Never rejects. */
  outcome: Promise<Outcome>;
  /** Waits no longer. Work that nobody waits for ends, unless it is to go on for who asks next. */
  leave(options?: { goOn?: boolean }): void;
}

/** Answers that several people may wait for, and that are remembered for a while. */
export interface SharedAnswers {
  /** Whether the answer is remembered or on its way: then it costs nothing more. */
  has(request: AskRequest): boolean;
  /** Null when as many questions are being answered as may be. */
  wait(request: AskRequest): Waiting | null;
}

export interface SharedAnswersOptions {
  ask: Ask;
  /** Aborted when the program stops. */
  stopping?: AbortSignal;
  clock?: Clock;
  /** How long an answer is remembered. */
  keepMs?: number;
  /** How many are remembered. */
  mostKept?: number;
  /** How many questions are answered at once. */
  concurrency?: number;
  /** The longest that a question may take, whoever waits. */
  timeoutMs?: number;
}

interface Run {
  outcome: Promise<Outcome>;
  end: AbortController;
  waiting: number;
  goesOn: boolean;
}

/**
 * The same question is answered once: for those who ask while it is being answered, and from memory
 * afterwards. What was declined or failed, or was to come from a model and did not, is not remembered.
 */
export function createSharedAnswers({
  ask,
  stopping = new AbortController().signal,
  clock = SYSTEM_CLOCK,
  keepMs = 600_000,
  mostKept = 200,
  concurrency = 8,
  timeoutMs = 60_000,
}: SharedAnswersOptions): SharedAnswers {
  const kept = new Map<string, { outcome: Outcome; until: number }>();
  const runs = new Map<string, Run>();

  function find(key: string): Outcome | null {
    const found = kept.get(key);
    if (found === undefined) return null;
    kept.delete(key);
    if (found.until <= clock.now()) return null;
    // A map keeps its order: the first is the one that was asked for least recently.
    kept.set(key, found);
    return found.outcome;
  }

  function keep(key: string, outcome: Outcome): void {
    if (outcome.type !== 'answered' || outcome.report.modelFailed) return;
    kept.set(key, { outcome, until: clock.now() + keepMs });
    for (const oldest of [...kept.keys()].slice(0, -mostKept)) kept.delete(oldest);
  }

  function begin(key: string, request: AskRequest): Run {
    const end = new AbortController();
    const run: Run = { outcome: work(), end, waiting: 0, goesOn: false };
    runs.set(key, run);
    return run;

    async function work(): Promise<Outcome> {
      const cancelTimer = clock.after(timeoutMs, () => end.abort());
      try {
        const outcome = await follow(ask, request, AbortSignal.any([end.signal, stopping]));
        keep(key, outcome);
        return outcome;
      } finally {
        cancelTimer();
        if (runs.get(key) === run) runs.delete(key);
      }
    }
  }

  return {
    has(request) {
      const key = keyOf(request);
      return runs.has(key) || find(key) !== null;
    },
    wait(request) {
      const key = keyOf(request);
      const known = find(key);
      if (known !== null) return { outcome: Promise.resolve(known), leave() {} };
      const underWay = runs.get(key);
      if (underWay === undefined && runs.size >= concurrency) return null;
      const run = underWay ?? begin(key, request);
      run.waiting += 1;
      let hasLeft = false;
      return {
        outcome: run.outcome,
        leave({ goOn = false } = {}) {
          if (hasLeft) return;
          hasLeft = true;
          run.waiting -= 1;
          run.goesOn ||= goOn;
          if (run.waiting > 0 || run.goesOn) return;
          // Whoever asks the same now must not be given the end of this.
          if (runs.get(key) === run) runs.delete(key);
          run.end.abort();
        },
      };
    },
  };
}

/** As far as the last event; to the end of the signal for work that ignores it. */
async function follow(ask: Ask, request: AskRequest, signal: AbortSignal): Promise<Outcome> {
  const { promise: aborted, resolve } = Promise.withResolvers<Outcome>();
  signal.addEventListener('abort', () => resolve({ type: 'failed' }), { once: true });
  if (signal.aborted) return { type: 'failed' };
  return Promise.race([lastOf(ask(request, { signal })), aborted]);
}

async function lastOf(events: AsyncIterable<AnswerEvent>): Promise<Outcome> {
  let outcome: Outcome = { type: 'failed' };
  for await (const event of events) {
    if (event.type === 'answered') outcome = { type: 'answered', report: event.report };
    if (event.type === 'declined') outcome = { type: 'declined', reason: event.reason };
  }
  return outcome;
}

/** The same question, whatever the case, the spaces and the mark at its end. */
function keyOf({ question, length, quotesOnly = false }: AskRequest): string {
  const normalised = question
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/\s+/gu, ' ')
    .replace(/[\s?!.…]+$/u, '')
    .trim();
  return JSON.stringify([normalised, length, quotesOnly]);
}
