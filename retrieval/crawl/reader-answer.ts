import { PageError } from '../errors.ts';

export interface ReaderAnswer {
  title: string | null;
  /** As the page states it. */
  publishedAt: string | null;
  markdown: string;
}

/**
 * What a reader service gives: JSON with `data`, or Markdown behind lines that say what page it is.
 * @throws {PageError} when there is no text in it, or the site refused the service.
 */
export function readReaderAnswer(body: string): ReaderAnswer {
  const { warning, ...answer } = /^\s*\{/u.test(body) ? ofJson(body) : ofMarkdown(body);
  const refused = /\berror (\d{3})\b/iu.exec(warning)?.[1];
  if (refused !== undefined) {
    throw new PageError(`was answered HTTP ${refused} by the site`, { retryable: false });
  }
  if (/captcha/iu.test(warning)) {
    throw new PageError('was taken for a robot by the site', { retryable: false });
  }
  if (answer.markdown.trim() === '') throw new PageError('found no text', { retryable: false });
  return answer;
}

type Warned = ReaderAnswer & { warning: string };

function ofJson(body: string): Warned {
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch (cause) {
    throw new PageError('gave an answer that cannot be read', { retryable: true, cause });
  }
  const data = isRecord(answer) && isRecord(answer['data']) ? answer['data'] : answer;
  if (!isRecord(data)) {
    throw new PageError('gave an answer that cannot be read', { retryable: true });
  }
  return {
    title: stringOf(data['title']),
    publishedAt: stringOf(data['publishedTime']),
    markdown: stringOf(data['content']) ?? stringOf(data['text']) ?? '',
    warning: stringOf(data['warning']) ?? '',
  };
}

/** Without such lines before it, all of it is the text. */
function ofMarkdown(body: string): Warned {
  const text = body.replace(/^\uFEFF/u, '').replace(/\r\n?/gu, '\n');
  const mark = /^Markdown Content:[^\S\n]*$/mu.exec(text.slice(0, longestHead));
  if (mark === null) return { title: null, publishedAt: null, markdown: text, warning: '' };
  const head = text.slice(0, mark.index);
  const field = (name: string): string | null =>
    stringOf(new RegExp(`^${name}:(.*)$`, 'mu').exec(head)?.[1]);
  return {
    title: field('Title'),
    publishedAt: field('Published Time'),
    markdown: text.slice(mark.index + mark[0].length),
    warning: field('Warning') ?? '',
  };
}

const longestHead = 10_000;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function stringOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}
