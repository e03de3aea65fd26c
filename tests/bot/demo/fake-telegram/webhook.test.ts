import type { IncomingMessage, ServerResponse } from 'node:http';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { startFakeTelegram } from '../../../../bot/demo/fake-telegram/fake-telegram.ts';
import type { FakeTelegram } from '../../../../bot/demo/fake-telegram/fake-telegram.ts';
import { apiOf, refusalOf } from '../../../support/bot-api.ts';
import { readBody, startServer } from '../../../support/loopback-server.ts';
import type { LoopbackServer } from '../../../support/loopback-server.ts';

interface Post {
  update: { update_id: number; message?: { text?: string } };
  secret: unknown;
}

let telegram: FakeTelegram;
let hook: LoopbackServer;
let posts: Post[];
let arrived: () => void;
let answer: (post: Post, response: ServerResponse) => void;
beforeEach(async () => {
  telegram = await startFakeTelegram({ limits: 'none', webhookRetryMs: 1 });
  posts = [];
  arrived = () => {};
  answer = (_, response) => response.end();
  hook = await startServer(async (request: IncomingMessage, response) => {
    const secret = request.headers['x-telegram-bot-api-secret-token'];
    const post = { update: JSON.parse(await readBody(request)), secret };
    posts.push(post);
    answer(post, response);
    arrived();
  });
});
afterEach(async () => {
  await telegram.close();
  await hook.close();
});

async function received(count: number): Promise<(string | undefined)[]> {
  const { promise, resolve } = Promise.withResolvers<void>();
  arrived = () => {
    if (posts.length >= count) resolve();
  };
  arrived();
  await promise;
  return posts.map(({ update }) => update.message?.text);
}

describe('a webhook', () => {
  test('gets updates with its secret, those too that waited', async () => {
    telegram.write('раз');
    const api = apiOf(telegram);
    await api.setWebhook(hook.url, { secret_token: 'se-cret_1', max_connections: 1 });
    telegram.write('два');
    expect(await received(2)).toEqual(['раз', 'два']);
    expect(posts.map(({ secret }) => secret)).toEqual(['se-cret_1', 'se-cret_1']);
    expect(await api.getWebhookInfo()).toMatchObject({ url: hook.url, max_connections: 1 });
  });

  test('gets an update again until it takes it', async () => {
    answer = (_, response) => {
      response.statusCode = posts.length < 3 ? 500 : 200;
      response.end();
    };
    await apiOf(telegram).setWebhook(hook.url, { max_connections: 1 });
    telegram.write('раз');
    telegram.write('два');
    expect(await received(4)).toEqual(['раз', 'раз', 'раз', 'два']);
    expect(await apiOf(telegram).getWebhookInfo()).toMatchObject({
      last_error_message: 'Wrong response from the webhook: 500 Internal Server Error',
    });
  });

  test('that cannot be reached keeps its updates for later', async () => {
    await hook.close();
    const api = apiOf(telegram);
    await api.setWebhook(hook.url);
    telegram.write('раз');
    expect(await api.getWebhookInfo()).toMatchObject({ pending_update_count: 1 });
    await api.deleteWebhook();
    expect(await api.getUpdates()).toMatchObject([{ message: { text: 'раз' } }]);
  });

  test('may call a method in its answer', async () => {
    answer = (_, response) =>
      response.end(JSON.stringify({ method: 'sendMessage', chat_id: 77, text: 'ответ' }));
    await apiOf(telegram).setWebhook(hook.url);
    telegram.write('раз');
    await telegram.waitFor('sendMessage');
    expect(telegram.messages(77).map(({ text }) => text)).toEqual(['раз', 'ответ']);
  });

  test('gets only the kinds that it asked for', async () => {
    await apiOf(telegram).setWebhook(hook.url, { allowed_updates: ['message'] });
    void telegram.press('x', { chatId: 77 });
    telegram.write('раз');
    expect(await received(1)).toEqual(['раз']);
  });

  test('leaves what waits behind when it is told to', async () => {
    telegram.write('раз');
    const api = apiOf(telegram);
    await api.deleteWebhook({ drop_pending_updates: true });
    expect(await api.getUpdates()).toEqual([]);
    telegram.write('два');
    await api.setWebhook(hook.url, { drop_pending_updates: true });
    telegram.write('три');
    expect(await received(1)).toEqual(['три']);
  });

  test.each<[string, object, string]>([
    ['bot.example/hook', {}, 'bad webhook: invalid webhook URL specified'],
    ['http://bot.example/', {}, 'bad webhook: An HTTPS URL must be provided for webhook'],
    [
      'https://bot.example/',
      { secret_token: 'se cret' },
      'secret token contains unallowed characters',
    ],
  ])('is refused at %s with %j', async (url, options, problem) => {
    expect(await refusalOf(apiOf(telegram).setWebhook(url, options))).toBe(
      `400 Bad Request: ${problem}`,
    );
    expect(await apiOf(telegram).getWebhookInfo()).toMatchObject({ url: '' });
  });
});
