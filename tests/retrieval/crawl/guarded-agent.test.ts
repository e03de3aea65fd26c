import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Server } from 'node:net';

import { afterEach, describe, expect, test } from 'vitest';

import { createPageFetcher } from '../../../retrieval/crawl/fetch-page.ts';
import { createGuardedAgent } from '../../../retrieval/crawl/guarded-agent.ts';
import { startServer } from '../../support/loopback-server.ts';

const signal = new AbortController().signal;
const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

function fetcherWith(options: {
  addresses?: string[];
  allowPrivateHosts?: string[];
}): (url: string) => Promise<unknown> {
  const { addresses = [], allowPrivateHosts = [] } = options;
  const fetcher = createPageFetcher({
    userAgent: 'Istok/test',
    timeoutMs: 5000,
    minGapMs: 0,
    allowPrivateHosts,
    lookup: () =>
      Promise.resolve(
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      ),
  });
  closers.push(() => fetcher.close());
  return (url) => fetcher.fetchPage(url, { signal });
}

/** Listens on a port that the crawler may use, so that only the address rule is in the way. */
async function listenOn(
  host: string,
  port: number,
): Promise<{ server: Server; count: () => number }> {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.on('error', () => {});
    socket.end('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ntext');
  });
  server.listen(port, host);
  await once(server, 'listening');
  closers.push(async () => {
    server.close();
    await once(server, 'close');
  });
  return { server, count: () => connections };
}

describe('an address that is not public is refused', () => {
  test.each([
    'http://127.0.0.1/',
    'http://127.0.0.1:8080/',
    'https://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0177.0.0.1/',
    'http://127.1/',
    'http://０x7f.1/',
    'http://0.0.0.0/',
    'http://[::]/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://[fe80::1]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[fd00:ec2::254]/',
    'http://100.64.0.1/',
    'http://224.0.0.1/',
  ])('%s', async (url) => {
    await expect(fetcherWith({})(url)).rejects.toMatchObject({
      name: 'PageError',
      message: 'not a public address',
      retryable: false,
    });
  });

  test.each([
    [['127.0.0.1']],
    [['10.1.2.3']],
    [['::1']],
    [['::ffff:127.0.0.1']],
    [['93.184.216.34', '127.0.0.1']],
    [['127.0.0.1', '93.184.216.34']],
    [['fd00::1', '2606:4700::1111']],
  ])('a name that resolves to %j', async (addresses) => {
    await expect(fetcherWith({ addresses })('http://inside.test/')).rejects.toMatchObject({
      message: 'not a public address',
    });
  });

  test.each(['http://localhost/', 'http://LOCALHOST:8080/'])(
    '%s by the real resolver',
    async (url) => {
      const fetcher = createPageFetcher({ userAgent: 'Istok/test' });
      closers.push(() => fetcher.close());
      await expect(fetcher.fetchPage(url, { signal })).rejects.toMatchObject({
        message: 'not a public address',
      });
    },
  );
});

describe('an address that was let through', () => {
  test('is let through at its own port only', async () => {
    await using allowed = await startServer((_request, response) => void response.end('text'));
    await using other = await startServer((_request, response) => void response.end('text'));
    const fetchPage = fetcherWith({ allowPrivateHosts: [`127.0.0.1:${allowed.port}`] });
    await expect(fetchPage(allowed.url)).resolves.toMatchObject({ text: 'text' });
    await expect(fetchPage(other.url)).rejects.toMatchObject({
      message: `port ${other.port} not allowed`,
    });
    expect(other.requests).toEqual([]);
  });

  test('is let through under its own name only', async () => {
    await using site = await startServer((_request, response) => void response.end('text'));
    const options = { addresses: ['127.0.0.1'], allowPrivateHosts: [`wiki.test:${site.port}`] };
    await expect(fetcherWith(options)(`http://wiki.test:${site.port}/`)).resolves.toMatchObject({
      text: 'text',
    });
    await expect(fetcherWith(options)(`http://other.test:${site.port}/`)).rejects.toThrow(
      'not allowed',
    );
    await expect(fetcherWith(options)('http://wiki.test/')).rejects.toThrow('not a public address');
  });

  test.each(['localhost', 'http://localhost:80', 'a b:80', ':80', 'host:', 'host:99999', 'u@h:80'])(
    'must be given as host:port, not %j',
    (entry) => {
      expect(() => createPageFetcher({ userAgent: 'Istok', allowPrivateHosts: [entry] })).toThrow(
        `${entry} is not host:port`,
      );
    },
  );
});

