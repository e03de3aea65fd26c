import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';

import { expect, test } from 'vitest';

import { penicillinReport } from '../support/answer-report.ts';
import { startTestBot } from '../support/running-bot.ts';
import { startTelegram } from '../support/telegram.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Free a moment ago: Telegram must be told the port before the bot listens on it. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

test('with a webhook the bot is called, answers, refuses strangers, and leaves it set', async () => {
  await using telegram = await startTelegram();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/updates`;
  const bot = await startTestBot({
    telegram,
    async *ask() {
      yield { type: 'answered', report: penicillinReport() };
    },
    settings: { WEBHOOK_URL: url, WEBHOOK_SECRET: 'a-secret', PORT: String(port) },
  });
  await telegram.waitFor('setWebhook');
  const user = telegram.createUser({ language_code: 'ru' });
  telegram.write('Кто открыл пенициллин?', { from: user });
  await telegram.waitForEvent(
    (event) => event.type === 'message' && event.message.text?.startsWith('Пенициллин') === true,
  );
  expect(telegram.polls).toBe(0);

  const stranger = await fetch(url, {
    method: 'POST',
    headers: { 'x-telegram-bot-api-secret-token': 'a-guess' },
    body: JSON.stringify({ update_id: 9_999, message: { text: 'чужое' } }),
  });
  expect(stranger.status).toBe(401);

  await bot[Symbol.asyncDispose]();
  expect(telegram.callsOf('deleteWebhook')).toEqual([]);
  expect(telegram.callsOf('sendMessage')).toHaveLength(1);
  expect(bot.log.join('')).not.toContain('a-secret');
});

test('without one a webhook that was left is removed, and the admin is told', async () => {
  await using telegram = await startTelegram();
  await using folder = await temporaryFolder();
  await fetch(`${telegram.url}/bot${telegram.token}/setWebhook`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ url: 'http://127.0.0.1:1/old' }),
  });
  const admin = telegram.createUser({ id: 500, language_code: 'ru' });
  telegram.write('/start', { from: admin });
  await using bot = await startTestBot({
    telegram,
    folder: folder.path,
    async *ask() {
      yield { type: 'answered', report: penicillinReport() };
    },
    settings: { ADMIN_IDS: '500' },
  });
  telegram.write('Кто открыл пенициллин?', { from: admin });
  await telegram.waitForEvent(
    (event) => event.type === 'message' && event.message.text?.startsWith('Пенициллин') === true,
  );
  expect(telegram.callsOf('deleteWebhook')).toHaveLength(1);
  await telegram.waitForEvent(() =>
    telegram.messages(500).some(({ text }) => text?.includes('127.0.0.1:1') === true),
  );
  expect(bot.log.join('')).toContain('leftover-webhook');
});
