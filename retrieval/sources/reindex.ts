import { createHash } from 'node:crypto';

import { fetchForReading } from '../crawl/fetch-for-reading.ts';
import type { FetchedPage, PageFetcher } from '../crawl/fetch-page.ts';
import type { Embedder } from '../embed/embedder.ts';
import { PageError } from '../errors.ts';
import type { IndexedPage, PassageIndex, SourceRebuild } from '../index/passage-index.ts';
import { readPage } from '../read-page.ts';
import type { PageReader } from '../reading/page-reader.ts';
import { createSiteBoilerplate } from '../site-boilerplate.ts';
import { canonicalUrl } from '../text/canonical-url.ts';
import type { DiscoveredPage, DiscoverPages } from './discover/discover.ts';
import { isGone } from './is-gone.ts';
import { SourceError } from './source.ts';
import type { RunCounts, Source } from './source.ts';
import type { SourceStore } from './source-store.ts';

export interface ReindexOptions {
  store: SourceStore;
  index: PassageIndex;
  discover: DiscoverPages;
  fetchPage: PageFetcher['fetchPage'];
  read?: PageReader['read'];
  embedder: Embedder | null;
  /** Pages on their way at the same time. */
  concurrency?: number;
  /** Aborted when the program stops: what is staged is left for its next start. */
  stopping?: AbortSignal;
  now?: () => Date;
}

export interface ReindexProgress {
  source: Source;
  counts: RunCounts;
  /** Pages that it may come to, as far as is known by now. */
  expected: number;
  /** Reasons of pages that failed, how many of each. */
  failures: ReadonlyMap<string, number>;
  /** What was left out, one sentence each. */
  notes: readonly string[];
  /** Since this source was begun. */
  seconds: number;
}

export interface ReindexResult extends ReindexProgress {
  /** `interrupted`: the program stops, and goes on with it when it is started again. */
  outcome: 'done' | 'failed' | 'cancelled' | 'interrupted';
  error: string | null;
}

/**
 * Reads a source anew beside what is served, and serves the new pages in one step at the end. Pages
 * that did not change stay as they are; those that could not be read this time stay too; those that
 * are gone go. A failure, or a signal that aborts, leaves what is served as it was. A run that was
 * killed is gone on with. Never throws for what the web did: the result says.
 *
 * @throws {IndexError} when the index fails
 */
export async function reindexSource(
  source: Source,
  options: ReindexOptions,
  {
    signal: cancelling,
    onProgress,
  }: { signal: AbortSignal; onProgress: (progress: ReindexProgress) => void },
): Promise<ReindexResult> {
  const { store, index, discover, now = () => new Date(), concurrency = 8 } = options;
  const { stopping = new AbortController().signal } = options;
  const signal = AbortSignal.any([cancelling, stopping]);
  const startedAt = performance.now();
  const rebuild = index.rebuildSource(source.id);
  const run = new Run(source, options, rebuild);
  await run.begin(now());
  const progress = (): ReindexProgress => ({
    ...run.progress(),
    seconds: (performance.now() - startedAt) / 1000,
  });
  const report = (): void => onProgress(progress());
  const end = async (outcome: ReindexResult['outcome'], error: string | null) => {
    if (outcome !== 'interrupted') {
      if (outcome !== 'done') await rebuild.discard();
      store.endRun(source.id, { outcome, error: error ?? run.note(), now: now() });
    }
    return { ...progress(), outcome, error };
  };

  try {
    const fetchPage: PageFetcher['fetchPage'] = (url, fetching) =>
      options.fetchPage(url, { ...fetching, maxAgeMs: 0 });
    const onNote = (sentence: string): void => void run.notes.push(sentence);
    const onGap = (): void => run.expectGaps();
    const onExpected = (pages: number): void => run.expect(pages);
    const found = discover(source, { fetchPage, onNote, onExpected, onGap, signal });
    await forEachAtOnce(found, concurrency, async (page) => {
      signal.throwIfAborted();
      await run.take(page, fetchPage, signal);
      report();
    });
    signal.throwIfAborted();
    if (run.hasNothing()) return await end('failed', run.whyNothing());
    await run.commit();
    return await end('done', null);
  } catch (error) {
    // Whatever failed first then failed for that.
    if (store.find(source.id) === null) {
      await index.deleteSource(source.id);
      return await end('cancelled', null);
    }
    if (cancelling.aborted) return await end('cancelled', null);
    if (stopping.aborted) return await end('interrupted', null);
    if (error instanceof SourceError || error instanceof PageError) {
      return await end('failed', error.message);
    }
    await end('failed', 'it could not be indexed');
    throw error;
  }
}

/** Somebody, perhaps in another program, removed the source that is being read. */
class RemovedError extends Error {
  override name = 'RemovedError';
}