describe('a name under .localhost', () => {
  test('is this machine, without a resolver', async () => {
    await using site = await startServer(
      ({ headers }, response) => void response.end(`served to ${headers.host ?? ''}`),
    );
    const asked: string[] = [];
    const fetcher = createPageFetcher({
      userAgent: 'Istok/test',
      allowPrivateHosts: [`wiki.localhost:${site.port}`, `a.b.localhost:${site.port}`],
      lookup: (hostname) => {
        asked.push(hostname);
        return Promise.reject(new Error('no resolver here'));
      },
    });
    closers.push(() => fetcher.close());
    for (const name of ['wiki.localhost', 'a.b.localhost', 'WIKI.LOCALHOST']) {
      const { text } = await fetcher.fetchPage(`http://${name}:${site.port}/`, { signal });
      expect(text).toBe(`served to ${name.toLowerCase()}:${site.port}`);
    }
    expect(asked).toEqual([]);
  });

  test.each(['http://wiki.localhost/', 'http://wiki.localhost:8080/', 'http://wiki.localhost./'])(
    'is refused at %s, which nobody allowed',
    async (url) => {
      const fetchPage = fetcherWith({
        addresses: ['93.184.216.34'],
        allowPrivateHosts: ['wiki.localhost:4711', 'other.localhost:8080'],
      });
      await expect(fetchPage(url)).rejects.toMatchObject({
        name: 'PageError',
        message: 'not a public address',
        retryable: false,
      });
    },
  );

  test('is told from a name that only looks like one', async () => {
    await using site = await startServer((_request, response) => void response.end('text'));
    const asked: string[] = [];
    const names = ['notlocalhost', 'wiki.localhost.test'];
    const fetcher = createPageFetcher({
      userAgent: 'Istok/test',
      allowPrivateHosts: names.map((name) => `${name}:${site.port}`),
      lookup: (hostname) => {
        asked.push(hostname);
        return Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
      },
    });
    closers.push(() => fetcher.close());
    for (const name of names) await fetcher.fetchPage(`http://${name}:${site.port}/`, { signal });
    // One connection for robots.txt, which the page may reuse or not.
    expect([...new Set(asked)]).toEqual(names);
  });
});

describe('what was checked is what is connected to', () => {
  test('a name that changes its answer gains nothing', async () => {
    await using outside = await startServer((_request, response) => void response.end('outside'), {
      host: '127.0.0.5',
    });
    const inside = await listenOn('127.0.0.1', outside.port);
    const answers = ['127.0.0.5', '127.0.0.1'];
    let lookups = 0;
    const agent = createGuardedAgent({
      allowPrivateHosts: new Set(),
      connectTimeoutMs: 1000,
      isPublic: (address) => address === '127.0.0.5',
      lookup: () => {
        lookups += 1;
        return Promise.resolve([{ address: answers.shift() ?? '127.0.0.1', family: 4 }]);
      },
    });
    closers.push(() => agent.destroy());
    const origin = `http://rebind.test:${outside.port}`;

    const first = await agent.request({ origin, path: '/', method: 'GET', reset: true });
    expect(await first.body.text()).toBe('outside');
    expect(lookups).toBe(1);

    await expect(agent.request({ origin, path: '/', method: 'GET' })).rejects.toMatchObject({
      message: 'not a public address',
    });
    expect(inside.count()).toBe(0);
  });

  test('a proxy in the environment is passed by', async () => {
    await using proxy = await startServer((_request, response) => void response.end('proxied'));
    await using site = await startServer((_request, response) => void response.end('direct'));
    const names = ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'NODE_USE_ENV_PROXY'];
    const before = names.map((name) => [name, process.env[name]] as const);
    for (const name of names) process.env[name] = name.startsWith('NODE') ? '1' : proxy.url;
    try {
      const fetchPage = fetcherWith({ allowPrivateHosts: [`127.0.0.1:${site.port}`] });
      await expect(fetchPage(site.url)).resolves.toMatchObject({ text: 'direct' });
    } finally {
      for (const [name, value] of before) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    }
    expect(proxy.requests).toEqual([]);
  });
});
