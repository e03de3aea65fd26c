import { RetrievalError } from '../../errors.ts';

/** One after another: whatever is asked for while a step runs waits, and may go together. */
export class WriteQueue<Item> {
  readonly #perform: (items: readonly Item[]) => Promise<void>;
  readonly #mayJoin: (items: readonly Item[], next: Item) => boolean;
  #queue: Queued<Item>[] = [];
  #working: Promise<void> | null = null;

  /** @param options.mayJoin - whether the item may be performed with those before it, in one step */
  constructor({
    perform,
    mayJoin,
  }: {
    perform: (items: readonly Item[]) => Promise<void>;
    mayJoin: (items: readonly Item[], next: Item) => boolean;
  }) {
    this.#perform = perform;
    this.#mayJoin = mayJoin;
  }

  async add(item: Item): Promise<void> {
    const done = Promise.withResolvers<void>();
    this.#queue.push({ item, done });
    this.#working ??= this.#work();
    await done.promise;
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    await this.#working;
  }

  async #work(): Promise<void> {
    // What is asked for in the same turn goes together.
    await Promise.resolve();
    for (let batch = this.#next(); batch.length > 0; batch = this.#next()) {
      try {
        await this.#perform(batch.map(({ item }) => item));
        for (const { done } of batch) done.resolve();
      } catch (error) {
        await this.#separate(batch, error);
      }
    }
    this.#working = null;
  }

  /** One item that is refused must not take the others with it. */
  async #separate(batch: readonly Queued<Item>[], error: unknown): Promise<void> {
    const isRefused = error instanceof RetrievalError && !error.retryable && batch.length > 1;
    for (const { item, done } of batch) {
      if (isRefused) await this.#perform([item]).then(done.resolve, done.reject);
      else done.reject(error);
    }
  }

  #next() {
    const batch = this.#queue.splice(0, 1);
    for (let [next] = this.#queue; next !== undefined; [next] = this.#queue) {
      const items = batch.map(({ item }) => item);
      if (!this.#mayJoin(items, next.item)) break;
      batch.push(next);
      this.#queue.shift();
    }
    return batch;
  }
}

interface Queued<Item> {
  item: Item;
  done: PromiseWithResolvers<void>;
}
