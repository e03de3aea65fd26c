import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { escapeHtml } from '../markup.ts';
import { pageText } from '../page-text.ts';
import { markdownOf } from './markdown-of.ts';
import { readPagesOf } from '../read-pages.ts';
import type { SitePage } from '../site.ts';
import { ARCHIVE, CODE, HUB, systems } from './systems.ts';
import type { DemoSystem } from './systems.ts';

/** Copies of the services that releases are looked for at, on the hosts of the bundled web. */
export interface DemoServices {
  /** Hosts that no site of the bundled web has, without a port. */
  readonly hosts: readonly string[];
  /** Whether a request is one to a service; all else of its host belongs to the web. */
  handles(request: IncomingMessage): boolean;
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** What `openReleaseSources` takes; the addresses hold the port of this moment. */
  readonly settings: {
    huggingFaceBaseUrl: string;
    arxivBaseUrl: string;
    arxivQueries: string[];
    githubBaseUrl: string;
    githubRepositories: string[];
    feeds: string[];
  };
  /** Words of releases that only a feed tells of, for DIGEST_INCLUDE. */
  readonly include: string[];
}

export interface DemoServicesOptions {
  /** The port that the hosts are reached at. */
  port: () => number;
  /** Milliseconds since 1970: the systems came out in the days before, each some hours after another. */
  now?: () => number;
}

/** Serves the systems of the bundled web in the services' own shapes. */
export function createDemoServices({ port, now = Date.now }: DemoServicesOptions): DemoServices {
  const openedAt = now();
  const at = (host: string): string => `http://${host}:${port()}`;
  const pages = new Map(
    [HUB, ARCHIVE, ...FEED_HOSTS].flatMap((host) =>
      readPagesOf(host).map((page) => [`${host}${page.path}`, page] as const),
    ),
  );
  const shown: Shown[] = systems.map((system, place) => ({
    system,
    releasedAt: openedAt - (place + 1) * HOURS_BETWEEN * HOUR_MS,
  }));
  const service = { at, shown, pages };

  return {
    hosts: [CODE],
    handles: (request) => answerTo(request, service) !== undefined,
    handle(request, response) {
      const reply = answerTo(request, service) ?? null;
      if (reply === null) {
        response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('Not Found\n');
        return;
      }
      response.writeHead(200, { 'content-type': `${reply.type}; charset=utf-8` }).end(reply.body);
    },
    get settings() {
      return {
        huggingFaceBaseUrl: at(HUB),
        arxivBaseUrl: at(ARCHIVE),
        arxivQueries: ['cat:cs.CL'],
        githubBaseUrl: at(CODE),
        githubRepositories: systems.flatMap(({ repository }) => repository?.id ?? []),
        feeds: FEED_HOSTS.map((host) => `${at(host)}/feed.xml`),
      };
    },
    include: systems
      .filter(({ model, paper, repository }) => !model && !paper && !repository)
      .map(({ name }) => name),
  };
}

interface Shown {
  system: DemoSystem;
  releasedAt: number;
}

interface Service {
  at: (host: string) => string;
  shown: readonly Shown[];
  /** By host and path. */
  pages: ReadonlyMap<string, SitePage>;
}

interface Reply {
  type: string;
  body: string;
}

const FEED_HOSTS = ['razrabotka.localhost', 'novosti-ii.localhost'];
const HOURS_BETWEEN = 6;
const HOUR_MS = 3_600_000;

/** Undefined: no service's. Null: a service's, which has no such thing. */
function answerTo(request: IncomingMessage, service: Service): Reply | null | undefined {
  const host = (request.headers.host ?? '').toLowerCase().replace(/:\d*$/u, '');
  const url = new URL(request.url ?? '/', `http://${host}`);
  if (host === HUB) return answerOfHub(url, service);
  if (host === ARCHIVE) {
    return url.pathname === '/api/query' ? papersFeed(url, service) : undefined;
  }
  if (host === CODE) return answerOfCode(url, service);
  if (FEED_HOSTS.includes(host) && url.pathname === '/feed.xml') return siteFeed(host, service);
  return undefined;
}

function answerOfHub(url: URL, service: Service): Reply | null | undefined {
  if (url.pathname === '/api/models') return json(service.shown.flatMap(modelOf));
  if (url.pathname === '/api/daily_papers') {
    return json(service.shown.flatMap((shown) => dailyPaperOf(shown, service)));
  }
  const [, id, file] = /^\/([\w.-]+\/[\w.-]+)\/raw\/main\/(.+)$/u.exec(url.pathname) ?? [];
  if (id === undefined) return url.pathname.startsWith('/api/') ? null : undefined;
  const page = service.pages.get(`${HUB}/${id}`);
  if (file !== 'README.md' || page === undefined) return null;
  const tags = service.shown.find(({ system }) => system.model?.id === id)?.system.model?.tags;
  const heading = `# ${id.slice(id.lastIndexOf('/') + 1)}\n\n`;
  const body = `${frontMatter(page, tags)}${heading}${markdownOf(page.content)}\n`;
  return { type: 'text/markdown', body };
}

