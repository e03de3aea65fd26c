import { describe, expect, test } from 'vitest';

import { createFeed } from '../../../retrieval/releases/feed.ts';
import { collectAll, describeReleaseSource } from '../../contracts/release-source.ts';
import { startServer } from '../../support/loopback-server.ts';
import { openPageSource } from '../../support/page-source.ts';

const now = (): number => Date.parse('2026-03-10T12:00:00Z');

const open = (baseUrl: string) =>
  openPageSource(baseUrl, (fetchPage) =>
    createFeed({ address: `${baseUrl}/feed.xml`, fetchPage, maxBytes: 200_000, now }),
  );

const rss = (items: string): string =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>Блог Acme</title>${items}</channel></rss>`;

describeReleaseSource({
  name: 'a feed',
  open,
  oneItem: (title) => ({
    type: 'application/rss+xml',
    body: rss(`<item><title>${title}</title><link>https://acme.example/a</link></item>`),
  }),
});

const item = (at: number, description: string): string =>
  `<item><title>${at}</title><link>https://acme.example/${at}</link>
    <description><![CDATA[${description}]]></description></item>`;

async function read(body: string, type = 'application/xml') {
  await using server = await startServer((request, response) => {
    if (request.url === '/robots.txt') response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': type }).end(body);
  });
  await using opened = await open(server.url);
  return await collectAll(opened.source);
}

describe('a feed', () => {
  test('in RSS gives what its items link to', async () => {
    const found = await read(
      rss(`<item><title>Lumira-2 &amp; друзья</title>
        <link>https://acme.example/lumira?utm_source=rss</link><guid isPermaLink="false">id-7</guid>
        <pubDate>Mon, 09 Mar 2026 10:00:00 GMT</pubDate>
        <description>&lt;p&gt;Веса: &lt;a href="https://huggingface.co/acme/Lumira-2-7B"&gt;тут&lt;/a&gt;.&lt;/p&gt;</description>
        </item>`),
    );
    expect(found).toMatchObject([
      {
        id: 'feed:https://acme.example/lumira',
        service: 'feed',
        kind: 'post',
        title: 'Lumira-2 & друзья',
        publisher: 'Блог Acme',
        summary: 'Веса: тут.',
        publishedAt: new Date('2026-03-09T10:00:00Z'),
        links: ['https://huggingface.co/acme/Lumira-2-7B'],
      },
    ]);
  });

  test('in Atom and in JSON is read too', async () => {
    const atom = await read(`<feed xmlns="http://www.w3.org/2005/Atom"><title>Acme</title>
      <entry><id>urn:1</id><title>One</title><link rel="self" href="https://acme.example/1.xml"/>
      <link href="https://acme.example/1"/><updated>2026-03-09T10:00:00Z</updated></entry></feed>`);
    expect(atom).toMatchObject([{ url: 'https://acme.example/1', title: 'One' }]);
    const json = await read(
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: 'Acme',
        items: [{ id: 5, url: 'https://acme.example/2', title: 'Two', content_html: '<b>hey' }],
      }),
      'application/feed+json',
    );
    expect(json).toMatchObject([{ url: 'https://acme.example/2', title: 'Two', summary: 'hey' }]);
  });

  test('without dates and ids, or with dates of the future, loses nothing', async () => {
    const found = await read(
      rss(`<item><title>No date</title><link>https://acme.example/a</link></item>
        <item><title>Soon</title><link>https://acme.example/b</link><pubDate>Mon, 09 Mar 2037 10:00:00 GMT</pubDate></item>
        <item><title>Odd</title><link>https://acme.example/c</link><pubDate>вчера</pubDate></item>
        <item><description>Only text, and an id</description><guid isPermaLink="false">7</guid></item>
        <item><title>Neither address nor id</title></item>`),
    );
    expect(found.map(({ title, publishedAt }) => [title, publishedAt])).toEqual([
      ['No date', null],
      ['Soon', null],
      ['Odd', null],
      ['Only text, and an id', null],
    ]);
  });

  test('loses no other item by one whose markup is nested without end', async () => {
    const found = await read(rss(item(1, '<b>'.repeat(50_000)) + item(2, '<p>Две.</p>')));
    expect(found.map(({ title }) => title)).toEqual(['2']);
    await expect(read(rss('<item><title>1</title></item>'))).rejects.toMatchObject({
      reason: 'unreadable',
    });
  });

  test('that gives new ids to old pages gives the same appearances', async () => {
    const [before, after] = [await read(itemOf('1')), await read(itemOf('2'))];
    expect(before[0]?.id).toBe('feed:https://acme.example/a');
    expect(after[0]?.id).toBe('feed:https://acme.example/a');
  });
});

function itemOf(guid: string): string {
  return rss(
    `<item><title>A</title><link>https://acme.example/a</link><guid isPermaLink="false">${guid}</guid></item>`,
  );
}
