import type { Message } from 'grammy/types';

import type { FakeTelegram } from '../../../bot/demo/fake-telegram/fake-telegram.ts';
import { outcomeOf } from './outcome.ts';
import type { Outcome } from './outcome.ts';

/** What became of one question. */
export interface AskedQuestion {
  text: string;
  chatId: number;
  messageId: number;
  /** The first that came; null while there is none. */
  outcome: Outcome | null;
  /** Milliseconds from the asking to it. */
  afterMs: number;
}

export interface Crowd {
  /** All of them ask, in one moment. Resolves when each has been told something, or when aborted. */
  ask(options: { patience: AbortSignal }): Promise<AskedQuestion[]>;
  /** Milliseconds from the asking until it is seen in a chat that the question was heard. */
  typingTimes(): number[];
  /** How many questions have their answer twice in their chat. */
  duplicated(): number;
}

/** People in so many chats: a tenth of these are groups, in which three people ask. */
export function createCrowd(
  telegram: FakeTelegram,
  { chats, questions }: { chats: number; questions: readonly string[] },
): Crowd {
  const asked: AskedQuestion[] = [];
  const typingAfterMs = new Map<number, number>();
  const textFor = (number: number): string => questions[number % questions.length] ?? '';

  function write(text: string, options: Parameters<FakeTelegram['write']>[1]): void {
    const { chat, message_id: messageId } = telegram.write(text, options);
    asked.push({ text, chatId: chat.id, messageId, outcome: null, afterMs: 0 });
  }

  return {
    async ask({ patience }) {
      const groups = Math.round(chats / 10);
      const people = Array.from({ length: chats - groups }, () => telegram.createUser());
      const meetings = Array.from({ length: groups }, () => {
        const members = Array.from({ length: ASKERS_A_GROUP }, () => telegram.createUser());
        return { members, group: telegram.createGroup({ type: 'supergroup', members }) };
      });
      const { promise: done, resolve } = Promise.withResolvers<void>();
      let open = people.length + groups * ASKERS_A_GROUP;
      const unsubscribe = telegram.subscribe((event) => {
        if (event.type === 'typing' && !typingAfterMs.has(event.chatId)) {
          typingAfterMs.set(event.chatId, performance.now() - startedAt);
        }
        if (event.type !== 'message' && event.type !== 'edited') return;
        const outcome = outcomeIn(event.message);
        const question = outcome && asked.find((one) => isFor(event.message, one));
        if (!question || question.outcome !== null) return;
        question.outcome = outcome;
        question.afterMs = performance.now() - startedAt;
        open -= 1;
        if (open === 0) resolve();
      });
      patience.addEventListener('abort', () => resolve(), { once: true });
      const startedAt = performance.now();
      for (const [at, from] of people.entries()) write(textFor(at), { from });
      for (const [at, { group, members }] of meetings.entries()) {
        for (const [seat, from] of members.entries()) {
          const text = textFor(people.length + at * ASKERS_A_GROUP + seat);
          write(`@${telegram.bot.username} ${text}`, { from, chatId: group.id });
        }
      }
      await done;
      unsubscribe();
      return asked;
    },
    typingTimes: () => [...typingAfterMs.values()],
    duplicated() {
      return asked.filter((question) => {
        const outcomes = telegram
          .messages(question.chatId)
          .filter((message) => isFor(message, question))
          .map(outcomeIn)
          .filter((outcome) => outcome !== null && outcome !== 'unknown');
        return outcomes.length > 1;
      }).length;
    },
  };

  function outcomeIn(message: Message): Outcome | null {
    return message.from?.id === telegram.bot.id ? outcomeOf(message) : null;
  }
}

const ASKERS_A_GROUP = 3;

/** In a group an answer replies to its question; in a private chat only one question was asked. */
function isFor({ chat, reply_to_message: replied }: Message, question: AskedQuestion): boolean {
  if (chat.id !== question.chatId) return false;
  return chat.type === 'private' || replied?.message_id === question.messageId;
}
