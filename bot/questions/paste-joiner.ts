import type { ChatQuestion } from './chat-question.ts';

/** Telegram's apps cut a long text into several messages: this makes one question of them again. */
export interface PasteJoiner {
  /** Resolves when the question, joined with what follows or with what it follows, is dealt with. */
  take(question: ChatQuestion): Promise<void>;
  /** Forgets what of a chat waits for its next piece. */
  drop(chatId: number): void;
}

export interface PasteJoinerOptions {
  take: (question: ChatQuestion) => Promise<void>;
  /** A text that long may go on in the next message. UTF-16 units. */
  longText?: number;
  /** How long the next piece is waited for. */
  quietMs?: number;
}

export function createPasteJoiner({
  take,
  longText = 3_500,
  quietMs = 700,
}: PasteJoinerOptions): PasteJoiner {
  const open = new Map<string, Paste>();

  async function takeWhenComplete(key: string, paste: Paste): Promise<void> {
    await paste.complete();
    open.delete(key);
    const [first, ...others] = paste.pieces;
    if (first === undefined) return;
    await take({ ...first, text: [first, ...others].map(({ text }) => text).join('\n') });
  }

  return {
    async take(question) {
      const { place, askerId, text } = question;
      const key = `${place.chatId}:${place.threadId}:${askerId}`;
      const paste = open.get(key);
      if (paste?.takes(question) === true) {
        paste.add(question, text.length < longText);
        await paste.finished;
        return;
      }
      if (text.length < longText) {
        await take(question);
        return;
      }
      const begun = new Paste(question, quietMs);
      open.set(key, begun);
      begun.finished = takeWhenComplete(key, begun);
      await begun.finished;
    },
    drop(chatId) {
      for (const paste of open.values()) paste.dropIf(chatId);
    },
  };
}

class Paste {
  pieces: ChatQuestion[];
  finished: Promise<void> = Promise.resolve();
  readonly #quietMs: number;
  readonly #whole = Promise.withResolvers<void>();
  #timer: NodeJS.Timeout;

  constructor(first: ChatQuestion, quietMs: number) {
    this.pieces = [first];
    this.#quietMs = quietMs;
    this.#timer = setTimeout(this.#whole.resolve, quietMs);
  }

  complete(): Promise<void> {
    return this.#whole.promise;
  }

  dropIf(chatId: number): void {
    if (this.pieces[0]?.place.chatId !== chatId) return;
    this.pieces = [];
    clearTimeout(this.#timer);
    this.#whole.resolve();
  }

  /** Pieces of one paste are sent in the same moment. */
  takes({ askedAt }: ChatQuestion): boolean {
    const last = this.pieces.at(-1)?.askedAt.getTime() ?? 0;
    return Math.abs(askedAt.getTime() - last) <= 3_000;
  }

  add(piece: ChatQuestion, isLast: boolean): void {
    this.pieces.push(piece);
    clearTimeout(this.#timer);
    if (isLast) this.#whole.resolve();
    else this.#timer = setTimeout(this.#whole.resolve, this.#quietMs);
  }
}
