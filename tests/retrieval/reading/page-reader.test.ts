import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';

import type { FetchedPage } from '../../../retrieval/crawl/fetch-page.ts';
import { PageError } from '../../../retrieval/errors.ts';
import { createPageReader } from '../../../retrieval/reading/page-reader.ts';
import type { PageReader } from '../../../retrieval/reading/page-reader.ts';
import { writePdf } from '../../support/pdf-documents.ts';
import { passagesOfPage } from '../../../retrieval/reading/passages-of-page.ts';

const never = new AbortController().signal;
const scope = 'public';

const article = `<html lang="ru"><head><title>Волга</title></head><body><article><h1>Волга</h1>
<p>Волга — крупнейшая река Европы. Длина Волги составляет 3530 километров.</p>
<h2>Исток</h2><p>Она берёт начало на Валдайской возвышенности, у деревни Волговерховье.</p>
</article></body></html>`;

function fetched(text: string, over: Partial<FetchedPage> = {}): FetchedPage {
  return {
    requestedUrl: 'https://a.example/x',
    url: 'https://a.example/x',
    contentType: 'text/html',
    text,
    bytes: new TextEncoder().encode(text),
    etag: null,
    lastModified: null,
    fetchedAt: '2026-11-22T10:00:00.000Z',
    from: 'network',
    ...over,
  };
}

describe('a page that is read in another thread', () => {
  it('comes to the same passages and vectors as in this one', async () => {
    await using open = reader();
    const page = await open.reader.read(fetched(article), { scope, signal: never });
    expect(page.passages).toHaveLength(2);
    expect(page).toEqual(await passagesOfPage(fetched(article), { scope }));
  });

  it('leaves the bytes that were fetched where they are', async () => {
    await using open = reader();
    const page = fetched('Волга впадает в Каспийское море.', { contentType: 'text/plain' });
    const length = page.bytes.length;
    await open.reader.read(page, { scope, signal: never });
    expect(page.bytes).toHaveLength(length);
  });

  it('fails by the reason that it has here', async () => {
    await using open = reader();
    const reading = open.reader.read(fetched('<p></p>'), { scope, signal: never });
    await expect(reading).rejects.toThrow(PageError);
    await expect(reading).rejects.toMatchObject({
      message: 'no text found on the page',
      retryable: false,
    });
  });
});

/** Reads as the real one does, but does what a page's text tells it to. */
const obedient = `
  import { parentPort } from 'node:worker_threads';
  const { passagesOfPage } = await import(${JSON.stringify(new URL('../../../retrieval/reading/passages-of-page.ts', import.meta.url).href)});
  const { joinPage, toFailure } = await import(${JSON.stringify(new URL('../../../retrieval/reading/messages.ts', import.meta.url).href)});
  const { serveCalls } = await import(${JSON.stringify(new URL('../../../retrieval/workers/serve-calls.ts', import.meta.url).href)});
  const deeper = () => deeper() + 1;
  serveCalls(async (request) => {
    if (request.kind === 'warm') return { kind: 'warm' };
    const { text } = request.page;
    if (text === 'hang') for (;;);
    if (text === 'overflow') deeper();
    if (text === 'fill') { const all = []; for (;;) all.push({ at: all.length, text: 'x' + all.length }); }
    if (text === 'crash') setImmediate(() => { throw new Error('out of luck'); });
    if (text === 'reject') void Promise.reject(new Error('nobody waits for it'));
    if (text === 'crash' || text === 'reject') return new Promise(() => {});
    if (text === 'fault') throw new TypeError('no such thing');
    return { kind: 'passages', page: joinPage(await passagesOfPage(request.page, request)) };
  }, { toFailure });
`;

const plain = (text: string): FetchedPage => fetched(text, { contentType: 'text/plain' });

describe('a page that is too much for its thread', () => {
  it.each([
    ['hang', 'too complex to read in time'],
    ['overflow', 'too complex to read'],
    ['fill', 'too complex to read'],
  ])('fails alone: %s', async (text, reason) => {
    await using open = reader({ pageMs: 500, maxHeapMb: 40 });
    const hostile = open.reader.read(plain(text), { scope, signal: never });
    const neighbours = ['Первая страница.', 'Вторая страница.', 'Третья страница.'].map((each) =>
      open.reader.read(plain(each), { scope, signal: never }),
    );
    await expect(hostile).rejects.toThrow(PageError);
    await expect(hostile).rejects.toMatchObject({ message: reason, retryable: false });
    const read = await Promise.all(neighbours);
    expect(read.map(({ passages }) => passages[0]?.text)).toEqual([
      'Первая страница.',
      'Вторая страница.',
      'Третья страница.',
    ]);
  });

  it.each([
    ['crash', 'a thread that reads pages stopped'],
    ['fault', 'reading a page failed'],
  ])('is not blamed for a fault of ours: %s', async (text, message) => {
    await using open = reader();
    const faulty = open.reader.read(plain(text), { scope, signal: never });
    await expect(faulty).rejects.not.toThrow(PageError);
    await expect(faulty).rejects.toThrow(message);
    const next = await open.reader.read(plain('Вторая страница.'), { scope, signal: never });
    expect(next.passages).toHaveLength(1);
  });
});

