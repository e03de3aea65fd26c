/** Who reads at the moment, so that what they may still see is not taken away under their hands. */
export class Readers {
  readonly #reading = new Set<Promise<void>>();

  async read<Result>(use: () => Promise<Result>): Promise<Result> {
    const ended = Promise.withResolvers<void>();
    this.#reading.add(ended.promise);
    try {
      return await use();
    } finally {
      this.#reading.delete(ended.promise);
      ended.resolve();
    }
  }

  /** Resolves when all who read now have ended. */
  async gone(): Promise<void> {
    await Promise.all(this.#reading);
  }
}
