import { sendJson, startServer } from './loopback-server.ts';
import type { LoopbackHandler, LoopbackServer, RecordedRequest } from './loopback-server.ts';

/** A page's markup, or a handler for whatever else sites do. Robots may read all, or what is said. */
export type Site = string | LoopbackHandler | { page: string; robots: LoopbackHandler };

/** Several sites, each a host of its own on 127.x.y.z, and a search over them in SearXNG's JSON. */
export interface LoopbackWeb<Name extends string> extends AsyncDisposable {
  /** For SEARXNG_URL. */
  readonly searchUrl: string;
  /** For CRAWL_ALLOW_PRIVATE_HOSTS. */
  readonly hosts: string;
  /** What was asked of the search, in order. */
  readonly searches: readonly RecordedRequest[];
  /** Addresses that the search finds, best first; at the beginning every site. */
  found: readonly string[];
  /** Answers searches instead, until it is null again. */
  searchHandler: LoopbackHandler | null;
  /** The address of a site's page. */
  url(name: Name): string;
  /** What was asked of a site without its robots.txt: paths in order. */
  visits(name: Name): string[];
}

export async function startLoopbackWeb<Name extends string>(
  sites: Readonly<Record<Name, Site>>,
): Promise<LoopbackWeb<Name>> {
  const servers = new Map<string, LoopbackServer>();
  for (const [name, site] of Object.entries<Site>(sites)) {
    const host = `127.41.7.${servers.size + 2}`;
    servers.set(name, await startServer(handlerOf(site), { host }));
  }
  const search = await startServer((request, response) => {
    if (web.searchHandler !== null) return web.searchHandler(request, response);
    return sendJson(response, searxngResults(web.found));
  });
  const serverOf = (name: Name): LoopbackServer => {
    const server = servers.get(name);
    if (server === undefined) throw new Error(`there is no site ${name}`);
    return server;
  };
  const all = [...servers.values()];
  const web: LoopbackWeb<Name> = {
    searchUrl: search.url,
    hosts: all.map(({ host, port }) => `${host}:${port}`).join(','),
    searches: search.requests,
    found: all.map(({ url }) => `${url}/page`),
    searchHandler: null,
    url: (name) => `${serverOf(name).url}/page`,
    visits: (name) =>
      serverOf(name)
        .requests.map(({ path }) => path)
        .filter((path) => path !== '/robots.txt'),
    async [Symbol.asyncDispose]() {
      await Promise.all([search, ...all].map((server) => server.close()));
    },
  };
  return web;
}

/** Found pages as SearXNG writes them. */
export function searxngResults(urls: readonly string[]): object {
  return { results: urls.map((url, at) => ({ url, title: `Result ${at + 1}`, content: '' })) };
}

function handlerOf(site: Site): LoopbackHandler {
  const page = typeof site === 'object' ? sendPage(site.page) : site;
  const answerPage = typeof page === 'string' ? sendPage(page) : page;
  const answerRobots: LoopbackHandler =
    typeof site === 'object'
      ? site.robots
      : (_request, response) => void response.writeHead(404).end();
  return (request, response) =>
    (request.url === '/robots.txt' ? answerRobots : answerPage)(request, response);
}

function sendPage(markup: string): LoopbackHandler {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(markup);
  };
}
