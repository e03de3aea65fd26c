import type { Passage } from '../passage.ts';
import { IndexMove } from './index-move.ts';
import type { MoveOptions } from './index-move.ts';
import type {
  ArmHits,
  HybridQuery,
  IndexCount,
  IndexedPage,
  PassageIndex,
  Scope,
  SourceRebuild,
} from './passage-index.ts';

/**
 * An index that can be moved to another one while it serves: an engine that outgrew its file, or
 * vectors of another embedder. Everything that is written during a move goes to both; questions are
 * answered from the old one until the new one holds everything.
 */
export class MovableIndex implements PassageIndex {
  #served: PassageIndex;
  #move: IndexMove | null = null;
  /** During a move one write at a time reaches the two, or they could end up different. */
  #turn: Promise<unknown> = Promise.resolve();
  /** Writes that began when there was no move: one may not end between a page's reading and copying. */
  readonly #loose = new Set<Promise<void>>();

  constructor(served: PassageIndex) {
    this.#served = served;
  }

  /**
   * Copies everything to `index` and serves from there; resolves with the index that served before,
   * for the caller to close. A move that was cut short, even by a kill, goes on where it stopped,
   * and what was written, staged or deleted in between is found by comparing the two.
   *
   * @throws {IndexError} or what `transform` throws; the old index serves on
   */
  async moveTo(index: PassageIndex, options: MoveOptions): Promise<PassageIndex> {
    const before = this.#served;
    const move = new IndexMove({
      from: before,
      to: index,
      inTurn: (step) => this.#inTurn(step),
    });
    this.#move = move;
    try {
      await Promise.allSettled(this.#loose);
      await move.run(options, () => {
        this.#served = index;
        this.#move = null;
      });
      return before;
    } catch (error) {
      this.#move = null;
      throw error;
    }
  }

  async replacePage(page: IndexedPage): Promise<void> {
    await this.#write(
      (index) => index.replacePage(page),
      async (move) => {
        move.touched(page);
        await move.mirror((index) => index.replacePage(page));
      },
    );
  }

  query(query: HybridQuery): Promise<ArmHits> {
    return this.#served.query(query);
  }

  readPage(page: Pick<IndexedPage, 'scope' | 'url'>): Promise<Passage[]> {
    return this.#served.readPage(page);
  }

  rebuildSource(sourceId: string): SourceRebuild {
    const of = (index: PassageIndex): SourceRebuild => index.rebuildSource(sourceId);
    const stage = (url: string, write: (index: PassageIndex) => Promise<void>) =>
      this.#write(write, (move) => move.mirrorRebuild({ sourceId, url }, write));
    return {
      done: async () => {
        const done = await of(this.#served).done();
        return this.#move === null ? done : done.intersection(this.#move.doneInBoth(sourceId));
      },
      stage: (page) => stage(page.url, (index) => of(index).stage(page)),
      keep: (url) => stage(url, (index) => of(index).keep(url)),
      commit: () =>
        this.#delete(
          (index) => of(index).commit(),
          (move) => move.catchUpWithRebuild(sourceId),
        ),
      discard: () => this.#write((index) => of(index).discard()),
    };
  }

  async deleteSource(sourceId: string): Promise<void> {
    await this.#delete((index) => index.deleteSource(sourceId));
  }

  async deleteScope(scope: Scope): Promise<void> {
    await this.#delete((index) => index.deleteScope(scope));
  }

  async deleteFetchedBefore(time: string): Promise<void> {
    await this.#delete((index) => index.deleteFetchedBefore(time));
  }

  async clear(): Promise<void> {
    await this.#delete((index) => index.clear());
  }

  count(): Promise<IndexCount> {
    return this.#served.count();
  }

  countBySource(): Promise<Map<string, IndexCount>> {
    return this.#served.countBySource();
  }

  readPages(options: { cursor: string | null; limit: number }) {
    return this.#served.readPages(options);
  }

  property(name: string): Promise<string | null> {
    return this.#served.property(name);
  }

  setProperty(name: string, value: string): Promise<void> {
    return this.#served.setProperty(name, value);
  }

  async close(): Promise<void> {
    await this.#turn;
    await this.#served.close();
  }

  /** A page that is missed by the other index comes later in the old one's order, and is copied. */
  async #write(
    write: (index: PassageIndex) => Promise<void>,
    mirror: (move: IndexMove) => Promise<void> = (move) => move.mirror(write),
  ): Promise<void> {
    if (this.#move === null) return this.#writeAlone(write);
    await this.#inTurn(async () => {
      const move = this.#move;
      await write(this.#served);
      if (move !== null) await mirror(move);
    });
  }

  async #delete(
    write: (index: PassageIndex) => Promise<void>,
    prepare: (move: IndexMove) => Promise<void> = async () => {},
  ): Promise<void> {
    if (this.#move === null) return this.#writeAlone(write);
    await this.#inTurn(async () => {
      const move = this.#move;
      move?.deletes();
      if (move !== null) await prepare(move);
      await write(this.#served);
      await move?.mirror(write);
    });
  }

  async #writeAlone(write: (index: PassageIndex) => Promise<void>): Promise<void> {
    const writing = write(this.#served);
    this.#loose.add(writing);
    try {
      await writing;
    } finally {
      this.#loose.delete(writing);
    }
  }

  #inTurn<Result>(step: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(step);
    this.#turn = result.catch(() => {});
    return result;
  }
}
