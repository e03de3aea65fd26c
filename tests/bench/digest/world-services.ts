import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { startServer } from '../../support/loopback-server.ts';
import type { LoopbackServer } from '../../support/loopback-server.ts';
import { createChance } from './random.ts';
import { cardOf, configOf, paperOf, repositoryPage } from './world-cards.ts';
import { CHANNELS, FEEDS } from './world.ts';
import type {
  Item,
  World,
  WorldCode,
  WorldDailyPaper,
  WorldModel,
  WorldPaper,
  WorldPost,
} from './world.ts';

export interface WorldAddresses {
  huggingface: string;
  arxiv: string;
  github: string;
  feeds: string[];
  telegram: string;
  channels: string[];
  /** `host:port` of what is fetched as pages. */
  pageHosts: string[];
}

export interface WorldServices extends AsyncDisposable {
  addresses: WorldAddresses;
  /** Requests that were met by an outage. */
  readonly outages: number;
}

/** Loopback copies of the services, each showing what is there at the time that `now` says. */
export async function serveWorld(
  world: World,
  now: () => number,
  seed: number,
): Promise<WorldServices> {
  const isOut = planOutages(world, seed);
  let outages = 0;
  const serve = (
    service: string,
    answer: (url: URL, base: string, time: number) => Reply | null,
    host: string,
  ): Promise<LoopbackServer> => {
    const server = startServer(
      async (request, response) => {
        const base = (await server).url;
        const url = new URL(request.url ?? '/', base);
        const fault = url.pathname === '/robots.txt' ? null : isOut(service, now());
        if (fault !== null) {
          outages += 1;
          breakDown(fault, response);
          return;
        }
        send(request, response, answer(url, base, now()));
      },
      { host },
    );
    return server;
  };
  const [hub, arxiv, github, feeds, telegram] = await Promise.all([
    serve('huggingface', hubAnswer(world), '127.0.0.1'),
    serve('arxiv', arxivAnswer(world), '127.0.0.1'),
    serve('github', githubAnswer(world), '127.0.0.1'),
    serve('feeds', feedAnswer(world), '127.0.0.2'),
    serve('telegram', telegramAnswer(world), '127.0.0.3'),
  ]);
  const all = [hub, arxiv, github, feeds, telegram];
  const addresses = {
    huggingface: hub.url,
    arxiv: arxiv.url,
    github: github.url,
    feeds: Array.from({ length: FEEDS }, (_, place) => `${feeds.url}/feed/${place}`),
    telegram: telegram.url,
    channels: Array.from({ length: CHANNELS }, (_, place) => `channel${place}`),
    pageHosts: all.map(({ host, port }) => `${host}:${port}`),
  };
  return {
    addresses,
    get outages() {
      return outages;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(all.map((server) => server.close()));
    },
  };
}

/** The release that each appearance is of, by the appearance's id. */
export function labelsOf(world: World, { feeds }: WorldAddresses): Map<string, string> {
  const labels = new Map<string, string>();
  const feedOrigin = new URL(feeds[0] ?? '').origin;
  for (const item of world.items) {
    for (const id of idsOf(item, feedOrigin)) labels.set(id, item.label);
  }
  return labels;
}

function idsOf(item: Item, feedOrigin: string): string[] {
  switch (item.kind) {
    case 'model': {
      return [item.id, ...(item.renamed === null ? [] : [item.renamed.id])].map(
        (id) => `huggingface:${id}`,
      );
    }
    case 'paper': {
      return [`arxiv:${item.number}`];
    }
    case 'daily': {
      return [`huggingface:papers/${item.number}`];
    }
    case 'code': {
      return [`github:${item.repository}@${item.tag}`];
    }
    default: {
      return item.medium === 'feed'
        ? [`feed:${feedOrigin}${pathOfPost(item)}`]
        : [`telegram:channel${item.place}/${item.number}`];
    }
  }
}

