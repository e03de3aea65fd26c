import { createHash } from 'node:crypto';

/**
 * Questions whose answer came too late for the list of results, so that the chat to which its button
 * leads can answer them.
 */
export interface InlineQuestions {
  /** The parameter of /start that brings the question back: 1 to 64 letters, digits, `_` and `-`. */
  remember(userId: number, question: string): string;
  /** Null when it is not this person's, or no longer known. */
  recall(userId: number, startParameter: string): string | null;
  forget(userId: number): void;
}

export function createInlineQuestions({
  keepMs = 3_600_000,
  most = 1_000,
  now = Date.now,
}: {
  keepMs?: number;
  most?: number;
  /** Milliseconds. */
  now?: () => number;
} = {}): InlineQuestions {
  /** By parameter, the oldest first. */
  const questions = new Map<string, { userId: number; question: string; until: number }>();

  return {
    remember(userId, question) {
      const parameter = `${PREFIX}${hash(`${userId} ${question}`)}`;
      questions.delete(parameter);
      questions.set(parameter, { userId, question, until: now() + keepMs });
      for (const [known, { until }] of questions) {
        if (until > now() && questions.size <= most) break;
        questions.delete(known);
      }
      return parameter;
    },
    recall(userId, startParameter) {
      const known = questions.get(startParameter);
      const isTheirs = known !== undefined && known.userId === userId && known.until > now();
      return isTheirs ? known.question : null;
    },
    forget(userId) {
      for (const [parameter, known] of questions) {
        if (known.userId === userId) questions.delete(parameter);
      }
    },
  };
}

/** What the button of a hint brings along: no question, just that one came from a list of results. */
export const INLINE_START = 'inline';

const PREFIX = `${INLINE_START}-`;

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
