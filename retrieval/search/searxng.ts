import type { Dispatcher } from 'undici';
import { SearchError } from '../errors.ts';
import type { Language } from '../passage.ts';
import { withDeadline } from './deadline.ts';
import { redirectTarget, requestEngine } from './engine-request.ts';
import type { EngineAnswer } from './engine-request.ts';
import { plainTextOfHtml } from './plain-text-of-html.ts';
import { readSearxngResponse } from './searxng-response.ts';
import type { SearchEngine, SearchQuery, SearchResponse } from './search-engine.ts';

export interface SearxngOptions {
  /** Where the instance answers, with its path if it has one: `http://127.0.0.1:8080`. */
  baseUrl: string;
  dispatcher?: Dispatcher;
  /** Over everything, the one retry included. */
  timeoutMs?: number;
  /** Of one answer, after decompression. */
  maxBytes?: number;
  userAgent?: string;
  now?: () => Date;
}

/**
 * A SearXNG instance, or a searx one of any age, through its JSON API.
 * https://docs.searxng.org/dev/search_api.html
 */
export function createSearxng({
  baseUrl,
  dispatcher,
  timeoutMs = 5000,
  maxBytes = 4_000_000,
  userAgent = 'Istok',
  now = () => new Date(),
}: SearxngOptions): SearchEngine {
  const engine = 'searxng';

  const ask = async (url: URL, language: Language, signal: AbortSignal): Promise<EngineAnswer> =>
    requestEngine({
      engine,
      url,
      headers: headersFor(language, userAgent),
      maxBytes,
      signal,
      dispatcher,
    });

  return {
    name: engine,
    search(query, { signal }): Promise<SearchResponse> {
      const onTimeout = (): SearchError =>
        new SearchError(`${engine}: no answer within ${timeoutMs} ms`, { retryable: true });
      return withDeadline({ timeoutMs, signal, onTimeout }, async (deadline) => {
        const url = searchUrl(baseUrl, query);
        let answer = await ask(url, query.language, deadline);
        // A fault inside the instance is often that of one engine at that moment.
        if (answer.status === 500) answer = await ask(url, query.language, deadline);
        return readSearxngResponse(engine, readJson(engine, url, answer), now());
      });
    },
  };
}

function searchUrl(baseUrl: string, { text, language }: SearchQuery): URL {
  const url = new URL(baseUrl);
  url.pathname = `${url.pathname.replace(/\/+$/u, '')}/search`;
  url.searchParams.set('q', withoutCommands(text));
  url.searchParams.set('format', 'json');
  if (language !== 'other') url.searchParams.set('language', language);
  return url;
}

/** Words that start with `!`, `?`, `:` or `<` choose engines, languages and timeouts, even a redirect. */
function withoutCommands(text: string): string {
  return text
    .replace(/(^|\s)[!?:<]+(?=\S)/gu, '$1')
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, maxQueryCharacters);
}

// The engines behind the instance cut or refuse longer questions, and addresses have limits.
const maxQueryCharacters = 400;

/** The limiter takes a caller without these for a bot: it asks for HTML even where JSON is wanted. */
function headersFor(language: Language, userAgent: string): Record<string, string> {
  return {
    accept: 'application/json, text/html;q=0.5',
    'accept-language': language === 'en' ? 'en,ru;q=0.5' : 'ru,en;q=0.5',
    'user-agent': userAgent,
  };
}

function readJson(engine: string, url: URL, answer: EngineAnswer): unknown {
  if (answer.status !== 200) throw statusError(engine, url, answer);
  if (/html/u.test(answer.mediaType) || /^\s*</u.test(answer.body)) {
    throw new SearchError(`${engine}: a web page came where JSON was expected`, {
      retryable: false,
    });
  }
  try {
    const parsed: unknown = JSON.parse(answer.body);
    return parsed;
  } catch (cause) {
    throw new SearchError(`${engine}: the answer is not valid JSON`, { retryable: true, cause });
  }
}

function statusError(engine: string, url: URL, answer: EngineAnswer): SearchError {
  const { status } = answer;
  const sentence = (text: string, retryable: boolean): SearchError =>
    new SearchError(`${engine}: ${text} (HTTP ${status})`, { retryable });

  if (status >= 300 && status < 400) {
    return sentence(`redirected to ${redirectTarget(answer, url)}, which is not followed`, false);
  }
  if (status === 400) return sentence(`the question was refused${quotedError(answer)}`, false);
  if (status === 401 || status === 407) return sentence('the server asks for a sign-in', false);
  if (status === 403) {
    return sentence('JSON is switched off; add json to search.formats in its settings', false);
  }
  if (status === 404) return sentence(`nothing at ${url.host}${url.pathname}`, false);
  if (status === 429) return sentence('too many requests', true);
  if (status === 500) return sentence('the server failed twice', true);
  if (status > 500) return sentence('the server is not available', true);
  return sentence('an answer that no search gives', false);
}

/** Its own words, when it has some: `: Invalid settings`. */
function quotedError(answer: EngineAnswer): string {
  try {
    const parsed: unknown = JSON.parse(answer.body);
    if (typeof parsed !== 'object' || parsed === null || !('error' in parsed)) return '';
    const words = typeof parsed.error === 'string' ? plainTextOfHtml(parsed.error, 200) : '';
    return words === '' ? '' : `: ${words}`;
  } catch {
    return '';
  }
}