interface Reply {
  type: string;
  body: string;
  link?: string;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function hubAnswer(world: World) {
  const models = world.items.filter((item) => item.kind === 'model');
  const daily = world.items.filter((item) => item.kind === 'daily');
  return (url: URL, base: string, time: number): Reply | null => {
    if (url.pathname === '/api/daily_papers') {
      const shown = daily
        .filter(({ from }) => from <= time)
        .toSorted((one, other) => other.from - one.from);
      const limit = Number(url.searchParams.get('limit') ?? 50);
      return json(shown.slice(0, limit).map((item) => dailyJson(item, time)));
    }
    if (url.pathname !== '/api/models') return fileOf(url.pathname, models, world);
    const isTrending = url.searchParams.get('sort') === 'trendingScore';
    const shown = models
      .filter(({ from }) => from <= time)
      .toSorted((one, other) =>
        isTrending
          ? trend(other, time) - trend(one, time)
          : (other.createdAt ?? other.from) - (one.createdAt ?? one.from),
      );
    const start = Number(url.searchParams.get('cursor') ?? 0);
    const limit = Number(url.searchParams.get('limit') ?? 100);
    const next = new URL(url.href);
    next.searchParams.set('cursor', String(start + limit));
    return {
      ...json(shown.slice(start, start + limit).map((model) => modelJson(model, time))),
      ...(start + limit < shown.length
        ? { link: `<${base}${next.pathname}${next.search}>; rel="next"` }
        : {}),
    };
  };
}

/** A card or a config, which those who have not asked for a gated model do not get. */
function fileOf(path: string, models: readonly WorldModel[], world: World): Reply | null {
  const [, id, file] = /^\/([^/]+\/[^/]+)\/raw\/main\/(README\.md|config\.json)$/u.exec(path) ?? [];
  // As the hub does, whatever the case of an address.
  const known = id?.toLowerCase();
  const model = models.find((one) =>
    [one.id, one.renamed?.id].some((name) => name?.toLowerCase() === known),
  );
  if (model === undefined || model.gated) return null;
  if (file === 'README.md') return { type: 'text/markdown', body: cardOf(model, world) };
  const config = configOf(model, world);
  return config === null ? null : { type: 'application/json', body: config };
}

function grown(final: number, from: number, time: number): number {
  return Math.floor(final * (1 - Math.exp(-(time - from + HOUR) / (1.5 * DAY))));
}

function trend({ likes, from }: WorldModel, time: number): number {
  return likes / (1 + (time - from) / DAY);
}

function modelJson(model: WorldModel, time: number): object {
  const isRenamed = model.renamed !== null && model.renamed.at <= time;
  const late = model.lateTags !== null && model.lateTags.at <= time ? model.lateTags.tags : [];
  const id = isRenamed ? (model.renamed?.id ?? model.id) : model.id;
  const dates = { undated: undefined, future: new Date(time + 400 * DAY).toISOString() } as const;
  const at = new Date(model.createdAt ?? model.from).toISOString();
  const createdAt = model.fault === 'undated' || model.fault === 'future' ? dates[model.fault] : at;
  return {
    _id: model.internalId,
    id,
    modelId: id,
    author: id.split('/')[0],
    private: false,
    gated: model.gated ? 'auto' : false,
    sha: 'a'.repeat(40),
    lastModified: at,
    createdAt,
    likes: model.fault === 'types' ? 'many' : grown(model.likes, model.from, time),
    downloads: model.fault === 'types' ? null : grown(model.likes * 40, model.from, time),
    trendingScore: trend(model, time),
    pipeline_tag: model.pipeline,
    library_name: 'transformers',
    tags: model.fault === 'types' ? [...model.tags, 7, null] : [...model.tags, ...late],
    cardData:
      model.baseModel.length === 0
        ? { license: 'mit' }
        : { license: ['mit'], base_model: model.baseModel },
    siblings: [{ rfilename: 'README.md' }, { rfilename: 'config.json' }],
    config: { architectures: ['LlamaForCausalLM'], model_type: 'llama' },
  };
}

function dailyJson(item: WorldDailyPaper, time: number): object {
  return {
    paper: {
      id: item.number,
      authors: [{ _id: 'x', name: 'A. Author', hidden: false }],
      publishedAt: new Date(item.submittedAt).toISOString(),
      submittedOnDailyAt: new Date(item.from).toISOString(),
      title: item.title,
      summary: item.summary,
      upvotes: grown(item.upvotes, item.from, time),
      ...(item.githubRepo === null ? {} : { githubRepo: item.githubRepo, githubStars: 12 }),
    },
    publishedAt: new Date(item.submittedAt).toISOString(),
    title: item.title,
    numComments: 2,
  };
}

function arxivAnswer(world: World) {
  const papers = world.items.filter((item) => item.kind === 'paper');
  return (url: URL, base: string, time: number): Reply | null => {
    if (url.pathname !== '/api/query') return paperPage(url.pathname, world);
    const category = (url.searchParams.get('search_query') ?? '').replace(/^cat:/u, '');
    const start = Number(url.searchParams.get('start') ?? 0);
    const count = Number(url.searchParams.get('max_results') ?? 10);
    const shown = papers
      .filter(({ from, categories }) => from <= time && categories.includes(category))
      .toSorted((one, other) => other.submittedAt - one.submittedAt);
    const entries = shown.slice(start, start + count).map((paper) => entryXml(paper, base, time));
    return {
      type: 'application/atom+xml; charset=utf-8',
      body: `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
<id>${base}/api/x</id><title>arXiv Query</title><updated>${new Date(time).toISOString()}</updated>
<opensearch:itemsPerPage>${count}</opensearch:itemsPerPage><opensearch:totalResults>${shown.length}</opensearch:totalResults><opensearch:startIndex>${start}</opensearch:startIndex>
${entries.join('\n')}</feed>`,
    };
  };
}

function paperPage(path: string, world: World): Reply | null {
  const [, number] = /^\/abs\/([\d.]+)(?:v\d)?$/u.exec(path) ?? [];
  const paper = world.items.find((item) => item.kind === 'paper' && item.number === number);
  if (paper?.kind !== 'paper') return null;
  const own = world.items.find((item) => item.kind === 'model' && item.label === paper.label);
  return html(paperOf(paper, own?.kind === 'model' ? own : null));
}

function html(body: string): Reply {
  return { type: 'text/html; charset=utf-8', body };
}

function entryXml(paper: WorldPaper, base: string, time: number): string {
  const isRevised = paper.revised !== null && paper.revised.at <= time;
  const id = `${base}/abs/${paper.number}v${isRevised ? 2 : 1}`;
  const updated = isRevised ? (paper.revised?.at ?? 0) : paper.submittedAt;
  const title = isRevised ? (paper.revised?.title ?? '') : paper.title;
  return `<entry><id>${id}</id><title>${escape(title)}</title><updated>${new Date(updated).toISOString()}</updated>
<link href="${id}" rel="alternate" type="text/html"/><summary>${escape(paper.abstract)}</summary>
${paper.categories.map((term) => `<category term="${term}" scheme="http://arxiv.org/schemas/atom"/>`).join('')}
<published>${new Date(paper.submittedAt).toISOString()}</published><arxiv:comment>${escape(paper.comment)}</arxiv:comment>
<arxiv:primary_category term="${paper.categories[0] ?? ''}"/><author><name>A. Author</name></author></entry>`;
}

function githubAnswer(world: World) {
  const code = world.items.filter((item) => item.kind === 'code');
  return (url: URL, _base: string, time: number): Reply | null => {
    const [, name, list] = /^\/repos\/([^/]+\/[^/]+)(\/releases)?$/u.exec(url.pathname) ?? [];
    const asked = (name ?? url.pathname.slice(1)).toLowerCase();
    const repository = [...world.repositories.values()].find(
      (one) => one.name.toLowerCase() === asked,
    );
    if (repository === undefined) return null;
    if (name === undefined) return html(repositoryPage(repository.name, repository.description));
    if (list === undefined) {
      return json({
        full_name: repository.name,
        description: repository.description,
        homepage: repository.homepage,
        stargazers_count: repository.stars,
        topics: ['llm'],
      });
    }
    const shown = code
      .filter((item) => item.repository === name && item.from <= time)
      .toSorted((one, other) => other.from - one.from);
    return json(shown.map(codeJson));
  };
}

function codeJson(item: WorldCode): object {
  return {
    id: item.releaseId,
    tag_name: item.tag,
    name: item.title,
    body: item.notes,
    draft: false,
    prerelease: item.prerelease,
    created_at: new Date(item.from).toISOString(),
    published_at: new Date(item.from).toISOString(),
  };
}

function feedAnswer(world: World) {
  const posts = world.items.filter((item) => item.kind === 'post' && item.medium === 'feed');
  return (url: URL, base: string, time: number): Reply | null => {
    const [, number] = /^\/feed\/(\d+)$/u.exec(url.pathname) ?? [];
    if (number === undefined) return postPage(url.pathname, posts);
    const place = Number(number);
    const shown = posts
      .filter(
        (post): post is WorldPost =>
          post.kind === 'post' && post.place === place && post.from <= time,
      )
      .toSorted((one, other) => other.from - one.from)
      .slice(0, 30);
    return FORMATS[place % FORMATS.length]?.(shown, base, time) ?? null;
  };
}

function postPage(path: string, posts: readonly Item[]): Reply | null {
  const post = posts.find((item) => item.kind === 'post' && pathOfPost(item) === path);
  if (post?.kind !== 'post') return null;
  const title = escape(post.title);
  return html(
    `<!DOCTYPE html><html><head><title>${title}</title></head><body><article><h1>${title}</h1>${htmlOf(post)}</article></body></html>`,
  );
}

const FORMATS = [rss, atom, jsonFeed];

function pathOfPost({ place, number }: WorldPost): string {
  return `/blog${place}/post-${number}`;
}

function guidOf(post: WorldPost, time: number): string {
  return post.newIdAt !== null && post.newIdAt <= time ? `new-${post.number}` : `id-${post.number}`;
}

function rss(posts: readonly WorldPost[], base: string, time: number): Reply {
  const items = posts.map(
    (post) =>
      `<item><title>${escape(post.title)}</title><link>${base}${pathOfPost(post)}?utm_source=rss</link><guid isPermaLink="false">${guidOf(post, time)}</guid><pubDate>${new Date(post.from).toUTCString()}</pubDate><description>${escape(htmlOf(post))}</description></item>`,
  );
  return {
    type: 'application/rss+xml; charset=utf-8',
    body: `<?xml version="1.0"?><rss version="2.0"><channel><title>Blog</title><link>${base}</link><description>d</description>${items.join('\n')}</channel></rss>`,
  };
}

function atom(posts: readonly WorldPost[], base: string, time: number): Reply {
  const entries = posts.map(
    (post) =>
      `<entry><id>urn:x:${guidOf(post, time)}</id><title>${escape(post.title)}</title><link rel="alternate" href="${base}${pathOfPost(post)}"/><published>${new Date(post.from).toISOString()}</published><updated>${new Date(post.from).toISOString()}</updated><content type="html">${escape(htmlOf(post))}</content></entry>`,
  );
  return {
    type: 'application/atom+xml; charset=utf-8',
    body: `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Notes</title><id>urn:x</id><updated>${new Date(time).toISOString()}</updated>${entries.join('\n')}</feed>`,
  };
}

function jsonFeed(posts: readonly WorldPost[], base: string, time: number): Reply {
  return {
    type: 'application/feed+json',
    body: JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'News',
      items: posts.map((post) => ({
        id: guidOf(post, time),
        url: `${base}${pathOfPost(post)}`,
        title: post.title,
        content_html: htmlOf(post),
        date_published: new Date(post.from).toISOString(),
      })),
    }),
  };
}

