import type { ChatQuestion } from './chat-question.ts';

/** Telegram's apps cut a long text into several messages: this makes one question of them again. */
export interface PasteJoiner {
  /** Resolves when the question, joined with what follows or with what it follows, is dealt with. */
  take(question: ChatQuestion): Promise<void>;
  /**
   * What an edited message asks now: the whole text, at the place of its first piece, where the message
   * is one of its pieces. Resolves to null when that text was still waited for and has been dealt with.
   */
  edit(question: ChatQuestion): Promise<ChatQuestion | null>;
  /** Forgets the texts of a chat, also what waits for its next piece. */
  drop(chatId: number): void;
}

export interface PasteJoinerOptions {
  take: (question: ChatQuestion) => Promise<void>;
  /** A text that long may go on in the next message. UTF-16 units. */
  longText?: number;
  /** How long the next piece is waited for. */
  quietMs?: number;
  /** How many texts are remembered, for the edits of their pieces. */
  kept?: number;
}

export function createPasteJoiner({
  take,
  longText = 3_500,
  quietMs = 700,
  kept = 200,
}: PasteJoinerOptions): PasteJoiner {
  const open = new Set<Paste>();
  /** The oldest first. */
  const taken = new Set<Paste>();

  async function takeWhenComplete(paste: Paste): Promise<void> {
    await paste.complete();
    open.delete(paste);
    const question = paste.question();
    if (question === null) return;
    if (paste.isJoined) remember(paste);
    await take(question);
  }

  function remember(paste: Paste): void {
    taken.add(paste);
    const [oldest] = taken;
    if (taken.size > kept && oldest !== undefined) taken.delete(oldest);
  }

  return {
    async take(question) {
      const isLast = question.text.length < longText;
      const goesOn = [...open].find((paste) => paste.takes(question));
      if (goesOn !== undefined) {
        goesOn.add(question, isLast);
        await goesOn.finished;
        return;
      }
      if (isLast) {
        await take(question);
        return;
      }
      const paste = new Paste(question, quietMs);
      open.add(paste);
      paste.finished = takeWhenComplete(paste);
      await paste.finished;
    },
    async edit(question) {
      for (const paste of open) {
        if (!paste.replace(question)) continue;
        await paste.finished;
        return null;
      }
      for (const paste of taken) {
        if (!paste.replace(question)) continue;
        const whole = paste.question();
        return whole === null ? null : { ...question, place: whole.place, text: whole.text };
      }
      return question;
    },
    drop(chatId) {
      for (const paste of [...open, ...taken]) {
        if (!paste.isOf(chatId)) continue;
        paste.drop();
        taken.delete(paste);
      }
    },
  };
}

class Paste {
  #pieces: ChatQuestion[];
  finished: Promise<void> = Promise.resolve();
  readonly #quietMs: number;
  readonly #whole = Promise.withResolvers<void>();
  #timer: NodeJS.Timeout;

  constructor(first: ChatQuestion, quietMs: number) {
    this.#pieces = [first];
    this.#quietMs = quietMs;
    this.#timer = setTimeout(this.#whole.resolve, quietMs);
  }

  get isJoined(): boolean {
    return this.#pieces.length > 1;
  }

  complete(): Promise<void> {
    return this.#whole.promise;
  }

  /** Asked by the first of its pieces; null when it was dropped. */
  question(): ChatQuestion | null {
    const [first] = this.#pieces;
    return first === undefined
      ? null
      : { ...first, text: this.#pieces.map(({ text }) => text).join('\n') };
  }

  isOf(chatId: number): boolean {
    return this.#pieces[0]?.place.chatId === chatId;
  }

  drop(): void {
    this.#pieces = [];
    clearTimeout(this.#timer);
    this.#whole.resolve();
  }

  /** Pieces of one paste are sent in the same moment, by the same person. */
  takes({ place, askerId, askedAt }: ChatQuestion): boolean {
    const last = this.#pieces.at(-1);
    return (
      last !== undefined &&
      last.place.chatId === place.chatId &&
      last.place.threadId === place.threadId &&
      last.askerId === askerId &&
      Math.abs(askedAt.getTime() - last.askedAt.getTime()) <= 3_000
    );
  }

  add(piece: ChatQuestion, isLast: boolean): void {
    this.#pieces.push(piece);
    clearTimeout(this.#timer);
    if (isLast) this.#whole.resolve();
    else this.#timer = setTimeout(this.#whole.resolve, this.#quietMs);
  }

  /** Puts an edited piece in its place; false when it is none of this text. */
  replace({ place, text }: ChatQuestion): boolean {
    const at = this.#pieces.findIndex(
      (piece) => piece.place.chatId === place.chatId && piece.place.messageId === place.messageId,
    );
    const piece = this.#pieces[at];
    if (piece === undefined) return false;
    this.#pieces[at] = { ...piece, text };
    return true;
  }
}
