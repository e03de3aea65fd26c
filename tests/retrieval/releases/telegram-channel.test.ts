import { readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { createTelegramChannel } from '../../../retrieval/releases/telegram-channel.ts';
import { collectAll, describeReleaseSource } from '../../contracts/release-source.ts';
import { startServer } from '../../support/loopback-server.ts';
import { openPageSource } from '../../support/page-source.ts';

const now = (): number => Date.parse('2026-11-22T12:00:00Z');
const page = readFileSync(new URL('../extract/pages/channel.html', import.meta.url), 'utf8');

const open = (baseUrl: string) =>
  openPageSource(baseUrl, (fetchPage) =>
    createTelegramChannel({ channel: '@models', fetchPage, baseUrl, maxBytes: 200_000, now }),
  );

describeReleaseSource({
  name: 'a channel',
  open,
  oneItem: (title) => ({
    type: 'text/html; charset=utf-8',
    body: `<div class="tgme_widget_message" data-post="models/1"><div class="tgme_widget_message_text">${title}</div>
      <a class="tgme_widget_message_date" href="https://t.me/models/1"><time datetime="2026-11-20T09:30:00+00:00"></time></a></div>`,
  }),
});

describe('a channel', () => {
  test('gives its posts with words, the newest first, and says who wrote what was forwarded', async () => {
    await using server = await startServer((request, response) => {
      if (request.url === '/robots.txt') response.writeHead(404).end();
      else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
    });
    await using opened = await open(server.url);
    const found = await collectAll(opened.source, { since: new Date('2026-11-21T00:00:00Z') });
    expect(found.map(({ id, title, publisher, via }) => [id, title, publisher, via])).toEqual([
      [
        'telegram:tikhie_modeli/214',
        'Проверили на ruMMLU: 58,9 против 51,7 у Gora-8B.',
        'Озёра и сети',
        'Тихие модели',
      ],
      ['telegram:tikhie_modeli/211', 'Tikhaya-7B-Instruct', 'Тихие модели', undefined],
    ]);
    expect(found[0]?.links).toEqual(['https://preprints.example/abs/2603.01234']);
    expect(found[1]?.links).toEqual(['https://modelhub.example/severka']);
    expect(found[1]?.publishedAt).toEqual(new Date('2026-11-20T09:30:00Z'));
    expect(server.requests.map(({ path }) => path)).toEqual(['/robots.txt', '/s/models']);
  });
});
