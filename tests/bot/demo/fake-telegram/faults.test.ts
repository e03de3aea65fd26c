import { afterEach, beforeEach, expect, test } from 'vitest';

import { startFakeTelegram } from '../../../../bot/demo/fake-telegram/fake-telegram.ts';
import type { FakeTelegram } from '../../../../bot/demo/fake-telegram/fake-telegram.ts';
import { apiOf, callRaw, refusalOf } from '../../../support/bot-api.ts';

let telegram: FakeTelegram;
beforeEach(async () => {
  telegram = await startFakeTelegram({ limits: 'none' });
  telegram.write('привет');
});
afterEach(() => telegram.close());

const send = (text = 'x') => callRaw(telegram, 'sendMessage', { chat_id: 77, text });

test('a refusal is answered with its code and the time to wait, and nothing is done', async () => {
  const description = 'Too Many Requests: retry after 3';
  telegram.failNext('sendMessage', { type: 'refusal', code: 429, description, retryAfter: 3 });
  expect(await send()).toMatchObject({ status: 429, description, parameters: { retry_after: 3 } });
  expect(telegram.messages(77)).toHaveLength(1);
  expect((await send()).ok).toBe(true);
  expect(telegram.callsOf('sendMessage')).toMatchObject([{ ok: false, description }, { ok: true }]);
});

test('what hangs up or talks HTML has done nothing', async () => {
  telegram.failNext('sendMessage', { type: 'hang-up' });
  telegram.failNext('sendMessage', { type: 'malformed' });
  await expect(send()).rejects.toThrow('fetch failed');
  await expect(send()).rejects.toThrow(SyntaxError);
  expect(telegram.messages(77)).toHaveLength(1);
  expect(telegram.callsOf('sendMessage')).toMatchObject([
    { ok: false, description: 'hang-up', payload: { text: 'x' } },
    { ok: false, description: 'malformed' },
  ]);
});

test('an answer that is lost leaves the message in the chat', async () => {
  telegram.failNext('sendMessage', { type: 'lost-answer' });
  await expect(send('дошло')).rejects.toThrow('fetch failed');
  expect(telegram.messages(77).map(({ text }) => text)).toEqual(['привет', 'дошло']);
  expect(telegram.callsOf('sendMessage')).toMatchObject([
    { ok: false, description: 'lost-answer', result: { text: 'дошло' } },
  ]);
});

test('a slow answer comes, and its message stands at once', async () => {
  telegram.failNext('sendMessage', { type: 'slow', ms: 30 });
  const answer = send('долго');
  await telegram.waitFor('sendMessage');
  expect(telegram.messages(77)).toHaveLength(2);
  expect(await answer).toMatchObject({ ok: true, result: { text: 'долго' } });
});

test('faults of one method leave others alone, and come before those by rule', async () => {
  telegram.failNext('sendMessage', by('planned'));
  telegram.failWhen(({ method, count }) => (count % 2 === 0 ? by(`rule ${method}`) : null));
  const descriptions = [];
  for (let count = 0; count < 4; count += 1) descriptions.push((await send()).description);
  expect(descriptions).toEqual(['planned', 'rule sendMessage', null, 'rule sendMessage']);
  expect((await callRaw(telegram, 'getMe')).ok).toBe(true);
  telegram.failWhen(null);
  expect((await callRaw(telegram, 'getMe')).ok).toBe(true);
});

test('getUpdates fails as well, and loses no update', async () => {
  telegram.failNext('getUpdates', { type: 'lost-answer' });
  const api = apiOf(telegram);
  await expect(api.getUpdates()).rejects.toThrow("Network request for 'getUpdates' failed");
  expect(await api.getUpdates()).toHaveLength(1);
});

test('a wrong token is refused before anything else', async () => {
  const wrong = { url: telegram.url, token: '1:wrong' };
  telegram.failNext('getMe', { type: 'hang-up' });
  expect(await refusalOf(apiOf(wrong).getMe())).toBe('401 Unauthorized');
});

function by(description: string) {
  return { type: 'refusal', code: 500, description } as const;
}
