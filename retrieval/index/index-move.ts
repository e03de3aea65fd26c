import type { Passage } from '../passage.ts';
import { noteHoldsAll, noteMovedTo, readMovedTo } from './moved-to.ts';
import type { IndexedPage, PassageIndex } from './passage-index.ts';

export interface MoveOptions {
  /** What the other index keeps of a page; as it is when absent. */
  transform?: (page: IndexedPage, options: { signal: AbortSignal }) => Promise<IndexedPage>;
  /** Told after each step; `total` grows when pages are added meanwhile. */
  onProgress?: (progress: MoveProgress) => void;
  /** Pages copied in one step. */
  batchPages?: number;
  /** Whether the other index has pages of its own, which stay; else it ends up the same as this one. */
  holdsOthers?: boolean;
  /** Called before each step; what it throws ends the move. */
  check?: () => Promise<void>;
  signal: AbortSignal;
}

export interface MoveProgress {
  moved: number;
  total: number;
}

/** Runs a step when no write is under way, and lets none begin meanwhile. */
export type InTurn = <Result>(step: () => Promise<Result>) => Promise<Result>;

/** The copying of one index to another while writes go on, which whoever moves has told here. */
export class IndexMove {
  readonly #from: PassageIndex;
  readonly #to: PassageIndex;
  readonly #inTurn: InTurn;
  /** Pages written to both since the last batch was read. */
  readonly #touched = new Set<string>();
  /** Of each source that is rebuilt, the addresses that are staged or kept in both. */
  readonly #rebuilds = new Map<string, Set<string>>();
  #deletions = 0;
  /**
   * Whether there may be a difference in what was copied: then all is compared before the switch.
   * That is so at least once, since another program may write here too, and tells nobody.
   */
  #isDoubtful = true;
  /** Why it could not take what was written. */
  #failure: Error | null = null;

  constructor({ from, to, inTurn }: { from: PassageIndex; to: PassageIndex; inTurn: InTurn }) {
    this.#from = from;
    this.#to = to;
    this.#inTurn = inTurn;
  }

