import { DAY_MS } from '../state/usage.ts';
import type { Usage } from '../state/usage.ts';

/** Keeps one asker from taking everything. */
export interface QuestionLimits {
  /**
   * Counts a question when it may be asked; one that is refused is not counted. The same question is
   * counted once, however often its work begins.
   */
  allow(askerId: number, questionId: number): Allowance;
}

export type Allowance = { allowed: true } | QuestionRefusal;

export interface QuestionRefusal {
  allowed: false;
  /** Too many in 24 hours, or too many at a time. */
  reason: 'day' | 'burst';
  /** How many there may be. */
  limit: number;
  /** When the next may be asked. */
  retryAt: Date;
}

export interface QuestionLimitsOptions {
  usage: Usage;
  /** In any 24 hours. Null: no limit. */
  perDay: number | null;
  /** In any 60 seconds. */
  perMinute?: number;
  /** Who asks without limit. */
  isUnlimited?: (askerId: number) => boolean;
  now?: () => Date;
}

export function createQuestionLimits({
  usage,
  perDay,
  perMinute = 6,
  isUnlimited = () => false,
  now = () => new Date(),
}: QuestionLimitsOptions): QuestionLimits {
  return {
    allow(askerId, questionId) {
      if (isUnlimited(askerId) || usage.isCounted(questionId)) return { allowed: true };
      const asked = usage.lastDay(askerId);
      const refusals = [
        ...(perDay === null ? [] : refusalBy('day', asked, perDay, DAY_MS)),
        ...refusalBy('burst', asked, perMinute, MINUTE_MS),
      ].filter(({ retryAt }) => retryAt > now());
      const [last] = refusals.toSorted((one, other) => +other.retryAt - +one.retryAt);
      if (last !== undefined) return last;
      usage.count(askerId, questionId);
      return { allowed: true };
    },
  };
}

/** Nothing while fewer than `limit` were asked: then `asked`, the newest first, is too short. */
function refusalBy(
  reason: QuestionRefusal['reason'],
  asked: readonly Date[],
  limit: number,
  periodMs: number,
): QuestionRefusal[] {
  const oldest = asked[limit - 1];
  if (oldest === undefined) return [];
  return [{ allowed: false, reason, limit, retryAt: new Date(oldest.getTime() + periodMs) }];
}

const MINUTE_MS = 60 * 1000;
