import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

import { expect, test } from 'vitest';

import { isNetworkReachable } from '../../../bot/demo/network.ts';

test('the network is there when a connection is taken, and not when it is refused', async () => {
  const server = createServer((socket) => socket.destroy());
  const { promise: listening, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await listening;
  const { port } = server.address() as AddressInfo;
  expect(await isNetworkReachable({ host: '127.0.0.1', port })).toBe(true);
  const { promise: closed, resolve: onClosed } = Promise.withResolvers<void>();
  server.close(() => onClosed());
  await closed;
  expect(await isNetworkReachable({ host: '127.0.0.1', port })).toBe(false);
});

test('a name that means nothing is no network', async () => {
  expect(await isNetworkReachable({ host: 'nobody.invalid', timeoutMs: 5000 })).toBe(false);
});
