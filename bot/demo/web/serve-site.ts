import type { IncomingMessage, ServerResponse } from 'node:http';

import { encodeDocument } from './charset.ts';
import { linksTo } from './markup.ts';
import type { Site, SitePage } from './site.ts';

export interface SiteHandlerOptions {
  site: Site;
  pages: readonly SitePage[];
  /** `http://entsiklopediya.localhost:8080` at this moment. */
  origin: () => string;
  slowMs: number;
}

/** Serves one site: its pages, a list of them at `/`, its robots.txt, and 404 for all else. */
export function createSiteHandler({
  site,
  pages,
  origin,
  slowMs,
}: SiteHandlerOptions): (request: IncomingMessage, response: ServerResponse) => void {
  const known = new Map(pages.map((page) => [page.path, page]));

  const documentOf = (page: SitePage): Buffer => {
    const others = pages.filter((other) => other !== page);
    return encodeDocument(site.look({ site, page, origin: origin(), others }), site.charset);
  };
  const send = (response: ServerResponse, status: number, page: SitePage): void => {
    const body = documentOf(page);
    response.writeHead(status, headersFor(site, page, body.length));
    response.end(body);
  };

  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
      return;
    }
    const path = pathOf(request);
    if (path === '/robots.txt') {
      response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
      response.end(robotsOf(site));
      return;
    }
    const page = path === '/' ? frontPage(site, pages) : known.get(path);
    if (page === undefined) send(response, 404, missingPage(site));
    else if (page.serve === 'error') response.writeHead(500, htmlOf(site)).end(serverFault);
    else if (page.serve === 'cut') cutShort(response, site, page, documentOf(page));
    else if (page.serve === 'slow') afterAWhile(response, slowMs, () => send(response, 200, page));
    else send(response, 200, page);
  };
}

function pathOf({ url = '/' }: IncomingMessage): string {
  const path = url.replace(/[?#].*$/su, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function htmlOf({ charset }: Site): { 'content-type': string } {
  return { 'content-type': `text/html; charset=${charset}` };
}

function headersFor(site: Site, page: SitePage, length: number): Record<string, string> {
  return {
    ...htmlOf(site),
    'content-length': String(length),
    'last-modified': new Date(page.published).toUTCString(),
  };
}

function robotsOf({ disallow }: Site): string {
  const rules = disallow.length === 0 ? ['Disallow:'] : disallow.map((path) => `Disallow: ${path}`);
  return ['User-agent: *', ...rules, ''].join('\n');
}

/** Promises the whole page and hangs up in the middle of it, as a failing server does. */
function cutShort(response: ServerResponse, site: Site, page: SitePage, body: Buffer): void {
  response.writeHead(200, headersFor(site, page, body.length));
  response.write(body.subarray(0, Math.floor(body.length / 3)), () => response.destroy());
}

function afterAWhile(response: ServerResponse, delayMs: number, answer: () => void): void {
  const timer = setTimeout(answer, delayMs);
  // Whoever has left needs no answer, and a closing server waits for no timer.
  response.once('close', () => clearTimeout(timer));
}

function frontPage(site: Site, pages: readonly SitePage[]): SitePage {
  const all = site.language === 'ru' ? 'Все материалы' : 'All pages';
  return {
    path: '/',
    title: site.name,
    description: site.name,
    published: '2026-11-01',
    topic: all,
    serve: 'plain',
    content: `<h2>${all}</h2>\n<ul>\n${linksTo(pages)}\n</ul>`,
  };
}

function missingPage(site: Site): SitePage {
  const isRussian = site.language === 'ru';
  return {
    path: '/404',
    title: isRussian ? 'Страница не найдена' : 'Page not found',
    description: '',
    published: '2026-11-01',
    topic: '404',
    serve: 'plain',
    content: isRussian
      ? '<p>Такой страницы у нас нет. Начните с <a href="/">главной</a>.</p>'
      : '<p>There is no such page here. Start from the <a href="/">front page</a>.</p>',
  };
}

const serverFault =
  '<!doctype html><title>500</title><h1>Internal Server Error</h1><p>Something broke.</p>';