  /**
   * Calls `onSwitch` in the turn in which both hold the same. @throws {IndexError} or what
   * `transform` throws
   */
  async run(options: MoveOptions, onSwitch: () => void): Promise<void> {
    const { holdsOthers = false } = options;
    const cursor = await readMovedTo(this.#to);
    const isEmpty = (await this.#to.count()).pages === 0;
    await this.#copy(options, { cursor, skipsSame: cursor === null && !isEmpty });
    const { onProgress: _onProgress, ...quietly } = options;
    while (!(await this.#switch(options, onSwitch))) {
      this.#isDoubtful = false;
      await this.#copy(quietly, { cursor: null, skipsSame: true });
      if (!holdsOthers) await this.#removeGone(options);
    }
  }

  /** Writes to the other index what was written here. What it cannot take ends the move. */
  async mirror(write: (index: PassageIndex) => Promise<void>): Promise<void> {
    if (this.#failure !== null) return;
    try {
      await write(this.#to);
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error(String(error));
    }
  }

  touched(page: IndexedPage): void {
    this.#touched.add(keyOf(page));
  }

  /** Before a deletion: what is being copied may be among it. */
  deletes(): void {
    this.#deletions += 1;
  }

  /** What is staged or kept for the source in both. */
  doneInBoth(sourceId: string): ReadonlySet<string> {
    return this.#rebuilds.get(sourceId) ?? new Set();
  }

  /** Stages or keeps a page there. */
  async mirrorRebuild(
    { sourceId, url }: { sourceId: string; url: string },
    write: (index: PassageIndex) => Promise<void>,
  ): Promise<void> {
    await this.mirror(async (index) => {
      const inBoth = await this.#rebuildThere(sourceId);
      await write(index);
      inBoth.add(url);
    });
  }

  /**
   * Before a rebuild is committed in both. What was staged or kept before the move began is known to
   * the old index alone, and the other one would take those pages for gone: it keeps what it has of
   * them, and all is compared once more.
   */
  async catchUpWithRebuild(sourceId: string): Promise<void> {
    await this.mirror(async (index) => {
      const inBoth = await this.#rebuildThere(sourceId);
      const behind = (await this.#from.rebuildSource(sourceId).done()).difference(inBoth);
      const there = index.rebuildSource(sourceId);
      await Promise.all([...behind].map((url) => there.keep(url)));
      if (behind.size > 0) this.#isDoubtful = true;
      this.#rebuilds.delete(sourceId);
    });
  }

  /** What an earlier move staged there is forgotten: the rebuild may have gone on without it. */
  async #rebuildThere(sourceId: string): Promise<Set<string>> {
    const known = this.#rebuilds.get(sourceId);
    if (known !== undefined) return known;
    await this.#to.rebuildSource(sourceId).discard();
    const inBoth = new Set<string>();
    this.#rebuilds.set(sourceId, inBoth);
    return inBoth;
  }

  async #copy(
    {
      transform = (page) => Promise.resolve(page),
      onProgress = () => {},
      batchPages = BATCH_PAGES,
      holdsOthers = false,
      check = async () => {},
      signal,
    }: MoveOptions,
    { cursor: from, skipsSame }: { cursor: string | null; skipsSame: boolean },
  ): Promise<void> {
    let cursor = from;
    let moved = cursor === null ? 0 : (await this.#to.count()).pages;
    for (;;) {
      signal.throwIfAborted();
      const deletions = this.#deletions;
      this.#touched.clear();
      const read = await this.#from.readPages({ cursor, limit: batchPages });
      const missing = skipsSame
        ? await pagesMissing(read.pages, { index: this.#to, keepsNewer: holdsOthers })
        : read.pages;
      const pages: IndexedPage[] = [];
      for (const page of missing) pages.push(await transform(page, { signal }));
      const isWritten = await this.#inTurn(async () => {
        if (this.#failure !== null) throw this.#failure;
        await check();
        if (this.#deletions !== deletions) return false;
        const untouched = pages.filter((page) => !this.#touched.has(keyOf(page)));
        await Promise.all(untouched.map((page) => this.#to.replacePage(page)));
        if (read.cursor !== null && !skipsSame) await noteMovedTo(this.#to, read.cursor);
        return true;
      });
      // What was read may be deleted by now: it is read again.
      if (!isWritten) continue;
      moved += read.pages.length;
      const { pages: total } = await this.#from.count();
      onProgress({ moved: Math.min(moved, total), total });
      if (read.cursor === null) return;
      cursor = read.cursor;
    }
  }

  /** What was deleted here while nobody told the other one would come back with the switch. */
  async #removeGone({
    batchPages = BATCH_PAGES,
    check = async () => {},
    signal,
  }: MoveOptions): Promise<void> {
    // All that is here is there by now, so as many pages are the same pages.
    const isSame = await this.#inTurn(async () => {
      const [here, there] = [await this.#from.count(), await this.#to.count()];
      return here.pages === there.pages;
    });
    if (isSame) return;
    let cursor: string | null = null;
    do {
      signal.throwIfAborted();
      const read = await this.#to.readPages({ cursor, limit: batchPages });
      await this.#inTurn(async () => {
        await check();
        for (const page of read.pages) {
          if ((await this.#from.readPage(page)).length > 0) continue;
          await this.#to.replacePage({ ...page, passages: [] });
        }
      });
      ({ cursor } = read);
    } while (cursor !== null);
  }

  /** False, and no switch, while the other one may lack something or have too much. */
  #switch({ check, signal }: MoveOptions, onSwitch: () => void): Promise<boolean> {
    return this.#inTurn(async () => {
      signal.throwIfAborted();
      if (this.#failure !== null) throw this.#failure;
      await check?.();
      if (this.#isDoubtful) return false;
      await noteHoldsAll(this.#to);
      onSwitch();
      return true;
    });
  }
}

const BATCH_PAGES = 32;

/** Those that the other index has not, or in another state. */
async function pagesMissing(
  pages: readonly IndexedPage[],
  { index, keepsNewer }: { index: PassageIndex; keepsNewer: boolean },
): Promise<IndexedPage[]> {
  const found = await Promise.all(pages.map((page) => index.readPage(page)));
  return pages.filter(({ passages }, at) => {
    const there = found[at] ?? [];
    const [[old], [other]] = [passages, there];
    if (keepsNewer && old !== undefined && other !== undefined) {
      return other.fetchedAt < old.fetchedAt;
    }
    return textOf(passages) !== textOf(there);
  });
}

function textOf(passages: readonly Passage[]): string {
  return passages.map(({ id, fetchedAt, text }) => `${id} ${fetchedAt} ${text}`).join('\n');
}

function keyOf({ scope, url }: IndexedPage): string {
  return `${scope} ${url}`;
}
