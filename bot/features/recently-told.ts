/** Who was told something of late, so that nobody is told it over and over. */
export class RecentlyTold {
  readonly #quietMs: number;
  /** In the order in which they were told. */
  readonly #toldAt = new Map<string | number, number>();

  constructor(quietMs: number) {
    this.#quietMs = quietMs;
  }

  /** True once in `quietMs` for each; notes that it is told. */
  mayTell(id: string | number, now: Date): boolean {
    const longAgo = now.getTime() - this.#quietMs;
    for (const [known, toldAt] of this.#toldAt) {
      if (toldAt > longAgo) break;
      this.#toldAt.delete(known);
    }
    if (this.#toldAt.has(id)) return false;
    this.#toldAt.set(id, now.getTime());
    return true;
  }
}
