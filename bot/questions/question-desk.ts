import type { ChatQuestion } from './chat-question.ts';

/** Takes questions in, lets them wait their turn, and ends them when their reader has had enough. */
export interface QuestionDesk {
  /**
   * Resolves when the question has been dealt with: answered, declined, stopped or cancelled.
   * Rejects with what its work rejects with.
   */
  take(question: ChatQuestion): Promise<void>;
  /** Ends a question's writing, or takes it out of the line, on the wish of one who may. */
  stop(chatId: number, questionId: number, byId: number): Stopped;
  /** The same for all questions of a chat, or of one who asked there. Returns how many there were. */
  stopAll(chatId: number, askerId?: number): number;
  /** What a message asks that is in progress or waits. */
  asked(chatId: number, messageId: number): ChatQuestion | null;
  /** Ends the question that a message asked, without a word in the chat. Resolves to its id. */
  withdraw(chatId: number, messageId: number): Promise<number | null>;
  /** The same for all questions of a chat. Resolves when no work on them goes on. */
  withdrawAll(chatId: number): Promise<void>;
}

/** The reason of a withdrawn question's signal. */
export type WithdrawalReason = 'replaced' | 'forgotten';

export type Stopped = 'stopped' | 'cancelled' | 'unknown' | 'not-yours';

/** The work on one question. */
export interface QuestionWork {
  /** Its turn comes later: says so. Called at most once, before `answer`. */
  wait(question: ChatQuestion): Promise<void>;
  /** Its turn has come. */
  answer(question: ChatQuestion, signals: QuestionSignals): Promise<void>;
  /**
   * It will not be answered, since its reader took it back before its turn. Withdrawn means: without
   * a word, since another question takes its place.
   */
  cancelled(question: ChatQuestion, options: { isWithdrawn: boolean }): Promise<void>;
}

export interface QuestionSignals {
  /** The reader has seen enough. */
  stop: AbortSignal;
  /**
   * The question is withdrawn: nothing of it is to be shown. The reason is `replaced` when another takes
   * its place in the chat, else `forgotten`.
   */
  withdrawn: AbortSignal;
  /**
   * Does what few may do at once, when there is a place; null when the reader had enough before there
   * was one.
   */
  inPlace<T>(work: () => Promise<T>): Promise<T | null>;
  /** Whether no other question of the line waits or came before it: then the answer stands right below. */
  isAlone(): boolean;
}

export interface QuestionDeskOptions {
  work: QuestionWork;
  /** How many questions are answered at once, over all chats. */
  concurrency?: number;
}

interface Entry {
  question: ChatQuestion;
  line: string;
  stop: AbortController;
  withdrawn: AbortController;
  hasBegun: boolean;
  finished: Promise<void>;
}

/**
 * In a private chat questions are answered in their order. In a group each who asks has a line of
 * their own, so that one slow answer holds up nobody else's.
 */
export function createQuestionDesk({ work, concurrency = 24 }: QuestionDeskOptions): QuestionDesk {
  const lines = new Map<string, Entry[]>();
  const places = new Places(concurrency);

  function entries(): Entry[] {
    return [...lines.values()].flat();
  }

  function entryOf(chatId: number, messageId: number): Entry | undefined {
    return entries().find(
      ({ question: { place } }) => place.chatId === chatId && place.messageId === messageId,
    );
  }

  async function serve(entry: Entry, before: readonly Entry[]): Promise<void> {
    const { question, stop, withdrawn } = entry;
    if (before.length > 0) {
      const told = work.wait(question);
      // All of them: one that is cancelled in between must not let this one overtake the first.
      const turn = Promise.allSettled(before.map(({ finished }) => finished));
      await Promise.race([turn, whenAborted(stop.signal)]);
      await told;
    }
    if (stop.signal.aborted) {
      await work.cancelled(question, { isWithdrawn: withdrawn.signal.aborted });
      return;
    }
    await work.answer(question, {
      stop: stop.signal,
      withdrawn: withdrawn.signal,
      isAlone: () => before.length === 0 && lines.get(entry.line)?.length === 1,
      async inPlace(placed) {
        const leave = await places.enter(stop.signal);
        if (leave === null) return null;
        try {
          if (stop.signal.aborted) return null;
          entry.hasBegun = true;
          return await placed();
        } finally {
          leave();
        }
      },
    });
  }

  function end(entry: Entry): Stopped {
    entry.stop.abort();
    return entry.hasBegun ? 'stopped' : 'cancelled';
  }

  async function withdraw(entry: Entry, reason: WithdrawalReason): Promise<void> {
    entry.withdrawn.abort(reason);
    entry.stop.abort();
    await entry.finished.catch(() => {});
  }

  return {
    async take(question) {
      const line = lineOf(question);
      const others = lines.get(line) ?? [];
      const entry: Entry = {
        question,
        line,
        stop: new AbortController(),
        withdrawn: new AbortController(),
        hasBegun: false,
        finished: Promise.resolve(),
      };
      lines.set(line, [...others, entry]);
      entry.finished = serve(entry, others).finally(() => {
        const left = (lines.get(line) ?? []).filter((other) => other !== entry);
        if (left.length === 0) lines.delete(line);
        else lines.set(line, left);
      });
      await entry.finished;
    },
    stop(chatId, questionId, byId) {
      const entry = entries().find(
        ({ question }) => question.id === questionId && question.place.chatId === chatId,
      );
      if (entry === undefined) return 'unknown';
      const { askerId } = entry.question;
      // Who wrote in the name of a chat presses buttons in their own.
      return askerId === byId || askerId < 0 ? end(entry) : 'not-yours';
    },
    stopAll(chatId, askerId) {
      const found = entries().filter(
        ({ question }) =>
          question.place.chatId === chatId &&
          (askerId === undefined || question.askerId === askerId),
      );
      for (const entry of found) end(entry);
      return found.length;
    },
    asked: (chatId, messageId) => entryOf(chatId, messageId)?.question ?? null,
    async withdraw(chatId, messageId) {
      const entry = entryOf(chatId, messageId);
      if (entry === undefined) return null;
      await withdraw(entry, 'replaced');
      return entry.question.id;
    },
    async withdrawAll(chatId) {
      const found = entries().filter(({ question }) => question.place.chatId === chatId);
      await Promise.all(found.map((entry) => withdraw(entry, 'forgotten')));
    },
  };
}

function lineOf({ place, askerId }: ChatQuestion): string {
  return place.kind === 'private' ? String(place.chatId) : `${place.chatId}:${askerId}`;
}

/** So many at once; the others wait in order. */
class Places {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Resolves to how to leave, or to null when aborted before there was a place. */
  async enter(signal: AbortSignal): Promise<(() => void) | null> {
    if (this.#free === 0) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#waiting.push(resolve);
      await Promise.race([promise, whenAborted(signal)]);
      if (signal.aborted) {
        const at = this.#waiting.indexOf(resolve);
        // A place that was handed over in the same moment goes on to the next.
        if (at === -1) this.#leave();
        else this.#waiting.splice(at, 1);
        return null;
      }
    } else {
      this.#free -= 1;
    }
    return () => this.#leave();
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free += 1;
    else next();
  }
}

function whenAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  signal.addEventListener('abort', () => resolve(), { once: true });
  return promise;
}
