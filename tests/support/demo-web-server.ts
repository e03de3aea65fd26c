import { createDemoSearch } from '../../bot/demo/web/demo-search.ts';
import { createDemoWeb } from '../../bot/demo/web/demo-web.ts';
import type { DemoWeb } from '../../bot/demo/web/demo-web.ts';
import type { Environment } from '../../bot/config.ts';
import { startServer } from './loopback-server.ts';
import type { LoopbackServer } from './loopback-server.ts';

/** The demo's web and its search on one port, as the demo serves them. */
export interface DemoWebServer extends AsyncDisposable {
  readonly web: DemoWeb;
  readonly server: LoopbackServer;
  /** `host:port` of every site. */
  readonly hosts: readonly string[];
  /** What makes a program search and read this web. */
  readonly settings: Environment;
  /** `entsiklopediya.localhost/wiki/Чай` as a whole address. */
  addressOf(hostAndPath: string): string;
}

export async function startDemoWeb({
  slowMs = 0,
}: { slowMs?: number } = {}): Promise<DemoWebServer> {
  let port = 0;
  const web = createDemoWeb({ port: () => port, slowMs });
  const search = createDemoSearch(web);
  const server = await startServer((request, response) =>
    web.handles(request.headers.host ?? '')
      ? web.handle(request, response)
      : search.handle(request, response),
  );
  port = server.port;
  const hosts = web.hosts.map((host) => `${host}:${port}`);
  return {
    web,
    server,
    hosts,
    settings: {
      SEARXNG_URL: `${server.url}/searxng`,
      CRAWL_ALLOW_PRIVATE_HOSTS: hosts.join(','),
    },
    addressOf: (hostAndPath) => `http://${hostAndPath.replace('/', `:${port}/`)}`,
    [Symbol.asyncDispose]: () => server.close(),
  };
}
