import { request as httpRequest } from 'node:http';

import { createDemoChats } from '../../bot/demo/demo-chats.ts';
import type { DemoChats } from '../../bot/demo/demo-chats.ts';
import { startDemoServer } from '../../bot/demo/demo-server.ts';
import type { FakeTelegram } from '../../bot/demo/fake-telegram/fake-telegram.ts';
import { startFakeTelegram } from '../../bot/demo/fake-telegram/start-fake-telegram.ts';
import { createPageApi } from '../../bot/demo/page-api.ts';
import { createPageFiles } from '../../bot/demo/page-files.ts';
import type { PageEvent, PageState } from '../../bot/demo/page/protocol.ts';
import { createLocales } from '../../bot/locales/locale.ts';

/** The server of the demo on a free port, with an emulated Telegram and no bot. */
export interface DemoSiteUnderTest extends AsyncDisposable {
  port: number;
  url: string;
  telegram: FakeTelegram;
  chats: DemoChats;
  post(action: string, body: unknown): Promise<{ status: number; body: unknown }>;
  events(language?: 'ru' | 'en'): Promise<EventReader>;
}

export async function startDemoSite({ pressTimeoutMs = 5000 } = {}): Promise<DemoSiteUnderTest> {
  const telegram = await startFakeTelegram({ limits: 'none', bot: { username: 'istok_bot' } });
  const liar = { isOn: false };
  const chats = createDemoChats({
    telegram,
    locales: createLocales(),
    liar,
    suggestions: [
      { text: 'Почему небо голубое?', language: 'ru' },
      { text: 'How deep is Lake Baikal?', language: 'en' },
    ],
  });
  const server = await startDemoServer({ port: 0 });
  server.open({
    web: {
      handles: (host) => host.startsWith('novosti.localhost'),
      handle: (_request, response) => response.end('a page of the web'),
    },
    search: { handle: (_request, response) => response.end('what was found') },
    files: createPageFiles(),
    chats,
    api: createPageApi({ telegram, chats, liar, pressTimeoutMs }),
  });
  const url = `http://127.0.0.1:${server.port}`;
  return {
    port: server.port,
    url,
    telegram,
    chats,
    async post(action, body) {
      const response = await fetch(`${url}/api/${action}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return { status: response.status, body: await response.json() };
    },
    events: (language = 'ru') => openEvents(`${url}/events?language=${language}`),
    async [Symbol.asyncDispose]() {
      await server.close();
      chats[Symbol.dispose]();
      await telegram.close();
    },
  };
}

export interface EventReader {
  state: PageState;
  /** The next event for which it holds. */
  next(isIt: (event: PageEvent) => boolean): Promise<PageEvent>;
  close(): Promise<void>;
}

export async function openEvents(address: string): Promise<EventReader> {
  const response = await fetch(address);
  if (response.body === null) throw new Error('the events have no body');
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const readBlock = async (): Promise<string> => {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end !== -1) {
        const block = text.slice(0, end);
        text = text.slice(end + 2);
        return block;
      }
      const { value, done } = await reader.read();
      if (done) throw new Error('the events have ended');
      text += value;
    }
  };
  const readEvent = async (): Promise<{ name: string; data: unknown }> => {
    for (;;) {
      const found = (await readBlock()).match(/^event: (?<name>\w+)\ndata: (?<data>.*)$/u)?.groups;
      if (found !== undefined) {
        return { name: found['name'] ?? '', data: JSON.parse(found['data'] ?? '') };
      }
    }
  };
  const first = await readEvent();
  if (first.name !== 'state') throw new Error(`${first.name} came before the state`);
  return {
    state: first.data as PageState,
    async next(isIt) {
      for (;;) {
        const event = (await readEvent()).data as PageEvent;
        if (isIt(event)) return event;
      }
    },
    close: () => reader.cancel(),
  };
}

/** A request whose Host header is not that of its address, which `fetch` cannot make. */
export function requestWithHost(
  port: number,
  host: string,
  path = '/',
): Promise<{ status: number; text: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; text: string }>();
  const request = httpRequest(
    { host: '127.0.0.1', port, path, headers: { host }, agent: false },
    (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    },
  );
  request.on('error', reject);
  request.end();
  return promise;
}
