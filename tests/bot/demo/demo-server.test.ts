import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { startDemoServer } from '../../../bot/demo/demo-server.ts';

import { requestWithHost, startDemoSite } from '../../support/demo-site.ts';
import type { DemoSiteUnderTest } from '../../support/demo-site.ts';

let site: DemoSiteUnderTest;
beforeEach(async () => {
  site = await startDemoSite();
});
afterEach(async () => {
  await site[Symbol.asyncDispose]();
});

describe('the files of the page', () => {
  test('come with a policy that lets nothing in from elsewhere and no text become markup', async () => {
    const response = await fetch(`${site.url}/`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/u);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response.text()).not.toMatch(/(?:src|href)="(?!\/page\/)/u);
  });

  test('are JavaScript once their types are stripped, without a warning', async () => {
    const warnings: unknown[] = [];
    const onWarning = (warning: unknown): void => {
      warnings.push(warning);
    };
    process.on('warning', onWarning);
    const response = await fetch(`${site.url}/page/time.ts`);
    const script = await response.text();
    await fetch(`${site.url}/page/time.ts`);
    process.off('warning', onWarning);
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(script).toContain('export function clockTime(seconds        )');
    expect(script).not.toContain('import type');
    expect(warnings).toEqual([]);
  });

  test.each(['/page/../main.ts', '/page/%2e%2e/main.ts', '/page/tsconfig.json', '/none', '/page/'])(
    'are no others: %s',
    async (path) => {
      expect(await requestWithHost(site.port, `127.0.0.1:${site.port}`, path)).toEqual({
        status: 404,
        text: '{"error":"There is no such page here."}',
      });
    },
  );
});

describe('the Host header', () => {
  test('leads to a site of the web, to the page or nowhere', async () => {
    const { port } = site;
    expect(await requestWithHost(port, `novosti.localhost:${port}`)).toEqual({
      status: 200,
      text: 'a page of the web',
    });
    expect((await requestWithHost(port, `localhost:${port}`)).text).toContain('<!doctype html>');
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1',
      `127.0.0.1:1${port}`,
    ]) {
      expect(await requestWithHost(port, host, '/events')).toEqual({
        status: 421,
        text: '{"error":"There is no such site here."}',
      });
    }
  });

  test('of the page leads to the search, too', async () => {
    const response = await fetch(`${site.url}/searxng/search?q=x&format=json`);
    expect(await response.text()).toBe('what was found');
  });
});

/** As some page of the browser would send it. */
function write(headers: Record<string, string>, body: string): Promise<Response> {
  return fetch(`${site.url}/api/write`, { method: 'POST', headers, body });
}

describe('an action', () => {
  const json = { 'content-type': 'application/json' };

  test('is refused to another site, and to a form', async () => {
    const body = JSON.stringify({ chatId: 1001, text: 'Привет', language: 'ru' });
    const chatId = site.chats.visitor('ru').id;
    for (const origin of ['http://evil.example', `http://novosti.localhost:${site.port}`, 'null']) {
      expect((await write({ ...json, origin }, body)).status).toBe(403);
    }
    expect((await write({ 'content-type': 'text/plain' }, body)).status).toBe(415);
    expect((await fetch(`${site.url}/api/write`)).status).toBe(405);
    expect(site.telegram.messages(chatId)).toEqual([]);
  });

  test('is refused when its body is too long, broken or something else', async () => {
    expect((await write(json, JSON.stringify({ text: 'я'.repeat(33_000) }))).status).toBe(413);
    expect(await (await write(json, '{"chatId":')).json()).toEqual({
      error: 'The body is not valid JSON.',
    });
    expect((await site.post('write', { chatId: 1, text: 'Привет' })).status).toBe(400);
    expect((await site.post('write', [])).status).toBe(400);
    expect((await site.post('toString', {})).status).toBe(404);
    const empty = { chatId: site.chats.visitor('ru').id, text: ' \n', language: 'ru' };
    expect(await site.post('write', empty)).toEqual({
      status: 400,
      body: { error: 'The request is wrong in text: must not be empty.' },
    });
  });
});

test('a port that is taken is told with what to do', async () => {
  await expect(startDemoServer({ port: site.port })).rejects.toThrow(
    `Port ${site.port} is taken by another program: set PORT to another one, like PORT=${site.port + 1} npm start.`,
  );
});

test('who comes before the demo is ready is told to come back', async () => {
  await using server = await startDemoServer({ port: 0 });
  const response = await fetch(`http://127.0.0.1:${server.port}/`);
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('1');
});