/** What a card says of itself before its text, as the hub lists it too. */
function frontMatter({ published }: SitePage, tags: readonly string[] = []): string {
  const lines = tags.flatMap((tag) => {
    const [, name = '', value = ''] = /^(license|base_model|language):([^:]+)$/u.exec(tag) ?? [];
    return name === '' ? [] : [`${name}: ${value}`];
  });
  return `---\n${[...lines, `date: ${published}`].join('\n')}\n---\n\n`;
}

function modelOf({ system: { model }, releasedAt }: Shown): object[] {
  if (model === undefined) return [];
  const { id, likes, downloads, tags, pipeline } = model;
  const base = tags.find((tag) => /^base_model:[^:]+$/u.test(tag))?.slice('base_model:'.length);
  return [
    {
      _id: createHash('sha1').update(id).digest('hex').slice(0, 24),
      id,
      modelId: id,
      private: false,
      gated: false,
      createdAt: new Date(releasedAt).toISOString(),
      lastModified: new Date(releasedAt).toISOString(),
      likes,
      downloads,
      pipeline_tag: pipeline,
      tags: [pipeline, ...tags],
      cardData: base === undefined ? {} : { base_model: base },
    },
  ];
}

function dailyPaperOf({ system, releasedAt }: Shown, { pages }: Service): object[] {
  const { paper, repository } = system;
  const page = pages.get(`${ARCHIVE}/abs/${paper?.name ?? ''}`);
  if (paper === undefined || page === undefined) return [];
  return [
    {
      title: page.title,
      paper: {
        id: paper.name,
        title: page.title,
        summary: textOf(page),
        publishedAt: new Date(releasedAt).toISOString(),
        upvotes: paper.upvotes,
        ...(repository === undefined
          ? {}
          : { githubRepo: `https://github.com/${repository.id}`, githubStars: repository.stars }),
      },
    },
  ];
}

function papersFeed(url: URL, { at, shown, pages }: Service): Reply {
  const start = Number(url.searchParams.get('start') ?? 0);
  const entries = shown.flatMap(({ system, releasedAt }) => {
    const page = pages.get(`${ARCHIVE}/abs/${system.paper?.name ?? ''}`);
    if (page === undefined) return [];
    const address = `${at(ARCHIVE)}${page.path}`;
    const date = new Date(releasedAt).toISOString();
    return [
      `<entry><id>${address}</id><title>${escapeHtml(page.title)}</title><updated>${date}</updated>
<published>${date}</published><summary>${escapeHtml(textOf(page))}</summary>
<link href="${address}" rel="alternate" type="text/html"/><category term="cs.CL"/></entry>`,
    ];
  });
  return {
    type: 'application/atom+xml',
    body: `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">
<id>${at(ARCHIVE)}/api/query</id><title>Open Papers</title>
<opensearch:totalResults>${start === 0 ? entries.length : 0}</opensearch:totalResults>
${start === 0 ? entries.join('\n') : ''}</feed>`,
  };
}

function answerOfCode(url: URL, { at, shown }: Service): Reply | null {
  const [, isApi, id, list] =
    /^\/(repos\/)?([\w.-]+\/[\w.-]+)(\/releases(?:\/tag\/[^/]+)?)?$/u.exec(url.pathname) ?? [];
  const found = shown.find(({ system }) => system.repository?.id === id);
  const repository = found?.system.repository;
  if (found === undefined || repository === undefined) return null;
  const { name } = found.system;
  const description = `Code of ${name}`;
  if (isApi === undefined) {
    const title = escapeHtml(repository.id);
    return {
      type: 'text/html',
      body: `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head>
<body><main><h1>${title}</h1><p>${escapeHtml(description)}.</p></main></body></html>`,
    };
  }
  if (list === undefined) {
    const homepage = found.system.model === undefined ? '' : `${at(HUB)}/${found.system.model.id}`;
    return json({
      full_name: repository.id,
      description,
      homepage,
      stargazers_count: repository.stars,
      topics: [],
    });
  }
  return json([
    {
      id: found.releasedAt % 1_000_000_007,
      tag_name: repository.tag,
      name: name,
      body: '',
      draft: false,
      prerelease: false,
      published_at: new Date(found.releasedAt).toISOString(),
    },
  ]);
}

function siteFeed(host: string, { at, shown, pages }: Service): Reply {
  const items = shown.flatMap(({ system, releasedAt }) =>
    system.posts.flatMap((post) => {
      const page = post.host === host ? pages.get(`${host}${post.path}`) : undefined;
      if (page === undefined) return [];
      const links = post.links.map(([other, path]) => `<a href="${at(other)}${path}">${other}</a>`);
      const paragraphs = textOf(page)
        .split('\n')
        .map((line) => `<p>${escapeHtml(line)}</p>`);
      const markup = `${paragraphs.join('')}<p>${links.join(' | ')}</p>`;
      return [
        `<item><title>${escapeHtml(page.title)}</title><link>${at(host)}${page.path}</link>
<pubDate>${new Date(releasedAt).toUTCString()}</pubDate><description>${escapeHtml(markup)}</description></item>`,
      ];
    }),
  );
  return {
    type: 'application/rss+xml',
    body: `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>${host}</title>
<link>${at(host)}</link><description>${host}</description>${items.join('\n')}</channel></rss>`,
  };
}

function textOf({ content }: SitePage): string {
  return pageText(content);
}

function json(body: unknown): Reply {
  return { type: 'application/json', body: JSON.stringify(body) };
}
