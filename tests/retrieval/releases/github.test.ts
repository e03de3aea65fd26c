import { describe, expect, test } from 'vitest';

import { createGithub } from '../../../retrieval/releases/github.ts';
import { createLane } from '../../../retrieval/releases/lane.ts';
import { createServiceRequest } from '../../../retrieval/releases/service-request.ts';
import { collectAll, describeReleaseSource } from '../../contracts/release-source.ts';
import { sendJson, startServer } from '../../support/loopback-server.ts';

const now = (): number => Date.parse('2026-03-10T12:00:00Z');
const ask = createServiceRequest({ maxBytes: 200_000, now, wait: () => Promise.resolve() });

const open = (baseUrl: string, token: string | null = null) =>
  createGithub({
    repository: 'acme/lumira',
    ask,
    lane: createLane({ gapMs: 0 }),
    baseUrl,
    token,
    now,
  });

const RELEASE = {
  id: 77,
  tag_name: 'v2.0',
  name: 'Lumira 2',
  body: 'Weights: https://huggingface.co/acme/Lumira-2-7B.',
  draft: false,
  prerelease: false,
  published_at: '2026-03-09T10:00:00Z',
};

// What is said of the repository is asked at the same server: a list is not what it says.
describeReleaseSource({
  name: 'GitHub',
  open: async (baseUrl) => ({ source: open(baseUrl), async [Symbol.asyncDispose]() {} }),
  oneItem: (title) => ({
    type: 'application/json',
    body: JSON.stringify([{ ...RELEASE, name: title }]),
  }),
});

describe('releases of a repository', () => {
  test('come with what the repository says of itself', async () => {
    await using server = await startServer((request, response) => {
      if (request.url === '/repos/acme/lumira') {
        sendJson(response, {
          full_name: 'Acme/Lumira',
          description: 'Open models',
          homepage: 'https://huggingface.co/acme',
          stargazers_count: 410,
          topics: ['llm'],
        });
      } else
        sendJson(response, [{ ...RELEASE, draft: true, tag_name: 'v3' }, RELEASE, { tag_name: 5 }]);
    });
    const found = await collectAll(open(server.url, 'ghp_secret'));
    expect(found).toEqual([
      {
        id: 'github:Acme/Lumira@v2.0',
        service: 'github',
        kind: 'repository',
        url: `${server.url}/Acme/Lumira/releases/tag/v2.0`,
        title: 'Lumira 2',
        publisher: 'Acme',
        summary: 'Open models Weights: https://huggingface.co/acme/Lumira-2-7B.',
        publishedAt: new Date('2026-03-09T10:00:00Z'),
        updatedAt: null,
        links: [
          `${server.url}/Acme/Lumira`,
          'https://huggingface.co/acme',
          'https://huggingface.co/acme/Lumira-2-7B',
        ],
        tags: ['llm'],
        baseModels: [],
        popularity: { downloads: null, likes: null, upvotes: null, stars: 410 },
        aliases: ['github-release:77'],
      },
    ]);
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer ghp_secret',
      'Bearer ghp_secret',
    ]);
  });

  test('wait for the hour at which GitHub answers again', async () => {
    const reset = String(now() / 1000 + 1800);
    await using server = await startServer((_request, response) => {
      response
        .writeHead(403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset })
        .end('{}');
    });
    await expect(collectAll(open(server.url, 'ghp_secret'))).rejects.toMatchObject({
      reason: 'rate-limited',
      retryAt: new Date('2026-03-10T12:30:00Z'),
      message: 'github acme/lumira: too many requests (HTTP 403)',
    });
    expect(server.requests).toHaveLength(1);
  });
});