function htmlOf({ text, links }: WorldPost): string {
  return `<p>${escape(text)}</p>${links.map((link) => `<a href="${escape(link)}">${new URL(link).host}</a>`).join(' | ')}`;
}

function telegramAnswer(world: World) {
  const posts = world.items.filter((item) => item.kind === 'post' && item.medium === 'telegram');
  return (url: URL, base: string, time: number): Reply | null => {
    const [, number] = /^\/s\/channel(\d+)$/u.exec(url.pathname) ?? [];
    if (number === undefined) return null;
    const before = Number(url.searchParams.get('before') ?? Infinity);
    const all = posts
      .filter(
        (post): post is WorldPost =>
          post.kind === 'post' && String(post.place) === number && post.from <= time,
      )
      // A channel numbers its posts as they come.
      .toSorted((one, other) => one.from - other.from);
    const shown = all
      .map((post, at) => ({ post, at }))
      .filter(({ at }) => at < before)
      .slice(-20);
    const earliest = shown[0]?.at ?? 0;
    return {
      type: 'text/html; charset=utf-8',
      body: `<!DOCTYPE html><html><head><title>Канал – Telegram</title></head><body>
<div class="tgme_channel_info_header_title"><span>Канал ${number}</span></div>
${earliest > 0 ? `<a href="/s/channel${number}?before=${earliest}" class="tme_messages_more" data-before="${earliest}"></a>` : ''}
${shown.map(({ post }) => postHtml(post, base)).join('\n')}</body></html>`,
    };
  };
}

