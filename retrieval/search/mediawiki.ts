import type { Dispatcher } from 'undici';
import { z } from 'zod';
import { SearchError } from '../errors.ts';
import { redirectTarget, requestEngine } from './engine-request.ts';
import type { EngineAnswer } from './engine-request.ts';
import type { Clock, HostTurns } from './host-turns.ts';
import { plainTextOfHtml } from './plain-text-of-html.ts';
import type { SearchResult } from './search-engine.ts';

export interface MediaWiki {
  /** How its sentences begin: `wikipedia (ru)`. */
  label: string;
  /** Without a slash at the end: `https://ru.wikipedia.org`. */
  baseUrl: string;
  userAgent: string;
  maxBytes: number;
  dispatcher: Dispatcher | undefined;
  turns: HostTurns;
  clock: Clock;
}

/**
 * One full-text search in one wiki, waiting for its turn and for as long as the wiki asks to,
 * when that ends before `deadlineAt` of the clock. https://www.mediawiki.org/wiki/API:Search
 * @throws {SearchError} also for the errors that MediaWiki sends with status 200.
 */
export async function searchMediaWiki(
  wiki: MediaWiki,
  { srsearch, deadlineAt, signal }: { srsearch: string; deadlineAt: number; signal: AbortSignal },
): Promise<SearchResult[]> {
  const url = apiUrl(wiki.baseUrl, srsearch);
  return wiki.turns.take(url.host, signal, async () => {
    for (let attempt = 1; ; attempt += 1) {
      await waitForPause(wiki, url.host, deadlineAt, signal);
      const answer = await requestEngine({
        engine: wiki.label,
        url,
        headers: { accept: 'application/json', 'user-agent': wiki.userAgent },
        maxBytes: wiki.maxBytes,
        signal,
        dispatcher: wiki.dispatcher,
      });
      const pauseMs = retryAfterMs(answer, Date.now());
      const reading = read(wiki, url, answer);
      if (Array.isArray(reading)) return reading;
      if (pauseMs !== null) wiki.turns.pause(url.host, pauseMs);
      if (pauseMs === null || !reading.retryable || attempt >= maxAttempts) throw reading;
    }
  });
}

const maxAttempts = 3;

function apiUrl(baseUrl: string, srsearch: string): URL {
  const url = new URL(`${baseUrl}/w/api.php`);
  const parameters = {
    action: 'query',
    list: 'search',
    srsearch,
    srlimit: '10',
    srprop: 'snippet',
    srinfo: '',
    format: 'json',
    formatversion: '2',
    maxlag: '5',
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url;
}

async function waitForPause(
  wiki: MediaWiki,
  host: string,
  deadlineAt: number,
  signal: AbortSignal,
): Promise<void> {
  const pauseMs = wiki.turns.pauseOf(host);
  if (pauseMs === 0) return;
  if (wiki.clock.now() + pauseMs >= deadlineAt) {
    const seconds = Math.ceil(pauseMs / 1000);
    throw new SearchError(`${wiki.label}: asked to be left alone for ${seconds} s`, {
      retryable: true,
    });
  }
  await wiki.clock.sleep(pauseMs, signal);
}

/** Seconds or a date; an absurd value may not shut a wiki out for good. */
function retryAfterMs(answer: EngineAnswer, nowMs: number): number | null {
  const value = answer.headers.get('retry-after')?.trim() ?? '';
  if (value === '') return null;
  const wait = /^\d+$/u.test(value) ? Number(value) * 1000 : Date.parse(value) - nowMs;
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), 10 * 60_000);
}

const answerSchema = z.union([
  z.object({ error: z.object({ code: z.string(), info: z.string().catch('') }) }),
  z.object({
    query: z.object({
      search: z.array(z.object({ title: z.string().min(1), snippet: z.string().catch('') })),
    }),
  }),
]);

function read(wiki: MediaWiki, url: URL, answer: EngineAnswer): SearchResult[] | SearchError {
  if (answer.status !== 200) return statusError(wiki, url, answer);
  const json = parseJson(answer);
  if (json === undefined) {
    const what = /html/u.test(answer.mediaType)
      ? 'a web page came where JSON was expected'
      : 'the answer is not valid JSON';
    return new SearchError(`${wiki.label}: ${what}`, { retryable: false });
  }
  const parsed = answerSchema.safeParse(json);
  if (!parsed.success) {
    return new SearchError(`${wiki.label}: the answer has no list of results`, {
      retryable: false,
      cause: parsed.error,
    });
  }
  if ('error' in parsed.data) return apiError(wiki, parsed.data.error);
  return parsed.data.query.search.map(({ title, snippet }) => ({
    url: `${wiki.baseUrl}/wiki/${encodeTitle(title)}`,
    title,
    snippet: plainTextOfHtml(snippet),
    publishedAt: null,
  }));
}

function parseJson(answer: EngineAnswer): unknown {
  try {
    return JSON.parse(answer.body);
  } catch {
    return undefined;
  }
}

function statusError(wiki: MediaWiki, url: URL, answer: EngineAnswer): SearchError {
  const { status } = answer;
  const sentence = (text: string, retryable: boolean): SearchError =>
    new SearchError(`${wiki.label}: ${text} (HTTP ${status})`, { retryable });

  if (status >= 300 && status < 400) {
    return sentence(`redirected to ${redirectTarget(answer, url)}, which is not followed`, false);
  }
  if (status === 403) return sentence('refused this User-Agent; it must name a contact', false);
  if (status === 404) return sentence(`nothing at ${url.host}${url.pathname}`, false);
  if (status === 429) return sentence('too many requests', true);
  if (status >= 500) return sentence('the server is not available', true);
  return sentence('an answer that no search gives', false);
}

function apiError(wiki: MediaWiki, error: { code: string; info: string }): SearchError {
  const { code } = error;
  if (code === 'maxlag') {
    return new SearchError(`${wiki.label}: its servers are overloaded (maxlag)`, {
      retryable: true,
    });
  }
  if (code === 'ratelimited') {
    return new SearchError(`${wiki.label}: too many requests (ratelimited)`, { retryable: true });
  }
  const info = plainTextOfHtml(error.info, 200);
  return new SearchError(`${wiki.label}: an error instead of results: ${info} (${code})`, {
    retryable: /^(?:readonly|internal_api_error|search-error|cirrussearch)/u.test(code),
  });
}

/** As MediaWiki writes its own links, so that engines and pages name an article alike. */
function encodeTitle(title: string): string {
  return encodeURIComponent(title.replaceAll(' ', '_'))
    .replace(/%(?:3B|40|24|2C|2F|3A)/gu, decodeURIComponent)
    .replaceAll("'", '%27');
}
