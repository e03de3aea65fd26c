export interface ScoredHit<Hit> {
  score: number;
  hit: Hit;
}

/** The best of many, best first: by score, then by id, so that equal scores always come in one order. */
export class TopHits<Hit extends { id: string }> {
  /** A binary heap with the worst kept hit at the root, which a better one pushes out. */
  readonly #heap: ScoredHit<Hit>[] = [];
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** A hit below this score cannot enter any more. */
  get floor(): number {
    const worst = this.#heap[0];
    return worst === undefined || this.#heap.length < this.#limit ? 0 : worst.score;
  }

  add(score: number, hit: Hit): void {
    const scored = { score, hit };
    if (this.#heap.length < this.#limit) {
      this.#heap.push(scored);
      this.#rise(this.#heap.length - 1);
      return;
    }
    const worst = this.#heap[0];
    if (worst === undefined || compare(scored, worst) >= 0) return;
    this.#heap[0] = scored;
    this.#sink();
  }

  list(): ScoredHit<Hit>[] {
    return this.#heap.toSorted(compare);
  }

  #rise(from: number): void {
    let child = from;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!this.#swapIfWorse(child, parent)) return;
      child = parent;
    }
  }

  #sink(): void {
    let parent = 0;
    for (;;) {
      const left = parent * 2 + 1;
      const right = left + 1;
      const [first, second] = [this.#heap[left], this.#heap[right]];
      if (first === undefined) return;
      const worse = second !== undefined && compare(second, first) > 0 ? right : left;
      if (!this.#swapIfWorse(worse, parent)) return;
      parent = worse;
    }
  }

  #swapIfWorse(child: number, parent: number): boolean {
    const [lower, upper] = [this.#heap[child], this.#heap[parent]];
    if (lower === undefined || upper === undefined || compare(lower, upper) <= 0) return false;
    this.#heap[child] = upper;
    this.#heap[parent] = lower;
    return true;
  }
}

function compare(one: ScoredHit<{ id: string }>, other: ScoredHit<{ id: string }>): number {
  if (one.score !== other.score) return other.score - one.score;
  if (one.hit.id === other.hit.id) return 0;
  return one.hit.id < other.hit.id ? -1 : 1;
}
