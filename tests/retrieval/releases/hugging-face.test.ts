import { describe, expect, test } from 'vitest';

import { createHuggingFacePapers } from '../../../retrieval/releases/hugging-face-papers.ts';
import { createHuggingFaceModels } from '../../../retrieval/releases/hugging-face.ts';
import type { Validators } from '../../../retrieval/releases/release-source.ts';
import { createServiceRequest } from '../../../retrieval/releases/service-request.ts';
import { collectAll, describeReleaseSource } from '../../contracts/release-source.ts';
import { sendJson, startServer } from '../../support/loopback-server.ts';

const now = (): number => Date.parse('2026-03-10T12:00:00Z');
const ask = createServiceRequest({ maxBytes: 200_000, now, wait: () => Promise.resolve() });

const MODEL = {
  _id: '65f0',
  id: 'acme/Lumira-2-7B',
  createdAt: '2026-03-10T08:00:00.000Z',
  lastModified: '2026-03-10T09:00:00.000Z',
  private: false,
  gated: 'auto',
  likes: 12,
  downloads: 340,
  pipeline_tag: 'text-generation',
  tags: [
    'license:mit',
    'arxiv:2603.01234',
    'base_model:acme/Lumira-2',
    'base_model:finetune:acme/Lumira-2',
  ],
  cardData: { license: ['mit', 'other'], base_model: 'acme/Lumira-2' },
};

describeReleaseSource({
  name: 'Hugging Face',
  open: async (baseUrl) => ({
    source: createHuggingFaceModels({ list: 'new', ask, baseUrl, now }),
    async [Symbol.asyncDispose]() {},
  }),
  oneItem: (title) => ({
    type: 'application/json',
    body: JSON.stringify([{ ...MODEL, id: `acme/${title}` }]),
  }),
});

describeReleaseSource({
  name: 'Hugging Face papers',
  open: async (baseUrl) => ({
    source: createHuggingFacePapers({ ask, baseUrl, now }),
    async [Symbol.asyncDispose]() {},
  }),
  oneItem: (title) => ({
    type: 'application/json',
    body: JSON.stringify([{ paper: { id: '2603.01234', title: `${title} Technical Report` } }]),
  }),
});

