import { GigaChatError } from '../../retrieval/errors.ts';
import { ModelError } from './chat-model.ts';
import type { ModelFault } from './chat-model.ts';
import { DeadlineError } from './deadlines.ts';

/** What every kind of failure needs to be told: which model, and which secret must not be told. */
export interface FailureContext {
  model: string;
  apiKey: string | null;
}

/** Anything that a request to a chat model can throw, as one plain sentence about that model. */
export function modelFailure(error: unknown, { model, apiKey }: FailureContext): ModelError {
  if (error instanceof ModelError) return error;
  const { sentence, retryable, fault = 'unavailable' } = explain(error);
  return new ModelError(`model ${model}: ${sentence}`, {
    retryable,
    fault,
    cause: withoutSecret(error, apiKey),
  });
}

/** A server that answered, and not as a chat model does. The message goes into the sentence. */
export class NotAStreamError extends Error {
  override name = 'NotAStreamError';
}

/** The HTTP status of a refusal, or null when no answer came. */
export function statusOf(error: unknown): number | null {
  const status = property(error, 'status');
  return typeof status === 'number' ? status : null;
}

/** The code of the network failure at the bottom of the causes: `ECONNREFUSED`, or null. */
export function networkCodeOf(error: unknown): string | null {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 6; depth += 1) {
    const code = property(cause, 'code');
    if (typeof code === 'string' && networkCode.test(code)) return code;
    cause = cause.cause;
  }
  return null;
}

// A server's own error may carry a `code` as well: `invalid_api_key`.
const networkCode =
  /^(?:ECONN|EHOST|ENET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|UND_ERR_|.*CERT|UNABLE_TO_VERIFY)/u;

interface Explanation {
  sentence: string;
  retryable: boolean;
  fault?: ModelFault;
}

function explain(error: unknown): Explanation {
  if (error instanceof DeadlineError) return { sentence: error.message, retryable: true };
  if (error instanceof NotAStreamError) return { sentence: error.message, retryable: false };
  const status = statusOf(error);
  if (status !== null) return explainStatus(status, textOf(error));
  const access = accessErrorOf(error);
  if (access !== null) {
    return { sentence: access.message.replace(/^gigachat: /u, ''), retryable: access.retryable };
  }
  const code = networkCodeOf(error);
  if (code !== null) return explainNetwork(code);
  if (error instanceof SyntaxError) {
    return { sentence: 'sent a part of its answer that is not JSON', retryable: true };
  }
  if (property(error, 'error') !== undefined) {
    return { sentence: 'reported an error in the middle of its answer', retryable: true };
  }
  if (/timed out/iu.test(textOf(error))) {
    return { sentence: 'did not answer in time', retryable: true };
  }
  if (/terminated|premature|other side closed/iu.test(textOf(error))) {
    return explainNetwork('ECONNRESET');
  }
  return { sentence: 'the request failed', retryable: false };
}

/** What GigaChat's own access says is more than the connection's code. */
function accessErrorOf(error: unknown): GigaChatError | null {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 6; depth += 1) {
    if (cause instanceof GigaChatError) return cause;
    cause = cause.cause;
  }
  return null;
}

function explainStatus(status: number, text: string): Explanation {
  const sentence = (what: string): string => `${what} (HTTP ${status})`;
  const fault = faultOf(status, text);
  if (fault !== null) {
    const what = status === 403 && fault === 'unauthorized' ? 'access was denied' : faults[fault];
    return { sentence: sentence(what), retryable: false, fault };
  }
  const known = knownStatuses[status];
  if (known !== undefined) return { sentence: sentence(known[0]), retryable: known[1] };
  if (status >= 500) return { sentence: sentence('the server failed'), retryable: true };
  return { sentence: sentence('the request was refused'), retryable: false };
}

const faults: Record<Exclude<ModelFault, 'unavailable'>, string> = {
  unauthorized: 'the key was refused',
  'payment-required': 'the balance is empty',
  'prompt-too-long': 'the prompt is too long for it',
};

/** Servers disagree on the status: OpenAI says 429 to who has to pay, others 400 to a wrong key. */
function faultOf(status: number, text: string): keyof typeof faults | null {
  if (status >= 500) return null;
  if (
    status === 402 ||
    /insufficient[ _](?:balance|quota|funds|credit)|credit balance|exceeded your current quota/iu.test(
      text,
    )
  ) {
    return 'payment-required';
  }
  if (status === 401 || status === 403) return 'unauthorized';
  if (status !== 400 && status !== 413) return null;
  if (/api[ _-]?key/iu.test(text)) return 'unauthorized';
  const isTooLong = /context|too (?:long|large|many tokens)|maximum.*(?:length|tokens)/iu.test(
    text,
  );
  return isTooLong || status === 413 ? 'prompt-too-long' : null;
}

const knownStatuses: Record<number, [sentence: string, retryable: boolean]> = {
  400: ['the request was not understood', false],
  404: ['there is no such model or address', false],
  408: ['the server gave the request up', true],
  422: ['the request was not understood', false],
  429: ['too many requests', true],
  500: ['the server failed', true],
  502: ['the server behind the gateway did not answer', true],
  503: ['the server is overloaded', true],
  504: ['the server behind the gateway was too slow', true],
};

function explainNetwork(code: string): Explanation {
  if (code === 'ECONNREFUSED') return { sentence: 'the connection was refused', retryable: true };
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return { sentence: 'the host was not found', retryable: code === 'EAI_AGAIN' };
  }
  if (code.includes('CERT') || code === 'UNABLE_TO_VERIFY_LEAF_SIGNATURE') {
    return { sentence: 'the certificate of the server is not trusted', retryable: false };
  }
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT') {
    return { sentence: 'could not be reached in time', retryable: true };
  }
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') {
    return { sentence: 'stopped answering', retryable: true };
  }
  return { sentence: 'the connection was cut', retryable: true };
}

/**
 * The chain of causes by name, text and code alone. The package's own errors carry the server's
 * body, and a server may repeat the key that it refuses.
 */
function withoutSecret(error: unknown, apiKey: string | null, depth = 0): Error {
  const kept = new Error(scrub(textOf(error), apiKey).slice(0, 500), {
    cause:
      error instanceof Error && error.cause !== undefined && depth < 5
        ? withoutSecret(error.cause, apiKey, depth + 1)
        : undefined,
  });
  kept.name = error instanceof Error ? error.constructor.name : 'Error';
  kept.stack = `${kept.name}: ${kept.message}`;
  return kept;
}

function scrub(text: string, apiKey: string | null): string {
  return apiKey === null || apiKey === '' ? text : text.replaceAll(apiKey, '[key]');
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
