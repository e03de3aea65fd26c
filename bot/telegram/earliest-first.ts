/** Things that are due at a time, the earliest first, in the order of arrival where times are equal. */
export class EarliestFirst<T> {
  readonly #heap: Due<T>[] = [];
  #arrivals = 0;

  get next(): Due<T> | null {
    return this.#heap[0] ?? null;
  }

  add(at: number, thing: T): void {
    this.#heap.push({ at, thing, arrival: this.#arrivals });
    this.#arrivals += 1;
    this.#rise(this.#heap.length - 1);
  }

  removeNext(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#sink(0);
  }

  #rise(from: number): void {
    let index = from;
    while (index > 0) {
      const parent = Math.floor((index - 1) / 2);
      if (!this.#swapIfEarlier(index, parent)) return;
      index = parent;
    }
  }

  #sink(from: number): void {
    let index = from;
    for (;;) {
      const [left, right] = [2 * index + 1, 2 * index + 2];
      const child = this.#isEarlier(right, left) ? right : left;
      if (!this.#swapIfEarlier(child, index)) return;
      index = child;
    }
  }

  #swapIfEarlier(lower: number, upper: number): boolean {
    const [one, other] = [this.#heap[lower], this.#heap[upper]];
    if (one === undefined || other === undefined || !this.#isEarlier(lower, upper)) return false;
    this.#heap[lower] = other;
    this.#heap[upper] = one;
    return true;
  }

  #isEarlier(index: number, than: number): boolean {
    const [one, other] = [this.#heap[index], this.#heap[than]];
    if (one === undefined || other === undefined) return false;
    return one.at < other.at || (one.at === other.at && one.arrival < other.arrival);
  }
}

export interface Due<T> {
  /** Milliseconds, by the clock of whoever adds. */
  at: number;
  thing: T;
  arrival: number;
}
