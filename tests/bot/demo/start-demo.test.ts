import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';

import { expect, test } from 'vitest';

import { compose } from '../../../bot/compose.ts';
import { readConfig } from '../../../bot/config.ts';
import { startDemo } from '../../../bot/demo/main.ts';
import type { PageChat } from '../../../bot/demo/page/protocol.ts';
import { openEvents } from '../../support/demo-site.ts';
import { MemoryOutput } from '../../support/memory-output.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

test('the demo answers from its own web on its own page, and leaves nothing behind', async () => {
  await using folder = await temporaryFolder();
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder.path;
  const stop = new AbortController();
  const stdout = new MemoryOutput();
  const { promise: opened, resolve: onOpen } = Promise.withResolvers<string>();
  const demo = startDemo({
    config: readConfig({ PORT: '0', LOG_LEVEL: 'silent' }),
    compose,
    stdout,
    signal: stop.signal,
    checkNetwork: async () => false,
    wordsPerSecond: 1000,
    onOpen,
  });
  try {
    const url = await Promise.race([opened, demo.then(() => '')]);
    expect(readdirSync(tmpdir()).length).toBe(1);
    const events = await openEvents(`${url}/events?language=en`);
    const chatId = idOf(events.state.chats, 'bot');
    await fetch(`${url}/api/write`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ chatId, text: 'How deep is Lake Baikal?', language: 'en' }),
    });
    const answer = await events.next(
      (event) =>
        event.type === 'message' && event.chatId === chatId && event.message.from?.is_bot === true,
    );
    expect(answer).toMatchObject({
      message: { text: expect.stringMatching(/1,642 metres \[1\]/u) },
    });
    const port = new URL(url).port;
    expect(JSON.stringify(answer)).toContain(`.localhost:${port}/`);
    await events.close();
  } finally {
    stop.abort();
    await demo;
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
  expect(readdirSync(folder.path)).toEqual([]);
  expect(stdout.text).toMatch(
    /^BOT_TOKEN не задан.* http:\/\/127\.0\.0\.1:\d+\nBOT_TOKEN is not set/u,
  );
});

test('the channel fills with posts of the bundled services, and drafts wait for the editor', async () => {
  const stop = new AbortController();
  const { promise: opened, resolve: onOpen } = Promise.withResolvers<string>();
  const demo = startDemo({
    config: readConfig({ PORT: '0', LOG_LEVEL: 'silent' }),
    compose,
    stdout: new MemoryOutput(),
    signal: stop.signal,
    checkNetwork: async () => false,
    newsAfterMs: 0,
    onOpen,
  });
  try {
    const url = await Promise.race([opened, demo.then(() => '')]);
    const events = await openEvents(`${url}/events?language=ru`);
    const channelId = idOf(events.state.chats, 'channel');
    const editorId = idOf(events.state.chats, 'editor');
    const stands = events.state.chats.find(({ id }) => id === channelId)?.messages[0];
    const post =
      stands ??
      (await events.next((event) => event.type === 'message' && event.chatId === channelId));
    expect(JSON.stringify(post)).toContain('💬 Спросить');
    const draft = await events.next(
      (event) =>
        event.type === 'message' &&
        event.chatId === editorId &&
        event.message.text?.startsWith('Черновик для канала') === true,
    );
    expect(JSON.stringify(draft)).toContain('✅ Опубликовать');
    await events.close();
  } finally {
    stop.abort();
    await demo;
  }
});

function idOf(chats: readonly PageChat[], kind: PageChat['kind']): number {
  return chats.find((chat) => chat.kind === kind)?.id ?? 0;
}