describe('models of Hugging Face', () => {
  test('are read with all that tells what they are', async () => {
    await using server = await startServer((_request, response) => {
      sendJson(response, [MODEL]);
    });
    const source = createHuggingFaceModels({ list: 'new', ask, baseUrl: server.url, now });
    expect(await collectAll(source)).toEqual([
      {
        id: 'huggingface:acme/Lumira-2-7B',
        service: 'huggingface',
        kind: 'model',
        url: `${server.url}/acme/Lumira-2-7B`,
        title: 'Lumira-2-7B',
        publisher: 'acme',
        summary: '',
        publishedAt: new Date('2026-03-10T08:00:00Z'),
        updatedAt: new Date('2026-03-10T09:00:00Z'),
        links: ['https://arxiv.org/abs/2603.01234'],
        tags: ['text-generation', 'gated', ...MODEL.tags],
        baseModels: [{ id: 'acme/Lumira-2', relation: 'finetune' }],
        popularity: { downloads: 340, likes: 12, upvotes: null, stars: null },
        aliases: ['huggingface-id:65f0'],
      },
    ]);
    expect(server.requests.map(({ path }) => path)).toEqual([
      '/api/models?sort=createdAt&direction=-1&limit=100&full=true&config=true&cardData=true',
    ]);
  });

  test('are paged by the Link header as far as the window goes, and on its host alone', async () => {
    await using server = await startServer((request, response) => {
      const page = Number(new URL(request.url ?? '', server.url).searchParams.get('cursor') ?? 1);
      response.setHeader('link', `<${server.url}/api/models?cursor=${page + 1}>; rel="next"`);
      const createdAt = `2026-03-${String(10 - page * 3).padStart(2, '0')}T00:00:00Z`;
      sendJson(response, [{ ...MODEL, id: `acme/model-${page}`, createdAt }]);
    });
    const source = createHuggingFaceModels({ list: 'new', ask, baseUrl: server.url, now });
    const found = await collectAll(source, { since: new Date('2026-03-05T00:00:00Z') });
    expect(found.map(({ title }) => title)).toEqual(['model-1', 'model-2']);
    expect(server.requests).toHaveLength(2);

    await using elsewhere = await startServer((_request, response) => {
      response.setHeader('link', '<http://127.0.0.9:1/api/models?cursor=2>; rel="next"');
      sendJson(response, [MODEL]);
    });
    const other = createHuggingFaceModels({ list: 'trending', ask, baseUrl: elsewhere.url, now });
    expect(await collectAll(other)).toHaveLength(1);
  });

  test('say where the limit of pages cut them', async () => {
    await using server = await startServer((_request, response) => {
      response.setHeader('link', `<${server.url}/api/models?cursor=2>; rel="next"`);
      sendJson(response, [MODEL]);
    });
    const notes: string[] = [];
    const source = createHuggingFaceModels({
      list: 'new',
      ask,
      baseUrl: server.url,
      pages: 2,
      now,
    });
    await collectAll(source, { onNote: (note) => notes.push(note) });
    expect(notes).toEqual(['huggingface new: only the newest 200 are read']);
  });

  test('with wrong types keep what is right, and lose no other', async () => {
    await using server = await startServer((_request, response) => {
      sendJson(response, [
        {
          ...MODEL,
          id: 'acme/odd',
          likes: 'many',
          downloads: null,
          tags: [7, 'x'],
          cardData: 'none',
          createdAt: 5,
        },
        { ...MODEL, id: 42 },
        null,
        { ...MODEL, id: 'acme/later', createdAt: '2031-01-01T00:00:00Z' },
        { ...MODEL, id: 'acme/hidden', private: true },
        MODEL,
      ]);
    });
    const notes: string[] = [];
    const source = createHuggingFaceModels({ list: 'new', ask, baseUrl: server.url, now });
    const found = await collectAll(source, { onNote: (note) => notes.push(note) });
    expect(found.map(({ title, publishedAt }) => [title, publishedAt])).toEqual([
      ['odd', null],
      ['later', null],
      ['Lumira-2-7B', new Date('2026-03-10T08:00:00Z')],
    ]);
    expect(found[0]).toMatchObject({ tags: ['text-generation', 'gated', 'x'], baseModels: [] });
    expect(notes).toEqual(['huggingface new: 2 of 6 items cannot be read']);
  });

  test('are not read again when the server says that nothing changed', async () => {
    await using server = await startServer((request, response) => {
      if (request.headers['if-none-match'] === '"one"') response.writeHead(304).end();
      else {
        response.setHeader('etag', '"one"');
        sendJson(response, [MODEL]);
      }
    });
    const kept = new Map<string, Validators>();
    const conditions = {
      find: (url: string) => kept.get(url) ?? null,
      remember: (url: string, validators: Validators) => void kept.set(url, validators),
    };
    const source = createHuggingFaceModels({ list: 'new', ask, baseUrl: server.url, now });
    expect(await collectAll(source, { conditions })).toHaveLength(1);
    expect(await collectAll(source, { conditions })).toEqual([]);
  });
});

describe('daily papers', () => {
  test('name their code as their own', async () => {
    await using server = await startServer((_request, response) => {
      sendJson(response, [
        {
          title: 'ignored',
          paper: {
            id: '2603.01234',
            title: 'Lumira-2 Technical\n  Report',
            summary: 'We introduce Lumira-2.',
            publishedAt: '2026-03-09T00:00:00Z',
            submittedOnDailyAt: '2026-03-10T00:00:00Z',
            upvotes: 31,
            githubRepo: 'https://github.com/acme/lumira',
            githubStars: 210,
            organization: { name: 'acme', fullname: 'Acme' },
          },
        },
      ]);
    });
    const source = createHuggingFacePapers({ ask, baseUrl: server.url, now });
    expect(await collectAll(source)).toMatchObject([
      {
        id: 'huggingface:papers/2603.01234',
        kind: 'paper',
        title: 'Lumira-2 Technical Report',
        publisher: 'acme',
        links: ['https://arxiv.org/abs/2603.01234', 'https://github.com/acme/lumira'],
        tags: ['own-code'],
        popularity: { downloads: null, likes: null, upvotes: 31, stars: 210 },
      },
    ]);
  });
});
