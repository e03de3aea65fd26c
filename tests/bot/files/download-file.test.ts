import { expect, test } from 'vitest';

import { createDownloadFile } from '../../../bot/files/download-file.ts';
import type { DownloadFileOptions } from '../../../bot/files/download-file.ts';
import { apiOf } from '../../support/bot-api.ts';
import { startServer } from '../../support/loopback-server.ts';
import { startTelegram } from '../../support/telegram.ts';
import type { TestTelegram } from '../../support/telegram.ts';

const signal = new AbortController().signal;

function downloadFrom(telegram: TestTelegram, options: Partial<DownloadFileOptions> = {}) {
  const { url: apiRoot, token } = telegram;
  return createDownloadFile({ api: apiOf(telegram), apiRoot, token, ...options });
}

function fileIdOf({ document }: { document?: { file_id: string } }): string {
  if (document === undefined) throw new Error('no document');
  return document.file_id;
}

test('a file comes byte by byte as it was sent', async () => {
  await using telegram = await startTelegram();
  const content = Buffer.from([0, 255, 10, 13, 128]);
  const fileId = fileIdOf(telegram.sendFile({ name: 'a.bin', content }));
  const file = await downloadFrom(telegram)({ fileId, size: null }, { signal });
  expect(Buffer.from(file)).toEqual(content);
});

test('one that is larger than it says is given up', async () => {
  await using telegram = await startTelegram();
  const fileId = fileIdOf(telegram.sendFile({ name: 'a.txt', content: 'x'.repeat(2000) }));
  const download = downloadFrom(telegram, { maxBytes: 1000 });
  await expect(download({ fileId, size: 10 }, { signal })).rejects.toMatchObject({
    fault: 'too-big',
  });
  const before = telegram.callsOf('getFile').length;
  await expect(download({ fileId, size: 1001 }, { signal })).rejects.toMatchObject({
    fault: 'too-big',
  });
  expect(telegram.callsOf('getFile')).toHaveLength(before);
});

test('one that Telegram does not know is asked for once', async () => {
  await using telegram = await startTelegram();
  const download = downloadFrom(telegram);
  await expect(download({ fileId: 'unknown', size: null }, { signal })).rejects.toMatchObject({
    fault: 'unavailable',
  });
  expect(telegram.callsOf('getFile')).toHaveLength(1);
});

test('no error holds the token, whatever the server does', async () => {
  await using telegram = await startTelegram();
  await using server = await startServer((_request, response) => {
    response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end();
  });
  const fileId = fileIdOf(telegram.sendFile({ name: 'a.txt', content: 'x' }));
  const download = downloadFrom(telegram, { apiRoot: server.url });
  const error = await download({ fileId, size: null }, { signal }).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ fault: 'unavailable' });
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(telegram.token);
  expect(server.requests).toHaveLength(3);
});

test('what is called off ends at once, with its reason', async () => {
  await using telegram = await startTelegram();
  const fileId = fileIdOf(telegram.sendFile({ name: 'a.txt', content: 'x' }));
  const reason = new Error('forgotten');
  const gone = AbortSignal.abort(reason);
  await expect(downloadFrom(telegram)({ fileId, size: null }, { signal: gone })).rejects.toBe(
    reason,
  );
});