function postHtml(post: WorldPost, base: string): string {
  const id = `channel${post.place}/${post.number}`;
  const forwarded =
    post.forwardedFrom === null
      ? ''
      : `<div class="tgme_widget_message_forwarded_from">Forwarded from <a class="tgme_widget_message_forwarded_from_name" href="${base}/x"><span>${post.forwardedFrom}</span></a></div>`;
  return `<div class="tgme_widget_message" data-post="${id}"><a class="tgme_widget_message_owner_name" href="${base}/channel${post.place}"><span>Канал ${post.place}</span></a>${forwarded}
<div class="tgme_widget_message_text"><b>${escape(post.title)}</b><br/><br/>${escape(post.text)}<br/>${post.links.map((link) => `<a href="${escape(link)}">${new URL(link).host}</a>`).join(' | ')}</div>
<a class="tgme_widget_message_date" href="${base}/${id}"><time datetime="${new Date(post.from).toISOString()}">09:30</time></a></div>`;
}

type Fault = 'limited' | 'broken' | 'cut' | 'half';

/** A service is out for some hours now and then: about a twentieth of the time. */
function planOutages(
  { from, to }: World,
  seed: number,
): (service: string, time: number) => Fault | null {
  const chance = createChance(seed + 1);
  const outages = ['huggingface', 'arxiv', 'github', 'feeds', 'telegram'].flatMap((service) =>
    Array.from({ length: 5 }, () => {
      const start = from + DAY + chance.number() * (to - from - 2 * DAY);
      return {
        service,
        start,
        end: start + chance.whole(3, 14) * HOUR,
        fault: chance.one<Fault>(['limited', 'broken', 'cut', 'half']),
      };
    }),
  );
  return (service, time) =>
    outages.find(
      (outage) => outage.service === service && outage.start <= time && time < outage.end,
    )?.fault ?? null;
}

function breakDown(fault: Fault, response: ServerResponse): void {
  if (fault === 'cut') response.destroy();
  else if (fault === 'limited') response.writeHead(429, { 'retry-after': '3600' }).end();
  else if (fault === 'broken') response.writeHead(503).end('unavailable');
  else response.writeHead(200, { 'content-type': 'application/json' }).end('[{"id": "acme/mod');
}

function send(request: IncomingMessage, response: ServerResponse, reply: Reply | null): void {
  if (reply === null) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('nothing here');
    return;
  }
  const etag = `"${createHash('sha1').update(reply.body).digest('hex')}"`;
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304, { etag }).end();
    return;
  }
  response.writeHead(200, {
    'content-type': reply.type,
    etag,
    ...(reply.link === undefined ? {} : { link: reply.link }),
  });
  response.end(reply.body);
}

function json(body: unknown): Reply {
  return { type: 'application/json; charset=utf-8', body: JSON.stringify(body) };
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
