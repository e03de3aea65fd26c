import { Api } from 'grammy';
import type { Update } from 'grammy/types';
import { expect, test } from 'vitest';

import { createLogger } from '../../../bot/logger.ts';
import { startWebhook } from '../../../bot/telegram/start-webhook.ts';
import { listenForUpdates } from '../../../bot/telegram/webhook.ts';
import { startTelegram } from '../../support/telegram.ts';

const SECRET = 'a-secret_token';
const logger = createLogger({ level: 'silent', secrets: [] });

test('updates come to the webhook, again when they could not be taken, and wait while it is closed', async () => {
  await using telegram = await startTelegram();
  const api = new Api(telegram.token, { apiRoot: telegram.url });
  const taken: (string | undefined)[] = [];
  const arrivals = [1, 2].map(() => Promise.withResolvers<void>());
  let failures = 1;
  const take = ({ message }: Update): void => {
    failures -= 1;
    if (failures >= 0) throw new Error('the disk is full');
    taken.push(message?.text);
    arrivals[taken.length - 1]?.resolve();
  };
  const options = { url: 'http://127.0.0.1:1/hook', host: '127.0.0.1', secret: SECRET, logger };
  const first = await listenForUpdates({ ...options, port: 0, take });
  const url = `http://127.0.0.1:${first.port}/hook`;
  await startWebhook(api, { url, secret: SECRET });
  expect(telegram.callsOf('setWebhook')[0]?.payload).toEqual({
    url,
    secret_token: SECRET,
    allowed_updates: expect.arrayContaining(['message', 'inline_query']),
    max_connections: 40,
  });

  telegram.write('раз');
  await arrivals[0]?.promise;
  await first.close();
  expect(telegram.callsOf('deleteWebhook')).toEqual([]);
  telegram.write('два');
  const second = await listenForUpdates({ ...options, port: first.port, take });
  await arrivals[1]?.promise;
  expect(taken).toEqual(['раз', 'два']);
  await second.close();
});

test('an address that Telegram refuses is told in one sentence', async () => {
  await using telegram = await startTelegram();
  const api = new Api(telegram.token, { apiRoot: telegram.url });
  await expect(
    startWebhook(api, { url: 'http://bot.example/hook', secret: SECRET }),
  ).rejects.toMatchObject({
    name: 'TelegramError',
    message:
      'Telegram refused WEBHOOK_URL (An HTTPS URL must be provided for webhook): it must be an https address that Telegram can reach.',
  });
});

test('a token that Telegram does not know is told as such', async () => {
  await using telegram = await startTelegram();
  const api = new Api('1:unknown', { apiRoot: telegram.url });
  await expect(
    startWebhook(api, { url: 'https://bot.example/hook', secret: SECRET }),
  ).rejects.toThrow('Telegram does not know this BOT_TOKEN: copy it again from @BotFather.');
});
