import type { TurnRecord } from '../../bot/state/conversations.ts';

import { answerReport } from './answer-report.ts';

/** A turn as it is recorded, with what the test sets about it. */
export function turnRecord({
  chatId = 77,
  askerId = chatId,
  question = 'Кто открыл пенициллин?',
  answer = 'Флеминг [1].',
  status = 'answered',
  totalMs = 100,
}: {
  chatId?: number;
  askerId?: number;
  question?: string;
  answer?: string;
  status?: TurnRecord['status'];
  totalMs?: number | null;
} = {}): TurnRecord {
  return {
    place: {
      chatId,
      kind: chatId < 0 ? 'group' : 'private',
      threadId: null,
      messageId: 1,
    },
    askerId,
    length: 'short',
    status,
    report: {
      ...answerReport({ question, standaloneQuestion: question, answer }),
      generator: 'extractive',
      totalMs,
    },
  };
}
