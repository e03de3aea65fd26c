import { expect, test } from 'vitest';

import { readConfig } from '../../bot/config.ts';
import { describeServices } from '../../bot/services.ts';

test('names Wikipedia alone when nothing is configured', () => {
  expect(describeServices(readConfig({}))).toEqual({
    searchEngines: ['Wikipedia (*.wikipedia.org)'],
    model: null,
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
    EMBEDDINGS_BASE_URL: 'http://[::1]:8081/v1',
    EMBEDDINGS_API_KEY: 'secret',
    EMBEDDINGS_MODEL: 'e5',
    RERANK_BASE_URL: 'http://127.0.0.1:8082/rank?key=secret',
    READER_BASE_URL: 'https://user:secret@reader.example.org/v1',
  });
  expect(describeServices(config)).toEqual({
    searchEngines: ['SearXNG (127.0.0.1:8888)', 'Wikipedia (*.wikipedia.org)'],
    model: { name: 'deepseek-chat', host: 'api.example.org' },
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
