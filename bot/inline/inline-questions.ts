import { createHash } from 'node:crypto';

/**
 * Questions whose answer came too late for the list of results, so that the chat to which its button
 * leads can answer them.
 */
export interface InlineQuestions {
  /** The parameter of /start that brings the question back: 1 to 64 letters, digits, `_` and `-`. */
  remember(userId: number, question: string): string;
  /** Null when it is not this person's, or forgotten. */
  recall(userId: number, startParameter: string): string | null;
}

export function createInlineQuestions({ most = 1_000 }: { most?: number } = {}): InlineQuestions {
  const questions = new Map<string, string>();
  return {
    remember(userId, question) {
      const parameter = `${PREFIX}${hash(`${userId} ${question}`)}`;
      questions.delete(parameter);
      questions.set(parameter, question);
      for (const oldest of [...questions.keys()].slice(0, -most)) questions.delete(oldest);
      return parameter;
    },
    recall(userId, startParameter) {
      const question = questions.get(startParameter) ?? null;
      const isTheirs =
        question !== null && startParameter === `${PREFIX}${hash(`${userId} ${question}`)}`;
      return isTheirs ? question : null;
    },
  };
}

/** What the button of a hint brings along: no question, just that one came from a list of results. */
export const INLINE_START = 'inline';

const PREFIX = `${INLINE_START}-`;

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