describe('a document with broken references', () => {
  it('ends no thread with what its parser lets nobody catch', async () => {
    const words = 'The lighthouse was first lit in 1874. '.repeat(9);
    const whole = await writePdf({ pages: [words, words, words], compress: false });
    const references = [...whole.toString('latin1').matchAll(/^\d{10} \d{5} n/gmu)];
    const pairs = references.flatMap(({ index: one }, at) =>
      references.slice(at + 1).map(({ index: other }) => [one, other]),
    );
    expect(pairs.length).toBeGreaterThan(100);
    await using open = reader({ threads: 1, idleMs: 20_000 });
    for (const pair of pairs) {
      const bytes = Uint8Array.from(whole);
      for (const index of pair) bytes.set(Buffer.from('0000000017'), index);
      const page = fetched('', { contentType: 'application/pdf', bytes });
      const outcome = await open.reader.read(page, { scope, signal: never }).then(
        ({ passages }) => passages.length > 0,
        (error: unknown) => error instanceof PageError,
      );
      expect(outcome, `references at ${pair.join(' and ')}`).toBe(true);
    }
    const next = await open.reader.read(plain('Вторая страница.'), { scope, signal: never });
    expect(next.passages).toHaveLength(1);
    expect(open.started).toHaveLength(1);
  });

  it('leaves rejections of anything else to end the thread', async () => {
    await using open = reader();
    const bytes = new Uint8Array(await writePdf({ pages: ['The lighthouse.'] }));
    const page = fetched('', { contentType: 'application/pdf', bytes });
    await open.reader.read(page, { scope, signal: never });
    const faulty = open.reader.read(plain('reject'), { scope, signal: never });
    await expect(faulty).rejects.toThrow('a thread that reads pages stopped');
  });
});

describe('threads', () => {
  it('start with the first page or the word that pages are coming, and once', async () => {
    await using open = reader({ growAfterMs: 30_000 });
    expect(open.started).toHaveLength(0);
    open.reader.warm();
    open.reader.warm();
    expect(open.started).toHaveLength(1);
    await Promise.all(
      ['Один.', 'Два.', 'Три.'].map((each) =>
        open.reader.read(plain(each), { scope, signal: never }),
      ),
    );
    expect(open.started).toHaveLength(1);
  });

  it('are two when a page holds up those behind it', async () => {
    await using open = reader({ growAfterMs: 50, pageMs: 30_000 });
    const hostile = open.reader.read(plain('hang'), { scope, signal: never });
    const next = await open.reader.read(plain('Вторая страница.'), { scope, signal: never });
    expect(next.passages).toHaveLength(1);
    expect(open.started).toHaveLength(2);
    await Promise.all([
      expect(hostile).rejects.toMatchObject({ message: 'cancelled' }),
      open.reader.close(),
    ]);
  });

  it('end when no page has come for a while, and start again with the next', async () => {
    await using open = reader({ idleMs: 20 });
    await open.reader.read(plain('Один.'), { scope, signal: never });
    const [first] = open.started;
    if (first !== undefined) await once(first, 'exit');
    const next = await open.reader.read(plain('Два.'), { scope, signal: never });
    expect(next.passages).toHaveLength(1);
    expect(open.started).toHaveLength(2);
  });
});

describe('a page that nobody waits for any more', () => {
  it('leaves the line', async () => {
    await using open = reader({ threads: 1 });
    const stop = new AbortController();
    const first = open.reader.read(plain('Один.'), { scope, signal: never });
    const left = open.reader.read(plain('hang'), { scope, signal: stop.signal });
    const last = open.reader.read(plain('Три.'), { scope, signal: never });
    stop.abort();
    await expect(left).rejects.toMatchObject({ name: 'PageError', message: 'cancelled' });
    expect((await Promise.all([first, last])).map(({ passages }) => passages.length)).toEqual([
      1, 1,
    ]);
  });

  it('is not begun when it was given up before', async () => {
    await using open = reader();
    const reading = open.reader.read(plain('Один.'), { scope, signal: AbortSignal.abort() });
    await expect(reading).rejects.toMatchObject({ message: 'cancelled' });
    expect(open.started).toHaveLength(0);
  });

  it('is refused when too many wait', async () => {
    await using open = reader({ threads: 1, maxWaiting: 1 });
    const pages = ['Один.', 'Два.', 'Три.'].map((each) =>
      open.reader.read(plain(each), { scope, signal: never }),
    );
    const outcomes = await Promise.allSettled(pages);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(outcomes[2]).toMatchObject({
      reason: { message: 'too many pages at once', retryable: true },
    });
  });

  it('fails when the reader closes, and so does the next', async () => {
    await using open = reader();
    const reading = open.reader.read(plain('hang'), { scope, signal: never });
    await Promise.all([
      expect(reading).rejects.toMatchObject({ message: 'cancelled' }),
      open.reader.close(),
    ]);
    const next = open.reader.read(plain('Один.'), { scope, signal: never });
    await expect(next).rejects.toMatchObject({ message: 'cancelled' });
  });
});

interface OpenReader extends AsyncDisposable {
  reader: PageReader;
  started: Worker[];
}

function reader(options: Parameters<typeof createPageReader>[0] = {}): OpenReader {
  const started: Worker[] = [];
  const opened = createPageReader({
    startWorker: () => {
      const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(obedient)}`), {
        resourceLimits: { maxOldGenerationSizeMb: 1024 },
      });
      started.push(worker);
      return worker;
    },
    ...options,
  });
  return { reader: opened, started, [Symbol.asyncDispose]: () => opened.close() };
}
