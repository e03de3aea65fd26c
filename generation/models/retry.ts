import { networkCodeOf, statusOf } from './model-failure.ts';

export interface RetryPolicy {
  /** The longest wait that a server may ask for; with a longer one the failure is told at once. */
  maxRetryAfterMs: number;
  /** The wait before a second try when the server named none. */
  pauseMs: number;
}

/**
 * How long to wait before the one more try that a failed request gets, or null when it gets none.
 * Only what passes by itself within seconds is tried again: a limit that names its end, a server
 * that fell over, a connection that never stood. A refusal (400, 401, 402, 403, 404) stays one.
 */
export function retryDelayMs(
  error: unknown,
  { maxRetryAfterMs, pauseMs }: RetryPolicy,
  now: Date = new Date(),
): number | null {
  const status = statusOf(error);
  if (status === null) return brokenConnections.has(networkCodeOf(error) ?? '') ? pauseMs : null;
  const asked = retryAfterMs(headersOf(error), now);
  if (asked !== null && asked > maxRetryAfterMs) return null;
  if (status === 429) return asked;
  return status === 500 || status === 502 || status === 503 ? (asked ?? pauseMs) : null;
}

/** `Retry-After` in seconds or as a date, or `retry-after-ms`; null when it says nothing. */
export function retryAfterMs(headers: Headers | null, now: Date): number | null {
  const precise = Number.parseFloat(headers?.get('retry-after-ms') ?? '');
  if (precise >= 0) return precise;
  const header = headers?.get('retry-after')?.trim() ?? '';
  if (/^\d+(?:\.\d+)?$/u.test(header)) return Number.parseFloat(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - now.getTime());
}

const brokenConnections = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

function headersOf(error: unknown): Headers | null {
  const headers =
    typeof error === 'object' && error !== null && 'headers' in error && error.headers;
  // undici's Headers are not the global ones, so that `instanceof` would miss them.
  return typeof headers === 'object' && headers !== null && 'get' in headers
    ? (headers as Headers)
    : null;
}
