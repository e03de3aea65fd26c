import type { Passage } from '../passage.ts';
import type {
  ArmHits,
  HybridQuery,
  IndexCount,
  IndexedPage,
  PassageIndex,
  Scope,
  SourceRebuild,
} from './passage-index.ts';

export interface MoveOptions {
  /** What the other index keeps of a page; as it is when absent. */
  transform?: (page: IndexedPage, options: { signal: AbortSignal }) => Promise<IndexedPage>;
  /** Told after each step; `total` grows when pages are added meanwhile. */
  onProgress?: (progress: MoveProgress) => void;
  /** Pages copied in one step. */
  batchPages?: number;
  signal: AbortSignal;
}

export interface MoveProgress {
  moved: number;
  total: number;
}

/**
 * An index that can be moved to another one while it serves: an engine that outgrew its file, or
 * vectors of another embedder. Everything that is written during a move goes to both; questions are
 * answered from the old one until the new one holds everything.
 */
export class MovableIndex implements PassageIndex {
  #served: PassageIndex;
  #target: Target | null = null;
  /** During a move one write at a time reaches the two, or they could end up different. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(served: PassageIndex) {
    this.#served = served;
  }

  /**
   * Copies everything to `index` and serves from there; resolves with the index that served before,
   * for the caller to close. A move that was cut short, even by a kill, goes on where it stopped.
   *
   * @throws {IndexError} or what `transform` throws; the old index serves on
   */
  async moveTo(index: PassageIndex, options: MoveOptions): Promise<PassageIndex> {
    const target: Target = { index, touched: new Set(), deletions: 0, failure: null };
    // A deletion that did not reach the other index would come back with the switch.
    if ((await this.#served.property(DELETING)) === 'yes') await this.#startOver(index);
    this.#target = target;
    try {
      await this.#copy(target, options);
      return await this.#inTurn(async () => {
        options.signal.throwIfAborted();
        if (target.failure !== null) throw target.failure;
        await index.setProperty(CURSOR, ALL);
        const before = this.#served;
        this.#served = index;
        this.#target = null;
        return before;
      });
    } catch (error) {
      this.#target = null;
      throw error;
    }
  }

  async replacePage(page: IndexedPage): Promise<void> {
    await this.#write((index) => index.replacePage(page), page);
  }

  query(query: HybridQuery): Promise<ArmHits> {
    return this.#served.query(query);
  }

  readPage(page: Pick<IndexedPage, 'scope' | 'url'>): Promise<Passage[]> {
    return this.#served.readPage(page);
  }

  rebuildSource(sourceId: string): SourceRebuild {
    const each = (index: PassageIndex): SourceRebuild => index.rebuildSource(sourceId);
    return {
      done: () => each(this.#served).done(),
      stage: (page) => this.#write((index) => each(index).stage(page)),
      keep: (url) => this.#write((index) => each(index).keep(url)),
      commit: () => this.#delete((index) => each(index).commit()),
      discard: () => this.#write((index) => each(index).discard()),
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

  async #copy(
    target: Target,
    {
      transform = (page) => Promise.resolve(page),
      onProgress = () => {},
      batchPages = 32,
      signal,
    }: MoveOptions,
  ): Promise<void> {
    const kept = await target.index.property(CURSOR);
    let cursor = kept === null || kept === '' || kept === ALL ? null : kept;
    let moved = cursor === null ? 0 : (await target.index.count()).pages;
    for (;;) {
      signal.throwIfAborted();
      const { deletions } = target;
      target.touched.clear();
      const read = await this.#served.readPages({ cursor, limit: batchPages });
      const pages: IndexedPage[] = [];
      for (const page of read.pages) pages.push(await transform(page, { signal }));
      const isWritten = await this.#inTurn(async () => {
        if (target.failure !== null) throw target.failure;
        if (target.deletions !== deletions) return false;
        const untouched = pages.filter((page) => !target.touched.has(keyOf(page)));
        await Promise.all(untouched.map((page) => target.index.replacePage(page)));
        if (read.cursor !== null) await target.index.setProperty(CURSOR, read.cursor);
        return true;
      });
      // What was read may be deleted by now: it is read again.
      if (!isWritten) continue;
      moved += pages.length;
      const { pages: total } = await this.#served.count();
      onProgress({ moved: Math.min(moved, total), total });
      if (read.cursor === null) return;
      cursor = read.cursor;
    }
  }

  async #startOver(index: PassageIndex): Promise<void> {
    await forgetMove(index);
    await this.#served.setProperty(DELETING, 'no');
  }

  /** A page that is missed by the other index comes later in the old one's order, and is copied. */
  async #write(
    write: (index: PassageIndex) => Promise<void>,
    page: IndexedPage | null = null,
  ): Promise<void> {
    if (this.#target === null) return write(this.#served);
    await this.#inTurn(async () => {
      await write(this.#served);
      const target = this.#target;
      if (target === null || !(await this.#mirror(target, write))) return;
      if (page !== null) target.touched.add(keyOf(page));
    });
  }

  async #delete(write: (index: PassageIndex) => Promise<void>): Promise<void> {
    if (this.#target === null) return write(this.#served);
    await this.#inTurn(async () => {
      const target = this.#target;
      if (target === null) return write(this.#served);
      target.deletions += 1;
      await this.#served.setProperty(DELETING, 'yes');
      await write(this.#served);
      const isMirrored = await this.#mirror(target, write);
      if (isMirrored) await this.#served.setProperty(DELETING, 'no');
    });
  }

  /** What the other index cannot take ends the move, not the answer that the page was read for. */
  async #mirror(target: Target, write: (index: PassageIndex) => Promise<void>): Promise<boolean> {
    try {
      await write(target.index);
      return true;
    } catch (error) {
      target.failure = error instanceof Error ? error : new Error(String(error));
      this.#target = null;
      return false;
    }
  }

  #inTurn<Result>(step: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(step);
    this.#turn = result.catch(() => {});
    return result;
  }
}

interface Target {
  index: PassageIndex;
  /** Pages written to both since the last batch was read. */
  touched: Set<string>;
  deletions: number;
  /** Why it could not take what was written. */
  failure: Error | null;
}

/** Whether everything was moved there, so that it may serve. @throws {IndexError} */
export async function holdsAll(index: PassageIndex): Promise<boolean> {
  return (await index.property(CURSOR)) === ALL;
}

/** Empties an index that a move began to fill, so that the next one begins anew. @throws {IndexError} */
export async function forgetMove(index: PassageIndex): Promise<void> {
  // Before the pages go: a cursor without them would skip what they were copied from.
  await index.setProperty(CURSOR, '');
  await index.clear();
}

/** In the index that is filled: up to where the old one was copied. */
const CURSOR = 'moved-to';
const ALL = 'all';
/** In the index that serves: whether something is deleted here that may not be deleted there. */
const DELETING = 'deleting-during-move';

function keyOf({ scope, url }: IndexedPage): string {
  return `${scope} ${url}`;
}
