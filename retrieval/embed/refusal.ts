import { EmbedError, GigaChatError } from '../errors.ts';

/** `embeddings: …`, one plain sentence. */
export function embedFailure(
  sentence: string,
  { retryable = false, cause }: { retryable?: boolean; cause?: unknown } = {},
): EmbedError {
  return new EmbedError(`embeddings: ${sentence}`, { retryable, cause });
}

/** What the `openai` package throws, as a sentence. `timeoutMs` when that time was over. */
export function explainRefusal(error: unknown, timeoutMs: number | null): EmbedError {
  if (timeoutMs !== null) {
    return embedFailure(`no answer within ${timeoutMs} ms`, { retryable: true, cause: error });
  }
  const access = accessFailure(error);
  if (access !== null) {
    const { message, retryable } = access;
    return embedFailure(message, { retryable, cause: error });
  }
  const status = property(error, 'status');
  if (typeof status === 'number') {
    const retryable = status === 408 || status === 429 || status >= 500;
    return embedFailure(`HTTP ${status}`, { retryable, cause: error });
  }
  const isJson = error instanceof SyntaxError;
  const sentence = isJson ? 'an answer that is not JSON' : 'no connection';
  return embedFailure(sentence, { retryable: true, cause: error });
}

/** Whether the server minds how long the texts are, or how many. */
export function isTooLong(error: unknown): boolean {
  if (!(error instanceof EmbedError)) return false;
  const status = property(error.cause, 'status');
  if (status === 413) return true;
  if (status !== 400 && status !== 422) return false;
  const text = error.cause instanceof Error ? error.cause.message : '';
  return /token|too (?:long|large|many)|length|context|exceed|batch size|maximum/iu.test(text);
}

/** Milliseconds that the server asked to wait, or null. Source: RFC 9110, 10.2.3. */
export function retryAfterMs(error: unknown): number | null {
  const headers = property(property(error, 'cause'), 'headers');
  const get = property(headers, 'get');
  // undici's headers and Node's are of two classes.
  if (typeof get !== 'function') return null;
  const value = String(get.call(headers, 'retry-after') ?? '').trim();
  if (/^\d{1,9}(?:\.\d+)?$/u.test(value)) return Number(value) * 1000;
  const time = Date.parse(value);
  return Number.isNaN(time) ? null : Math.max(0, time - Date.now());
}

function accessFailure(error: unknown): GigaChatError | null {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 6; depth += 1) {
    if (cause instanceof GigaChatError) return cause;
    cause = cause.cause;
  }
  return null;
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
