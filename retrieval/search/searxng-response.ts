import { z } from 'zod';
import { SearchError } from '../errors.ts';
import { plainTextOfHtml } from './plain-text-of-html.ts';
import { parsePublishedDate } from './published-date.ts';
import type { SearchResponse, SearchResult } from './search-engine.ts';

/**
 * What SearXNG's JSON says. Every version has a `results` array; all else may be missing, null or
 * of another type, and spoils nothing. Pages behind instant answers and infoboxes come first: the
 * instance does not repeat them among the results.
 * @throws {SearchError} when there is no list of results, or when nothing came because no engine
 *   behind the instance answered: that is not an empty web.
 */
export function readSearxngResponse(engine: string, json: unknown, now: Date): SearchResponse {
  const response = responseSchema.safeParse(json);
  if (!response.success) {
    throw new SearchError(`${engine}: the answer has no list of results`, {
      retryable: false,
      cause: response.error,
    });
  }
  const { results, answers, infoboxes, unresponsive_engines: unresponsive } = response.data;
  const found = [
    ...answers.flatMap((item) => readAnswer(item)),
    ...infoboxes.flatMap((item) => readInfobox(item)),
    ...results.flatMap((item) => readResult(item, now)),
  ];
  const silent = unresponsive.flatMap((item) => readUnresponsive(item));
  if (found.length === 0 && silent.length > 0) {
    const list = silent.map(({ name, reason }) => name + reason).join(', ');
    throw new SearchError(`${engine}: none of its engines answered: ${list}`, { retryable: true });
  }
  return {
    results: found,
    warnings: silent.map(({ name, reason }) => `${engine}: ${name} did not answer${reason}`),
  };
}

const looseList = z.array(z.unknown()).catch([]);
const responseSchema = z.object({
  results: z.array(z.unknown()),
  answers: looseList,
  infoboxes: looseList,
  unresponsive_engines: looseList,
});

const looseText = z.string().catch('');
const resultSchema = z.object({
  url: z.string(),
  title: looseText,
  content: looseText,
  pubdate: looseText,
  publishedDate: looseText,
});
const answerSchema = z.object({ url: z.string(), answer: looseText });
const infoboxSchema = z.object({
  infobox: looseText,
  content: looseText,
  id: looseText,
  urls: z.array(z.object({ url: looseText }).catch({ url: '' })).catch([]),
});
const unresponsiveSchema = z.tuple([z.string()], z.unknown());

function readResult(item: unknown, now: Date): SearchResult[] {
  const result = resultSchema.safeParse(item);
  if (!result.success || !isWebAddress(result.data.url)) return [];
  const { url, title, content, pubdate, publishedDate } = result.data;
  return [
    {
      url,
      title: plainTextOfHtml(title),
      snippet: plainTextOfHtml(content),
      publishedAt: parsePublishedDate(pubdate, now) ?? parsePublishedDate(publishedDate, now),
    },
  ];
}

/** An instant answer is a text or an object; only one with a page behind it says where to read. */
function readAnswer(item: unknown): SearchResult[] {
  const answer = answerSchema.safeParse(item);
  if (!answer.success || !isWebAddress(answer.data.url)) return [];
  const snippet = plainTextOfHtml(answer.data.answer);
  return [{ url: answer.data.url, title: '', snippet, publishedAt: null }];
}

function readInfobox(item: unknown): SearchResult[] {
  const infobox = infoboxSchema.safeParse(item);
  if (!infobox.success) return [];
  const { infobox: title, content, id, urls } = infobox.data;
  const url = [id, ...urls.map((entry) => entry.url)].find(isWebAddress);
  if (url === undefined) return [];
  return [
    { url, title: plainTextOfHtml(title), snippet: plainTextOfHtml(content), publishedAt: null },
  ];
}

/** The reason is a translated text for people: it is shown, never understood. */
function readUnresponsive(item: unknown): { name: string; reason: string }[] {
  const entry = unresponsiveSchema.safeParse(typeof item === 'string' ? [item] : item);
  if (!entry.success) return [];
  const [name, detail] = entry.data;
  const reason = typeof detail === 'string' ? plainTextOfHtml(detail, 200) : '';
  return [{ name: plainTextOfHtml(name, 100), reason: reason === '' ? '' : ` (${reason})` }];
}

function isWebAddress(address: string): boolean {
  const protocol = URL.parse(address)?.protocol;
  return protocol === 'http:' || protocol === 'https:';
}
