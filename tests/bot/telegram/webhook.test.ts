import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

import type { Update } from 'grammy/types';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { createLogger } from '../../../bot/logger.ts';
import { listenForUpdates } from '../../../bot/telegram/webhook.ts';
import type { UpdateListener } from '../../../bot/telegram/webhook.ts';
import { manualClock } from '../../support/manual-clock.ts';
import type { ManualClock } from '../../support/manual-clock.ts';

const SECRET = 'a-secret_token';
const UPDATE = { update_id: 7, message: { text: 'вопрос' } };

let listener: UpdateListener;
let clock: ManualClock;
let taken: Update[];
let log: string[];
let take: (update: Update) => void | Promise<void>;

beforeEach(async () => {
  clock = manualClock();
  taken = [];
  log = [];
  take = (update) => void taken.push(update);
  listener = await listenForUpdates({
    url: 'https://bot.example/hook/istok',
    port: 0,
    host: '127.0.0.1',
    secret: SECRET,
    take: (update) => take(update),
    logger: createLogger({
      level: 'info',
      secrets: [],
      destination: { write: (line) => void log.push(line) },
    }),
    maxBytes: 10_000,
    clock,
  });
});
afterEach(() => listener.close());

const address = (path = '/hook/istok'): string => `http://127.0.0.1:${listener.port}${path}`;

const post = (body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(address(), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-telegram-bot-api-secret-token': SECRET,
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

test('confirms an update only when it was taken', async () => {
  const asked = Promise.withResolvers<void>();
  const written = Promise.withResolvers<void>();
  let isConfirmed = false;
  take = async (update) => {
    taken.push(update);
    asked.resolve();
    await written.promise;
  };
  const answer = post(UPDATE).then((response) => {
    isConfirmed = true;
    return response;
  });
  await asked.promise;
  expect(isConfirmed).toBe(false);
  written.resolve();
  const { status } = await answer;
  expect(status).toBe(200);
  expect(taken).toEqual([UPDATE]);
});

test.each([
  [
    'at once',
    () => {
      throw new Error('the disk is full');
    },
  ],
  ['later', () => Promise.reject(new Error('the disk is full'))],
])('lets an update that could not be taken come again, when that fails %s', async (_when, fail) => {
  take = fail;
  const response = await post(UPDATE);
  expect(response.status).toBe(500);
  expect(await response.text()).toBe('');
  expect(log.join('')).toContain('the disk is full');
  take = (update) => void taken.push(update);
  expect((await post(UPDATE)).status).toBe(200);
  expect(taken).toEqual([UPDATE]);
});

describe('a request without the right secret', () => {
  test.each<[string, Record<string, string>]>([
    ['another', { 'x-telegram-bot-api-secret-token': 'another' }],
    ['a part of it', { 'x-telegram-bot-api-secret-token': 'a-secret_toke' }],
    ['more than it', { 'x-telegram-bot-api-secret-token': `${SECRET}a` }],
    ['an empty one', { 'x-telegram-bot-api-secret-token': '' }],
  ])('with %s is refused without a word', async (_what, headers) => {
    const response = await post(UPDATE, headers);
    expect(response.status).toBe(401);
    expect(await response.text()).toBe('');
    expect(taken).toEqual([]);
  });

  test('with none at all is refused', async () => {
    const response = await fetch(address(), { method: 'POST', body: JSON.stringify(UPDATE) });
    expect(response.status).toBe(401);
    expect(taken).toEqual([]);
  });

  test('is noted once in a while, without what it tried', async () => {
    const wrong = { 'x-telegram-bot-api-secret-token': 'guess' };
    for (let times = 0; times < 3; times += 1) await post(UPDATE, wrong);
    expect(log).toHaveLength(1);
    await clock.advance(600_000);
    await post(UPDATE, wrong);
    expect(log).toHaveLength(2);
    expect(JSON.parse(log[1] ?? '')).toMatchObject({ level: 40, count: 3 });
    expect(log.join('')).not.toMatch(/guess|a-secret_token/u);
  });
});

test.each([
  ['no JSON', '{"update_id": 7'],
  ['nothing', ''],
  ['a list', '[1]'],
  ['null', 'null'],
  ['no update', '{"message": {}}'],
  ['an update without a whole number', '{"update_id": "7"}'],
])('refuses %s', async (_what, body) => {
  expect((await post(body)).status).toBe(400);
  expect(taken).toEqual([]);
});

test('takes an update of a kind that does not exist yet', async () => {
  expect((await post({ update_id: 8, telepathy: { thought: '?' } })).status).toBe(200);
  expect(taken).toHaveLength(1);
});

test('refuses a body that is too long, told beforehand or not', async () => {
  const long = JSON.stringify({ update_id: 7, text: 'a'.repeat(10_000) });
  expect((await post(long)).status).toBe(413);
  const stream = new Blob([long]).stream();
  const init = { method: 'POST', body: stream, duplex: 'half' } as RequestInit;
  const headers = { 'x-telegram-bot-api-secret-token': SECRET };
  expect((await fetch(address(), { ...init, headers })).status).toBe(413);
  expect(taken).toEqual([]);
});

test('answers at no other address and to no other method', async () => {
  expect((await fetch(address('/hook'), { method: 'POST' })).status).toBe(404);
  expect((await fetch(address('/'))).status).toBe(404);
  const response = await fetch(address());
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toBe('POST');
});

test('tells a container that it is there', async () => {
  const response = await fetch(address('/healthz'));
  expect(response.status).toBe(200);
  expect(await response.text()).toBe('ok');
  expect((await fetch(address('/healthz'), { method: 'POST' })).status).toBe(405);
});

test('finishes what it has begun before it closes, and takes nothing more', async () => {
  const asked = Promise.withResolvers<void>();
  const written = Promise.withResolvers<void>();
  take = async (update) => {
    asked.resolve();
    await written.promise;
    taken.push(update);
  };
  const answer = post(UPDATE);
  await asked.promise;
  const closed = listener.close();
  await expect(fetch(address('/healthz'))).rejects.toThrow('fetch failed');
  written.resolve();
  const response = await answer;
  expect(response.status).toBe(200);
  expect(response.headers.get('connection')).toBe('close');
  await closed;
  expect(taken).toEqual([UPDATE]);
});

test('does not wait for ever for what hangs', async () => {
  const asked = Promise.withResolvers<void>();
  take = () => {
    asked.resolve();
    return new Promise(() => {});
  };
  const answer = post(UPDATE).catch((error: unknown) => error);
  await asked.promise;
  const closed = listener.close();
  await clock.advance(5_000);
  await closed;
  expect(await answer).toBeInstanceOf(TypeError);
});

test('survives whoever leaves in the middle of a request', async () => {
  const socket = connect(listener.port, '127.0.0.1');
  const begun = `POST /hook/istok HTTP/1.1\r\nHost: x\r\nX-Telegram-Bot-Api-Secret-Token: ${SECRET}\r\nContent-Length: 100\r\n\r\n{`;
  const { promise: sent, resolve } = Promise.withResolvers<void>();
  socket.write(begun, () => resolve());
  await sent;
  socket.destroy();
  expect((await post(UPDATE)).status).toBe(200);
  expect(taken).toEqual([UPDATE]);
});

test('answers what is not HTTP with nothing but a refusal', async () => {
  const socket = connect(listener.port, '127.0.0.1');
  socket.write('\u0016\u0003\u0001 hello\r\n\r\n');
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 Bad Request/u);
});
