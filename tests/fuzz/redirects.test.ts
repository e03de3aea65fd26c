import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createPageFetcher } from '../../retrieval/crawl/fetch-page.ts';
import { PageError } from '../../retrieval/errors.ts';
import { fuzzRuns } from './fuzz-runs.ts';
import { head, responses, robots, startFuzzedWeb, type FuzzedWeb } from './fuzzed-web.ts';

let web: FuzzedWeb;

beforeAll(async () => {
  web = await startFuzzedWeb('127.44.8.3');
});

afterAll(() => web[Symbol.asyncDispose]());

describe('a redirect to an address that is not public', () => {
  test('reaches nobody, however it is spelled', async () => {
    const property = fc.asyncProperty(
      spellings(),
      fc.constantFrom(301, 302, 303, 307, 308),
      fc.constantFrom('page', 'robots'),
      async (target, status, which) => {
        const redirect = head([`HTTP/1.1 ${status} X`, `Location: ${target}`], '');
        const fine = responses[0] ?? redirect;
        web.send({
          page: which === 'page' ? redirect : fine,
          robots: which === 'robots' ? redirect : (robots[0] ?? redirect),
          hangsUp: true,
        });
        const fault = await web.faultOfFetching();
        if (fault !== null) throw new Error(fault);
        if (web.touched() > 0) throw new Error(`${target} was reached`);
      },
    );
    await fc.assert(property, fuzzRuns(10));
    expect(web.touched()).toBe(0);
  });

  test('would be noticed', async () => {
    const fetcher = createPageFetcher({
      userAgent: 'Istok/test',
      allowPrivateHosts: [`127.44.8.77:${web.canaryPort}`],
    });
    const fetching = fetcher.fetchPage(`http://127.44.8.77:${web.canaryPort}/`, {
      signal: new AbortController().signal,
    });
    await expect(fetching).rejects.toThrow(PageError);
    await fetcher.close();
    expect(web.touched()).toBeGreaterThan(0);
  });
});

/** 127.44.8.77 and its like, as URLs, resolvers and people write them, on the canary's port. */
function spellings(): fc.Arbitrary<string> {
  const hosts = (
    '127.44.8.77 2133592141 0x7f2c084d 0177.054.010.0115 017713004115 127.2885709 127.44.2125 ' +
    '0x7f.44.8.77 127.44.8.77. [::ffff:127.44.8.77] [::ffff:7f2c:84d] [0:0:0:0:0:ffff:127.44.8.77] ' +
    '[64:ff9b::127.44.8.77] [::127.44.8.77] [2002:7f2c:084d::] [::1] [::] 0.0.0.0 0 127.1 localhost ' +
    'canary.localhost LOCALHOST. １２７.44.8.77 127。44。8。77 %31%32%37.44.8.77 canary.example ' +
    'mixed.example 169.254.169.254 [fd00::1] [fe80::1] 10.0.0.1 168.63.129.16 192.168.0.1'
  ).split(' ');
  const { allowed, canaryPort } = web;
  const schemes = [
    'http://',
    'HTTP://',
    '//',
    'http:',
    'http:/',
    'http:\\\\',
    ' http://',
    'ht\ttp://',
  ];
  const users = ['', '', '', 'user@', 'user:secret@', `${allowed}@`, '@', ':@'];
  const ports = [`:${canaryPort}`, `:${canaryPort}`, `:0${canaryPort}`, '', ':80', ':22', ':65536'];
  const ends = ['/', '', '/page', '?x', '#x', `#@${allowed}`, '\\page', '/../..'];
  return fc
    .tuple(
      fc.constantFrom(...schemes),
      fc.constantFrom(...users),
      fc.constantFrom(...hosts),
      fc.constantFrom(...ports),
      fc.constantFrom(...ends),
    )
    .map((parts) => parts.join(''));
}
