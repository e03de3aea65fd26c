import type { AskRequest } from '../../generation/answer/answer-event.ts';
import { SYSTEM_CLOCK, wait } from '../telegram/clock.ts';
import type { Clock } from '../telegram/clock.ts';

import type { Outcome, SharedAnswers } from './shared-answers.ts';
import { TypedQuestions } from './typed-questions.ts';

/** What to say to one who types. `late`: the answer takes longer than a list of results is waited for. */
export type Told = Outcome | { type: 'late' } | { type: 'not-allowed' };

/** Answers what people type into the line of an app, which sends a query with every few letters. */
export interface InlineAsker {
  /** Resolves to null when the same person has sent another query meanwhile. */
  ask(query: InlineQuery): Promise<Told | null>;
  /** The person has sent something that is no question. */
  giveUp(userId: number): void;
}

export interface InlineQuery {
  userId: number;
  /** Of its update. */
  id: number;
  request: AskRequest;
}

export interface InlineAskerOptions {
  answers: SharedAnswers;
  /**
   * Counts a question of this person's, and says whether it may be asked. It comes with one id however
   * often its typing pauses. What is answered already is not counted.
   */
  allow?: (userId: number, questionId: number) => boolean;
  /** How long nothing is typed before a query counts as a question. */
  quietMs?: number;
  /** From a query to its answer, the quiet included. */
  deadlineMs?: number;
  clock?: Clock;
}

export function createInlineAsker({
  answers,
  allow = () => true,
  quietMs = 600,
  deadlineMs = 9_000,
  clock = SYSTEM_CLOCK,
}: InlineAskerOptions): InlineAsker {
  const latest = new Map<number, AbortController>();
  const typed = new TypedQuestions();

  async function tell(
    { userId, id, request }: InlineQuery,
    { known, superseded }: { known: ReturnType<SharedAnswers['wait']>; superseded: AbortSignal },
  ): Promise<Told> {
    const answered = new AbortController();
    const isLate = wait(clock, deadlineMs, AbortSignal.any([superseded, answered.signal]));
    isLate.catch(() => {});
    if (known === null) await wait(clock, quietMs, superseded);
    const isFree = known !== null || answers.has(request);
    const text = request.question.trim().toLowerCase();
    const questionId = typed.idOf(userId, { id, text, now: clock.now() });
    if (!isFree && !allow(userId, questionId)) return { type: 'not-allowed' };
    const waiting = known ?? answers.wait(request);
    if (waiting === null) return { type: 'late' };
    try {
      const told = await Promise.race([
        waiting.outcome,
        isLate.then((): Told => ({ type: 'late' })),
      ]);
      // Who types it again a little later finds it done.
      if (told.type === 'late') waiting.leave({ goOn: true });
      return told;
    } finally {
      waiting.leave();
      answered.abort();
    }
  }

  return {
    async ask(query) {
      const { userId, request } = query;
      // Before the earlier query is given up: the work that it waited for may be the same.
      const known = answers.has(request) ? answers.wait(request) : null;
      latest.get(userId)?.abort();
      const own = new AbortController();
      latest.set(userId, own);
      try {
        return await tell(query, { known, superseded: own.signal });
      } catch (error) {
        if (own.signal.aborted) return null;
        throw error;
      } finally {
        known?.leave();
        if (latest.get(userId) === own) latest.delete(userId);
      }
    },
    giveUp(userId) {
      latest.get(userId)?.abort();
      latest.delete(userId);
    },
  };
}
