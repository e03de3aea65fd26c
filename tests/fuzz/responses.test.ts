import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { fuzzRuns } from './fuzz-runs.ts';
import { responses, robots, startFuzzedWeb, type FuzzedWeb } from './fuzzed-web.ts';
import { mutations } from './mutations.ts';

let web: FuzzedWeb;

beforeAll(async () => {
  web = await startFuzzedWeb('127.44.8.2');
});

afterAll(() => web[Symbol.asyncDispose]());

const pieces = [
  ...'\r\n|\n|\r|\0|:|: |HTTP/1.1 |HTTP/9.9 999 |200 |-1|99999999999999999999|0x10|ffffffffffffffff\r\n'.split(
    '|',
  ),
  ...'Content-Length: 5\r\n|Content-Length: -5\r\n|Content-Length: 1e9\r\n|Content-Length: 99999999\r\n'.split(
    '|',
  ),
  ...'Transfer-Encoding: chunked\r\n|Transfer-Encoding: gzip, chunked\r\n|Content-Encoding: gzip, gzip, gzip\r\n'.split(
    '|',
  ),
  ...'Content-Encoding: zstd\r\n|Content-Encoding: nonsense\r\n|Content-Type: \r\n|Content-Type: text/html;;;\r\n'.split(
    '|',
  ),
  ...'HTTP/1.1 100 Continue\r\n\r\n|HTTP/1.1 101 Switching Protocols\r\n\r\n|HTTP/1.1 204 No\r\n\r\n'.split(
    '|',
  ),
  ...'Location: \r\n|Location: /robots.txt\r\n|Set-Cookie: a=b\r\n|0\r\n\r\n|X: y\r\n|\xff\xfe|Trailer: X\r\n'.split(
    '|',
  ),
];

describe('a response changed at random', () => {
  const changes = mutations({ pieces, donors: [...responses, ...robots] });
  // A page that is not over keeps its reader waiting for the whole of its time.
  const hangsUp = fc.integer({ min: 1, max: 20 }).map((number) => number > 1);

  test('gives a page or a reason, in time', async () => {
    const property = fc.asyncProperty(
      fc.constantFrom(...responses),
      fc.constantFrom(...robots),
      changes,
      fc.constantFrom('page', 'page', 'robots'),
      hangsUp,
      async (response, rules, change, which, hangsUp) => {
        web.send({
          page: which === 'page' ? change(response) : response,
          robots: which === 'robots' ? change(rules) : rules,
          hangsUp,
        });
        const fault = await web.faultOfFetching();
        if (fault !== null) throw new Error(fault);
      },
    );
    await fc.assert(property, fuzzRuns(20));
    expect(web.touched()).toBe(0);
  });
});