class Run {
  readonly notes: string[] = [];
  readonly #failures = new Map<string, number>();
  readonly #source: Source;
  readonly #options: ReindexOptions;
  readonly #rebuild: SourceRebuild;
  #counts: RunCounts;
  /** Content hashes of what is served, by address. */
  #served = new Map<string, string>();
  /** Of what is staged or kept by now. */
  readonly #hashes = new Map<string, string>();
  /** Of what a run that was cut short had staged or kept. */
  #before = new Map<string, string>();
  /** Where a page is served whose address led to another one, or which says that it has another. */
  #places = new Map<string, string>();
  readonly #taken = new Set<string>();
  /** Whose server says that they are not there any more. */
  readonly #gone = new Set<string>();
  #hasGaps = false;
  #expected = 0;
  readonly #boilerplate = createSiteBoilerplate();
  /** The end of the line before each host. */
  readonly #lines = new Map<string, Promise<unknown>>();

  constructor(source: Source, options: ReindexOptions, rebuild: SourceRebuild) {
    this.#source = source;
    this.#options = options;
    this.#rebuild = rebuild;
    this.#counts = { found: 0, changed: 0, unchanged: 0, failed: 0, removed: 0 };
  }

  async begin(now: Date): Promise<void> {
    const { store, index } = this.#options;
    store.beginRun(this.#source.id, now);
    const known = store.pages(this.#source.id);
    const served = (await index.countBySource()).get(this.#source.id)?.pages ?? 0;
    // An index that lost pages cannot keep them: then all are read.
    this.#served = served >= known.size ? known : await this.#servedWithOthers(known);
    this.#places = store.places(this.#source.id);
    const done = await this.#rebuild.done();
    const staged = store.stagedPages(this.#source.id);
    this.#before = new Map([...staged].filter(([url]) => done.has(url)));
  }

  /**
   * What is served of pages that other sources have, too: a page is with the source that read it
   * last, and stays there when this one keeps it. None where no other source has any of them.
   */
  async #servedWithOthers(known: ReadonlyMap<string, string>): Promise<Map<string, string>> {
    const { store, index } = this.#options;
    const served = new Map<string, string>();
    const others = store.list().filter(({ id }) => id !== this.#source.id);
    const isShared = others.some(({ id }) =>
      store
        .pages(id)
        .keys()
        .some((url) => known.has(url)),
    );
    if (!isShared) return served;
    for (const [url, contentHash] of known) {
      const passages = await index.readPage({ scope: 'public', url });
      if (passages.length > 0) served.set(url, contentHash);
    }
    return served;
  }

  async take(
    { url, fetched }: DiscoveredPage,
    fetchPage: PageFetcher['fetchPage'],
    signal: AbortSignal,
  ): Promise<void> {
    const canonical = canonicalUrl(url);
    if (this.#taken.has(canonical)) return;
    this.#taken.add(canonical);
    this.#counts.found += 1;
    this.#checkThatItIsThere();
    const place = this.#placeOf(canonical);
    const before = this.#before.get(place);
    if (before !== undefined) {
      if (this.#hashes.has(place)) return;
      this.#hashes.set(place, before);
      if (this.#served.get(place) === before) this.#counts.unchanged += 1;
      else this.#counts.changed += 1;
      return;
    }
    try {
      const fetchText = fetchForReading(fetchPage);
      const page = fetched ?? (await this.#inLine(url, () => fetchText(url, { signal })));
      await this.#takeFetched(canonical, page, signal);
    } catch (error) {
      if (!(error instanceof PageError) || signal.aborted) throw error;
      await this.#fail(canonical, error);
    }
    this.#options.store.recordRun(this.#source.id, this.#counts);
  }

  /** Serves what was staged; what neither is found any more nor could not be read is gone. */
  async commit(): Promise<void> {
    const { store } = this.#options;
    if (this.#hasGaps) await this.#keepUnfound();
    const gone = [...this.#served.keys()].filter((url) => !this.#hashes.has(url));
    this.#counts.removed = gone.length;
    this.#checkThatItIsThere();
    await this.#rebuild.commit();
    // Once more: what comes without its source nobody would ever remove.
    this.#checkThatItIsThere();
    store.servePages(this.#source.id, this.#hashes);
    store.recordRun(this.#source.id, this.#counts);
  }

  /** What leads to some of its pages could not be read: those that are not found may be there. */
  expectGaps(): void {
    this.#hasGaps = true;
  }

  expect(pages: number): void {
    this.#expected = pages;
  }

  async #keepUnfound(): Promise<void> {
    for (const [url, contentHash] of this.#served) {
      if (this.#hashes.has(url) || this.#gone.has(url)) continue;
      this.#hashes.set(url, contentHash);
      await this.#rebuild.keep(url);
    }
  }

  /** Nothing was read, though there was something to: the site is down, not empty. */
  hasNothing(): boolean {
    return this.#hashes.size === 0;
  }

  whyNothing(): string {
    const [reason] = this.#failures.keys();
    const { kind, address } = this.#source;
    return kind === 'page' && reason !== undefined
      ? `${address} could not be read: ${reason}`
      : 'none of its pages could be read';
  }

  progress(): Omit<ReindexProgress, 'seconds'> {
    return {
      source: this.#source,
      counts: { ...this.#counts },
      expected: Math.max(this.#counts.found, Math.min(this.#expected, this.#source.limits.pages)),
      failures: this.#failures,
      notes: this.notes,
    };
  }

  note(): string | null {
    return this.notes[0] ?? null;
  }

  #placeOf(canonical: string): string {
    return this.#places.get(canonical) ?? canonical;
  }

  #checkThatItIsThere(): void {
    if (this.#options.store.find(this.#source.id) === null) throw new RemovedError();
  }

  async #takeFetched(canonical: string, fetched: FetchedPage, signal: AbortSignal): Promise<void> {
    const place = this.#placeOf(canonical);
    const known = this.#served.get(place);
    if (fetched.from === 'revalidated' && known !== undefined && !this.#lacksVectors(known)) {
      return this.#hashes.has(place) ? undefined : this.#keep(place, known);
    }
    const page = await this.#read(fetched, signal);
    this.#checkThatItIsThere();
    if (page.url !== place) {
      this.#places.set(canonical, page.url);
      this.#options.store.placePage(this.#source.id, canonical, page.url);
    }
    if (this.#hashes.has(page.url)) return;
    const contentHash = this.#hashOf(page);
    if (this.#served.get(page.url) === contentHash) return this.#keep(page.url, contentHash);
    this.#hashes.set(page.url, contentHash);
    this.#counts.changed += 1;
    // After the hash, which must not depend on the pages that were read before this one.
    await this.#rebuild.stage(this.#boilerplate.leaveOut(page));
    this.#options.store.stagePage(this.#source.id, page.url, contentHash);
  }

  /** One page of a host at a time: its time to be fetched must not pass in a line. */
  #inLine<Result>(url: string, fetch: () => Promise<Result>): Promise<Result> {
    const { host } = new URL(url);
    const fetched = (this.#lines.get(host) ?? Promise.resolve()).then(fetch);
    this.#lines.set(
      host,
      fetched.catch(() => {}),
    );
    return fetched;
  }

  async #keep(url: string, contentHash: string): Promise<void> {
    this.#hashes.set(url, contentHash);
    this.#counts.unchanged += 1;
    await this.#rebuild.keep(url);
    this.#options.store.stagePage(this.#source.id, url, contentHash);
  }

  async #fail(url: string, error: PageError): Promise<void> {
    this.#counts.failed += 1;
    this.#failures.set(error.message, (this.#failures.get(error.message) ?? 0) + 1);
    const place = this.#placeOf(url);
    const known = this.#served.get(place);
    if (isGone(error)) this.#gone.add(place);
    if (known === undefined || isGone(error) || this.#hashes.has(place)) return;
    this.#hashes.set(place, known);
    await this.#rebuild.keep(place);
  }

  /** Of what a page says, not of its markup: an advertisement that changes is no change. */
  #hashOf({ passages }: IndexedPage): string {
    const hash = createHash('sha256');
    for (const { title, heading, text, dense } of passages) {
      hash.update(JSON.stringify([title, heading, text, dense !== null]));
    }
    const isBare = this.#options.embedder !== null && passages.some(({ dense }) => dense === null);
    return `${isBare ? BARE : ''}${hash.digest('base64url')}`;
  }

  /** It was read while the embedder was down. */
  #lacksVectors(contentHash: string): boolean {
    return this.#options.embedder !== null && contentHash.startsWith(BARE);
  }

  async #read(fetched: FetchedPage, signal: AbortSignal): Promise<IndexedPage> {
    const { embedder, read } = this.#options;
    const page = await readPage(fetched, {
      scope: 'public',
      read,
      embedder,
      // By its words alone for now: its hash says so, and the next run reads it again.
      onEmbedFailure: () => void this.notes.push('the embedder failed: ranking is by words'),
      signal,
    });
    return { ...page, sourceId: this.#source.id };
  }
}

/** Before the hash of a page without vectors; no character of a hash. */
const BARE = 'words:';

async function forEachAtOnce<Item>(
  items: AsyncIterable<Item>,
  limit: number,
  use: (item: Item) => Promise<void>,
): Promise<void> {
  const underWay = new Set<Promise<void>>();
  let failure: { error: unknown } | null = null;
  for await (const item of items) {
    if (failure !== null) break;
    const task = use(item)
      .catch((error: unknown) => {
        failure ??= { error };
      })
      .finally(() => underWay.delete(task));
    underWay.add(task);
    if (underWay.size >= limit) await Promise.race(underWay);
  }
  await Promise.all(underWay);
  rethrow(failure);
}

function rethrow(failure: { error: unknown } | null): void {
  if (failure !== null) throw failure.error;
}
