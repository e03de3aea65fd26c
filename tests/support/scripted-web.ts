import type { FetchedPage, PageFetcher } from '../../retrieval/crawl/fetch-page.ts';
import { PageError } from '../../retrieval/errors.ts';

/** What an address answers: a body, or a fault with its reason; `unchanged` is a 304. */
export type ScriptedAnswer =
  | string
  | { body: string; contentType?: string; from?: FetchedPage['from']; redirectedTo?: string }
  | { fault: string };

/** A fetcher over answers that a test may change, and what it was asked for in order. */
export interface ScriptedWeb {
  answers: Map<string, ScriptedAnswer>;
  readonly asked: string[];
  fetchPage: PageFetcher['fetchPage'];
}

export function createScriptedWeb(answers: Record<string, ScriptedAnswer>): ScriptedWeb {
  const web: ScriptedWeb = {
    answers: new Map(Object.entries(answers)),
    asked: [],
    async fetchPage(url, { signal }) {
      signal.throwIfAborted();
      web.asked.push(url);
      const answer = web.answers.get(url) ?? { fault: 'HTTP 404' };
      if (typeof answer === 'object' && 'fault' in answer) {
        throw new PageError(answer.fault, { retryable: false });
      }
      const {
        body,
        contentType = 'text/html',
        from = 'network',
        redirectedTo = url,
      } = typeof answer === 'string' ? { body: answer } : answer;
      return {
        requestedUrl: url,
        url: redirectedTo,
        contentType,
        text: body,
        bytes: new TextEncoder().encode(body),
        lastModified: null,
        etag: null,
        from,
        fetchedAt: '2026-11-22T10:00:00.000Z',
      };
    },
  };
  return web;
}

/** A page that has enough text to be read, and links. */
export function articlePage(subject: string, links: readonly string[] = []): string {
  const anchors = links.map((link) => `<li><a href="${link}">${link}</a></li>`).join('');
  const text = `${subject} — так начинается статья, в которой сказано, что ${subject} важен. `;
  return `<html lang="ru"><head><title>${subject}</title></head><body>
    <article><h1>${subject}</h1><p>${text.repeat(4)}</p></article><ul>${anchors}</ul></body></html>`;
}
