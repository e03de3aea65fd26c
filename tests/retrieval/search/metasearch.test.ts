import { describe, expect, it } from 'vitest';
import { SearchError } from '../../../retrieval/errors.ts';
import { createMetasearch } from '../../../retrieval/search/metasearch.ts';
import type { MetasearchOptions } from '../../../retrieval/search/metasearch.ts';
import type {
  SearchEngine,
  SearchQuery,
  SearchResponse,
} from '../../../retrieval/search/search-engine.ts';

const question: SearchQuery = { text: 'Солнце', language: 'ru' };

function engine(
  name: string,
  search: (query: SearchQuery, signal: AbortSignal) => Promise<SearchResponse>,
): SearchEngine {
  return { name, search: (query, { signal }) => search(query, signal) };
}

function response(host: string, count: number, warnings: string[] = []): SearchResponse {
  const results = Array.from({ length: count }, (_, index) => ({
    url: `https://${host}/${index}`,
    title: `${host} ${index}`,
    snippet: '',
    publishedAt: null,
  }));
  return { results, warnings };
}

const answering = (name: string, count: number, warnings: string[] = []): SearchEngine =>
  engine(name, async () => response(name, count, warnings));
const failing = (name: string, message: string): SearchEngine =>
  engine(name, async () => {
    throw new SearchError(message, { retryable: true });
  });
/** Never answers, and records why it was told to stop. */
function silent(name: string): SearchEngine & { aborted: Promise<unknown> } {
  const { promise: aborted, resolve } = Promise.withResolvers<unknown>();
  const stuck = engine(
    name,
    (_query, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          resolve(signal.reason);
          reject(new Error('stopped'));
        });
      }),
  );
  return { ...stuck, aborted };
}

const search = (
  options: MetasearchOptions,
  signal = new AbortController().signal,
): ReturnType<ReturnType<typeof createMetasearch>['search']> =>
  createMetasearch(options).search(question, { signal });

describe('all engines at once', () => {
  it('merges what they found and passes their warnings on', async () => {
    const { results, degraded, failed } = await search({
      engines: [answering('a', 2), answering('b', 1, ['b: x did not answer (timeout)'])],
    });
    expect(results.map((result) => result.url)).toEqual([
      'https://a/0',
      'https://b/0',
      'https://a/1',
    ]);
    expect(degraded).toEqual(['b: x did not answer (timeout)']);
    expect(failed).toBe(false);
  });

  it('starts all before any has answered', async () => {
    const started: string[] = [];
    const all = Promise.withResolvers<void>();
    const waiting = (name: string): SearchEngine =>
      engine(name, async () => {
        started.push(name);
        if (started.length === 3) all.resolve();
        await all.promise;
        return response(name, 1);
      });
    const engines = [waiting('a'), waiting('b'), waiting('c')];
    expect((await search({ engines })).results).toHaveLength(3);
    expect(started).toEqual(['a', 'b', 'c']);
  });

  it('tells an empty web from failed engines', async () => {
    expect(await search({ engines: [answering('a', 0), failing('b', 'b: broken')] })).toEqual({
      results: [],
      degraded: ['b: broken'],
      failed: false,
    });
    expect(await search({ engines: [failing('a', 'a: no'), failing('b', 'b: broken')] })).toEqual({
      results: [],
      degraded: ['a: no', 'b: broken'],
      failed: true,
    });
  });

  it('fails when there is no engine', async () => {
    expect(await search({ engines: [] })).toEqual({
      results: [],
      degraded: ['search: no engine is configured'],
      failed: true,
    });
  });

  it('shows no text that was not written to be shown, but gives it to the log', async () => {
    const fault = new TypeError('secret-key is not a function');
    const failures: [string, unknown][] = [];
    const broken = engine('a', () => {
      throw fault;
    });
    const outcome = await search({
      engines: [broken, answering('b', 1)],
      onFailure: (name, error) => failures.push([name, error]),
    });
    expect(outcome.degraded).toEqual(['a: the search failed']);
    expect(outcome.results).toHaveLength(1);
    expect(failures).toEqual([['a', fault]]);
  });
});

describe('a slow engine', () => {
  it('is not waited for beyond the grace once there is enough, and is stopped', async () => {
    const slow = silent('slow');
    const { results, degraded } = await search({
      engines: [answering('fast', 8), slow],
      graceMs: 10,
      deadlineMs: 60_000,
    });
    expect(results).toHaveLength(8);
    expect(degraded).toEqual(['slow: slower than the others, not waited for']);
    expect(await slow.aborted).toBeInstanceOf(Error);
  });

  it('still counts when it answers within the grace', async () => {
    const { promise: fastAnswered, resolve } = Promise.withResolvers<void>();
    const fast = engine('fast', async () => {
      setImmediate(resolve);
      return response('fast', 8);
    });
    const later = engine('later', async () => {
      await fastAnswered;
      return response('later', 1);
    });
    const { results, degraded } = await search({ engines: [fast, later], graceMs: 10_000 });
    expect(results.map((result) => result.url)).toContain('https://later/0');
    expect(degraded).toEqual([]);
  });

  it('is waited for until the deadline while there is not enough', async () => {
    const outcome = await search({
      engines: [answering('fast', 7), silent('slow')],
      graceMs: 0,
      deadlineMs: 40,
    });
    expect(outcome.results).toHaveLength(7);
    expect(outcome.degraded).toEqual(['slow: no answer within 40 ms']);
    expect(outcome.failed).toBe(false);
  });

  it('makes the search fail when it was the only one', async () => {
    const outcome = await search({ engines: [silent('slow')], deadlineMs: 20 });
    expect(outcome).toEqual({
      results: [],
      degraded: ['slow: no answer within 20 ms'],
      failed: true,
    });
  });
});

describe('a caller who stops', () => {
  it('gets their own reason, and the engines stop', async () => {
    const slow = silent('slow');
    const controller = new AbortController();
    const reason = new Error('the user pressed stop');
    const searching = search({ engines: [slow, answering('a', 1)] }, controller.signal);
    controller.abort(reason);
    await expect(searching).rejects.toBe(reason);
    expect(await slow.aborted).toBe(reason);
  });

  it('causes nothing when they had stopped before', async () => {
    let asked = 0;
    const counted = engine('a', async () => {
      asked += 1;
      return response('a', 1);
    });
    const reason = new Error('too late');
    await expect(search({ engines: [counted] }, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(asked).toBe(0);
  });
});
