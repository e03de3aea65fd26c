import type { IncomingMessage, ServerResponse } from 'node:http';

import type { DemoWeb } from './demo-web.ts';
import { escapeHtml } from './markup.ts';
import { createRanking } from './rank-pages.ts';
import type { FoundPage } from './rank-pages.ts';

/** A search over the bundled web that speaks as SearXNG does. */
export interface DemoSearch {
  /**
   * Answers `GET /searxng/search?q=…`: JSON with `format=json`, a page without; 400 for a question
   * without words, 403 for another format, 404 for another path.
   * https://docs.searxng.org/dev/search_api.html
   */
  handle(request: IncomingMessage, response: ServerResponse): void;
}

export function createDemoSearch(web: Pick<DemoWeb, 'pages'>): DemoSearch {
  const rank = createRanking(() => web.pages);

  return {
    handle(request, response) {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://search.localhost');
      const query = searchParams.get('q')?.trim() ?? '';
      const format = searchParams.get('format') ?? 'html';
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        response.writeHead(405, { allow: 'GET, HEAD' }).end();
      } else if (pathname !== '/searxng/search' && pathname !== '/searxng/') {
        sendJson(response, 404, { error: 'Not found' });
      } else if (format !== 'json' && format !== 'html') {
        sendJson(response, 403, { error: 'Forbidden' });
      } else if (query === '' && format === 'json') {
        sendJson(response, 400, { error: 'No query' });
      } else {
        const language = readLanguage(searchParams.get('language'));
        const found = query === '' ? [] : rank(query, { language });
        if (format === 'json') sendJson(response, 200, answerOf(query, found));
        else sendHtml(response, query === '' && pathname !== '/searxng/' ? 400 : 200, query, found);
      }
    },
  };
}

/** `ru`, `ru-RU`; `all` and `auto` prefer no language. */
function readLanguage(value: string | null): 'ru' | 'en' | null {
  const [language] = (value ?? '').toLowerCase().split(/[-_]/u);
  return language === 'ru' || language === 'en' ? language : null;
}

function answerOf(query: string, found: readonly FoundPage[]): Record<string, unknown> {
  return {
    query,
    number_of_results: found.length,
    results: found.map(({ page, snippet, score }, at) => ({
      url: page.url,
      title: page.title,
      content: snippet,
      publishedDate: `${page.publishedAt}T00:00:00`,
      engine: 'demo',
      engines: ['demo'],
      category: 'general',
      template: 'default.html',
      positions: [at + 1],
      score,
    })),
    answers: [],
    corrections: [],
    infoboxes: [],
    suggestions: [],
    unresponsive_engines: [],
  };
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

function sendHtml(
  response: ServerResponse,
  status: number,
  query: string,
  found: readonly FoundPage[],
): void {
  const results = found
    .map(
      ({ page, snippet }) => `<article lang="${page.language}">
<h3><a href="${escapeHtml(page.url)}">${escapeHtml(page.title)}</a></h3>
<cite>${escapeHtml(decodeURI(page.url))}</cite>
<p>${escapeHtml(snippet)}</p>
</article>`,
    )
    .join('\n');
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
  response.end(`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(query === '' ? 'Search' : query)}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}
h3{margin:1.5rem 0 0}cite{color:#2a7a3b;font-style:normal;font-size:.85rem}p{margin:.2rem 0}</style>
</head>
<body>
<form action="/searxng/search"><input name="q" aria-label="Search" size="40" value="${escapeHtml(query)}">
<button>Search</button></form>
${results}
</body>
</html>`);
}
