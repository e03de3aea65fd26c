import type { Language, RankedPassage } from '../../retrieval/passage.ts';

import type { FileTask } from './requested-files.ts';

/** `short` fits one phone screen (900 characters); `long` is what «Подробнее» gives. */
export type AnswerLength = 'short' | 'long';

export interface AnswerRequest {
  /** A question that stands by itself. */
  question: string;
  language: Language;
  /** Best first. The answer cites them as [1] for the first, [2] for the second. */
  passages: readonly RankedPassage[];
  length: AnswerLength;
  /** Whether the pages are to be told of as a whole. */
  wantsSummary?: boolean;
  /** Where the passages are source code: its language, and what is wanted beside an answer. */
  code?: { language: string | null; task: FileTask | null };
}

/**
 * Text carries markers of passage numbers. `declined` means that no passage answers; nothing follows
 * it. `fallback` comes before any text: a model failed, and the one named `to` writes instead.
 */
export type AnswererEvent =
  | { type: 'fallback'; error: Error; to: string }
  | { type: 'text-delta'; text: string }
  | { type: 'declined' };

/** Writes an answer from passages. Contract: tests/contracts/answerer.ts. */
export interface Answerer {
  /** `extractive`, or the model's name. */
  readonly name: string;
  /** @throws {ModelError} when a model is behind it and failed. */
  answer(request: AnswerRequest, options: { signal: AbortSignal }): AsyncIterable<AnswererEvent>;
}
