import type { ServerResponse } from 'node:http';

import type { DemoChats } from './demo-chats.ts';
import type { PageEvent, PageLanguage } from './page/protocol.ts';

export interface PageEventsOptions {
  chats: DemoChats;
  language: PageLanguage;
  /** Between signs of life, without which a browser would not see that the connection is dead. */
  aliveMs?: number;
  /** A reader that is this many bytes behind is let go, and gets the whole state when it comes back. */
  mostWaiting?: number;
}

/** Writes what happens in the chats as server-sent events, the whole state first, until it is closed. */
export function streamEvents(
  response: ServerResponse,
  { chats, language, aliveMs = 15_000, mostWaiting = 2_000_000 }: PageEventsOptions,
): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
  });
  const send = (name: 'state' | 'chat', data: unknown): void => {
    if (response.writableLength > mostWaiting) response.destroy();
    else response.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  response.write('retry: 1000\n\n');
  // In one go: nothing can happen between the state and what changes it.
  const unsubscribe = chats.subscribe(language, (event: PageEvent) => send('chat', event));
  send('state', chats.state(language));
  const alive = setInterval(() => response.write(': alive\n\n'), aliveMs);
  response.on('close', () => {
    clearInterval(alive);
    unsubscribe();
  });
}
