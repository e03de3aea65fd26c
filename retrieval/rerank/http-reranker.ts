import { fetch } from 'undici';
import type { Dispatcher } from 'undici';

import { RerankError } from '../errors.ts';
import { readScores } from './read-scores.ts';
import type { Reranker } from './reranker.ts';

export interface HttpRerankerOptions {
  /** `http://127.0.0.1:8082` or `https://api.jina.ai/v1`: what comes before `/rerank`. */
  baseUrl: string;
  apiKey?: string | null;
  /** Null: text-embeddings-inference, which serves one model. With one: Jina's and Cohere's form. */
  model: string | null;
  dispatcher?: Dispatcher;
  /** For one call: an answer waits no longer for a better order. */
  timeoutMs?: number;
  /** Longer texts are cut: rerankers take some 512 tokens, the question included. */
  maxCharacters?: number;
}

const ANSWER_BYTES_AT_MOST = 5_000_000;

/** The `/rerank` call of text-embeddings-inference, Jina and Cohere. It is tried once. */
export function createHttpReranker({
  baseUrl,
  apiKey = null,
  model,
  dispatcher,
  timeoutMs = 800,
  maxCharacters = 1800,
}: HttpRerankerOptions): Reranker {
  const url = addressOf(baseUrl);

  return {
    async score(question, texts, { signal }) {
      signal.throwIfAborted();
      if (texts.length === 0) return [];
      const documents = texts.map((text) => cut(text, maxCharacters));
      const query = cut(question, maxCharacters);
      const body =
        model === null
          ? { query, texts: documents, truncate: true }
          : { model, query, documents, top_n: documents.length };
      const deadline = AbortSignal.timeout(timeoutMs);
      try {
        const response = await fetch(url, {
          method: 'POST',
          headers: {
            accept: 'application/json',
            'content-type': 'application/json',
            ...(apiKey === null ? {} : { authorization: `Bearer ${apiKey}` }),
          },
          body: JSON.stringify(body),
          redirect: 'error',
          signal: AbortSignal.any([signal, deadline]),
          ...(dispatcher === undefined ? {} : { dispatcher }),
        });
        if (!response.ok) {
          await response.body?.cancel();
          throw refusal(response.status);
        }
        return readScores(JSON.parse(await readBounded(response.body ?? [])), texts.length);
      } catch (error) {
        signal.throwIfAborted();
        throw explain(error, deadline.aborted ? timeoutMs : null);
      }
    },
  };
}

/** Whoever gives the whole address means the same. */
function addressOf(baseUrl: string): string {
  const url = new URL(baseUrl);
  const path = url.pathname.replace(/\/+$/u, '');
  url.pathname = path.endsWith('/rerank') ? path : `${path}/rerank`;
  return url.href;
}

function cut(text: string, maxCharacters: number): string {
  return text.slice(0, maxCharacters).replace(/[\ud800-\udbff]$/u, '');
}

async function readBounded(
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > ANSWER_BYTES_AT_MOST) {
      throw new RerankError(`reranker: an answer larger than ${ANSWER_BYTES_AT_MOST} bytes`, {
        retryable: false,
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function refusal(status: number): RerankError {
  const retryable = status === 408 || status === 429 || status >= 500;
  return new RerankError(`reranker: HTTP ${status}`, { retryable });
}

function explain(error: unknown, timeoutMs: number | null): RerankError {
  const retry = { retryable: true, cause: error };
  if (timeoutMs !== null)
    return new RerankError(`reranker: no answer within ${timeoutMs} ms`, retry);
  if (error instanceof RerankError) return error;
  const isJson = error instanceof SyntaxError;
  return new RerankError(
    `reranker: ${isJson ? 'an answer that is not JSON' : 'no connection'}`,
    retry,
  );
}
