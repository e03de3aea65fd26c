import { expect, test } from 'vitest';

import { readConfig } from '../../bot/config.ts';
import { describeServices } from '../../bot/services.ts';

test('names Wikipedia alone when nothing is configured', () => {
  expect(describeServices(readConfig({}))).toEqual({
    searchEngines: ['Wikipedia (*.wikipedia.org)'],
    models: [],
    embeddings: null,
    reranker: null,
    pageReader: null,
  });
});

test('names every host that a question meets, and no password or key', () => {
  const config = readConfig({
    SEARXNG_URL: 'http://user:secret@127.0.0.1:8888/searx?key=secret',
    WIKIPEDIA: 'on',
    OPENAI_BASE_URL: 'https://api.example.org/v1',
    OPENAI_API_KEY: 'secret',
    OPENAI_MODEL: 'deepseek-chat',
    OPENAI_FALLBACK_MODELS: 'deepseek-reasoner',
    VERIFY_MODEL: 'qwen3:8b',
    GIGACHAT_CREDENTIALS: 'aWQ6c2VjcmV0',
    GIGACHAT_BASE_URL: 'https://user:secret@giga.example.org/api/v1',
    EMBEDDINGS_BASE_URL: 'http://[::1]:8081/v1',
    EMBEDDINGS_API_KEY: 'secret',
    EMBEDDINGS_MODEL: 'e5',
    RERANK_BASE_URL: 'http://127.0.0.1:8082/rank?key=secret',
    READER_BASE_URL: 'https://user:secret@reader.example.org/v1',
  });
  expect(describeServices(config)).toEqual({
    searchEngines: ['SearXNG (127.0.0.1:8888)', 'Wikipedia (*.wikipedia.org)'],
    models: [
      { name: 'deepseek-chat', host: 'api.example.org' },
      { name: 'deepseek-reasoner', host: 'api.example.org' },
      { name: 'GigaChat-2', host: 'giga.example.org' },
      { name: 'qwen3:8b', host: 'api.example.org' },
    ],
    embeddings: { host: '[::1]:8081' },
    reranker: { host: '127.0.0.1:8082' },
    pageReader: { host: 'reader.example.org' },
  });
});

test('names GigaChat where it makes the embeddings, and nobody where a table does', () => {
  const gigachat = { EMBEDDINGS_PROVIDER: 'gigachat', GIGACHAT_CREDENTIALS: 'aWQ6c2VjcmV0' };
  expect(describeServices(readConfig(gigachat)).embeddings).toEqual({
    host: 'gigachat.devices.sberbank.ru',
  });
  expect(describeServices(readConfig({ EMBEDDINGS_FOLDER: '/srv/table' })).embeddings).toBeNull();
});
