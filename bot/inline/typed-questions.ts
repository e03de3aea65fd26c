/**
 * Which queries belong to one question that somebody types: pausing in the middle of it is not asking
 * twice.
 */
export class TypedQuestions {
  readonly #togetherMs: number;
  /** By user, the one who typed least recently first. */
  readonly #typed = new Map<number, { id: number; text: string; at: number }>();

  constructor({ togetherMs = 60_000 }: { togetherMs?: number } = {}) {
    this.#togetherMs = togetherMs;
  }

  /** The id of the question that a query of this id belongs to: its own, or that of an earlier one. */
  idOf(userId: number, { id, text, now }: { id: number; text: string; now: number }): number {
    const before = this.#typed.get(userId);
    const goesOn =
      before !== undefined &&
      now - before.at < this.#togetherMs &&
      (text.startsWith(before.text) || before.text.startsWith(text));
    const question = { id: goesOn ? before.id : id, text, at: now };
    this.#typed.delete(userId);
    this.#typed.set(userId, question);
    for (const [known, { at }] of this.#typed) {
      if (now - at < this.#togetherMs) break;
      this.#typed.delete(known);
    }
    return question.id;
  }
}
