import { beforeEach, describe, expect, test } from 'vitest';

import type { Health } from '../../../bot/operator/health.ts';
import {
  observeEmbedder,
  observeIndex,
  observeModel,
  observeSearch,
} from '../../../bot/operator/observe.ts';
import { ModelError } from '../../../generation/models/chat-model.ts';
import type { ChatEvent, ChatModel } from '../../../generation/models/chat-model.ts';
import { EmbedError, IndexError } from '../../../retrieval/errors.ts';
import type {
  HybridQuery,
  IndexedPage,
  AnsweringIndex,
} from '../../../retrieval/index/passage-index.ts';

let heard: string[];
let health: Health;
beforeEach(() => {
  heard = [];
  health = {
    worked: (part) => void heard.push(`${part} worked`),
    failed: (part, error) => void heard.push(`${part} failed: ${(error as Error).message}`),
  };
});

const signal = new AbortController().signal;

const DELTA: ChatEvent = { type: 'text-delta', text: 'Да' };
const modelWith = (events: ChatEvent[], error?: Error): ChatModel =>
  observeModel(
    {
      name: 'm',
      contextTokens: 100,
      // oxlint-disable-next-line require-await
      async *stream() {
        yield* events;
        if (error !== undefined) throw error;
      },
    },
    health,
  );
const drain = async (model: ChatModel, abort = signal): Promise<ChatEvent[]> =>
  Array.fromAsync(model.stream([], { signal: abort, maxOutputTokens: 9 }));

const passage = (dense: Float32Array | null): IndexedPage['passages'][number] =>
  ({ dense }) as IndexedPage['passages'][number];
const page = (dense: Float32Array | null): IndexedPage => ({
  url: 'https://a.example/',
  scope: 'public',
  sourceId: null,
  passages: [passage(dense)],
});
const query = (dense: Float32Array | null): HybridQuery => ({
  terms: { indices: new Uint32Array(), values: new Float32Array() },
  grams: { indices: new Uint32Array(), values: new Float32Array() },
  dense,
  scopes: ['public'],
  limit: 1,
});
const indexWith = (error: Error | null): AnsweringIndex => {
  const answer = async <T>(value: T): Promise<T> => {
    if (error !== null) throw error;
    return value;
  };
  return observeIndex(
    {
      replacePage: () => answer(undefined),
      query: () => answer({ terms: [], grams: [], dense: [] }),
      readPage: () => answer([]),
    },
    health,
  );
};
const VECTOR = new Float32Array([1]);

describe('a search', () => {
  const query = { text: 'что', language: 'ru' } as const;
  const searchWith = (failed: boolean, degraded: string[]) =>
    observeSearch(
      { search: () => Promise.resolve({ results: [], degraded, failed }) },
      health,
    ).search(query, { signal });

  test('works where any engine has answered, whatever the others did', async () => {
    const response = await searchWith(false, ['searxng: too many requests (HTTP 429)']);
    expect(response.degraded).toHaveLength(1);
    expect(heard).toEqual(['search worked']);
  });

  test('has failed where none has', async () => {
    await searchWith(true, ['searxng: gone', 'wikipedia: gone']);
    expect(heard).toEqual(['search failed: searxng: gone; wikipedia: gone']);
  });

  test('that was called off has done neither', async () => {
    const search = observeSearch({ search: () => Promise.reject(new Error('aborted')) }, health);
    await expect(search.search(query, { signal })).rejects.toThrow('aborted');
    expect(heard).toEqual([]);
  });
});

describe('a model', () => {
  test('works when it has ended its answer, which passes unchanged', async () => {
    const events: ChatEvent[] = [DELTA, { type: 'finish', reason: 'stop' }];
    const model = modelWith(events);
    expect(await drain(model)).toEqual(events);
    expect([model.name, model.contextTokens]).toEqual(['m', 100]);
    expect(heard).toEqual(['model worked']);
  });

  test('works when its reader has seen enough', async () => {
    for await (const event of modelWith([DELTA, DELTA]).stream([], {
      signal,
      maxOutputTokens: 9,
    })) {
      expect(event).toEqual(DELTA);
      break;
    }
    expect(heard).toEqual(['model worked']);
  });

  test('has failed when it breaks off, however much it wrote', async () => {
    const error = new ModelError('model m: the connection was cut', { retryable: true });
    await expect(drain(modelWith([DELTA], error))).rejects.toBe(error);
    expect(heard).toEqual(['model failed: model m: the connection was cut']);
  });

  test('that was called off has done neither', async () => {
    const own = new AbortController();
    own.abort();
    await expect(drain(modelWith([], new Error('aborted')), own.signal)).rejects.toThrow('aborted');
    expect(heard).toEqual([]);
  });
});

describe('an embedder', () => {
  test('works, fails, and is not judged by nothing or by what was called off', async () => {
    let error: Error | null = null;
    const answer = async <T>(value: T): Promise<T> => {
      if (error !== null) throw error;
      return value;
    };
    const embedder = observeEmbedder(
      {
        model: 'e5',
        embedPassages: (texts) => answer(texts.map(() => new Float32Array([1]))),
        embedQuery: () => answer(new Float32Array([1])),
      },
      health,
    );
    expect(embedder.model).toBe('e5');
    expect(await embedder.embedPassages([], { signal })).toEqual([]);
    expect(heard).toEqual([]);
    expect(await embedder.embedPassages(['a'], { signal })).toEqual([new Float32Array([1])]);
    error = new EmbedError('embeddings: HTTP 401', { retryable: false });
    await expect(embedder.embedQuery('a', { signal })).rejects.toBe(error);
    await expect(embedder.embedQuery('a', { signal: AbortSignal.abort() })).rejects.toBe(error);
    expect(heard).toEqual(['embeddings worked', 'embeddings failed: embeddings: HTTP 401']);
  });
});

describe('an index', () => {
  test('is heard of when it reads and when it writes', async () => {
    const index = indexWith(null);
    await index.replacePage(page(VECTOR));
    await index.query(query(VECTOR));
    expect(heard).toEqual(['index-writing worked', 'index-reading worked']);
  });

  test('fails at either by itself', async () => {
    const index = indexWith(new IndexError('it is read-only', { retryable: false }));
    await expect(index.replacePage(page(null))).rejects.toThrow('it is read-only');
    await expect(index.query(query(null))).rejects.toThrow('it is read-only');
    expect(heard).toEqual([
      'index-writing failed: it is read-only',
      'index-reading failed: it is read-only',
    ]);
  });

  test('that refuses the vectors of another model has not failed', async () => {
    const index = indexWith(new IndexError('4 dimensions instead of 3', { retryable: false }));
    await expect(index.replacePage(page(VECTOR))).rejects.toThrow('4 dimensions');
    await expect(index.query(query(VECTOR))).rejects.toThrow('4 dimensions');
    expect(heard).toEqual([]);
  });
});
