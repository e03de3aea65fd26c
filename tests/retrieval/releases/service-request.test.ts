import { describe, expect, test } from 'vitest';

import { UNCONDITIONAL } from '../../../retrieval/releases/release-source.ts';
import { createServiceRequest } from '../../../retrieval/releases/service-request.ts';
import { startServer } from '../../support/loopback-server.ts';
import type { LoopbackHandler } from '../../support/loopback-server.ts';

const NOW = Date.parse('2026-03-10T12:00:00Z');

async function ask(handler: LoopbackHandler, { longestWaitMs = 20_000 } = {}) {
  const waits: number[] = [];
  await using server = await startServer(handler);
  const request = createServiceRequest({
    longestWaitMs,
    now: () => NOW,
    wait: async (ms) => void waits.push(ms),
  });
  const reply = await request({
    name: 'hub',
    url: `${server.url}/list`,
    accept: 'application/json',
    signal: new AbortController().signal,
    conditions: UNCONDITIONAL,
  }).catch((error: unknown) => error);
  return { reply, waits, paths: server.requests.map(({ path }) => path) };
}

describe('a service that is asked', () => {
  test('is waited for as long as it asks, where that is short', async () => {
    let calls = 0;
    const { reply, waits } = await ask((_request, response) => {
      calls += 1;
      if (calls === 1) response.writeHead(429, { 'retry-after': '7' }).end();
      else response.end('[]');
    });
    expect(reply).toMatchObject({ body: '[]' });
    expect(waits).toEqual([7000]);
  });

  test('is asked in a later round when it wants a longer pause, and says when', async () => {
    const { reply, waits } = await ask((_request, response) => {
      response.writeHead(429, { 'retry-after': '600' }).end();
    });
    expect(reply).toMatchObject({ reason: 'rate-limited', retryAt: new Date(NOW + 600_000) });
    expect(waits).toEqual([]);
  });

  test('is given another try when it fails, and only one', async () => {
    const { reply, waits, paths } = await ask((_request, response) => {
      response.writeHead(502).end();
    });
    expect(reply).toMatchObject({ message: 'hub: the service does not work (HTTP 502)' });
    expect(waits).toEqual([1000]);
    expect(paths).toHaveLength(2);
  });

  test('is followed where it moved on its own host, and nowhere else', async () => {
    const moved = await ask((request, response) => {
      if (request.url === '/list') response.writeHead(301, { location: '/repositories/5' }).end();
      else response.end('[1]');
    });
    expect(moved.reply).toMatchObject({ body: '[1]' });
    const away = await ask((_request, response) => {
      response.writeHead(302, { location: 'http://127.0.0.9:1/list' }).end();
    });
    expect(away.reply).toMatchObject({ reason: 'refused' });
    expect(away.paths).toEqual(['/list']);
  });
});
