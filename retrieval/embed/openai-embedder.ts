import { setTimeout as waitFor } from 'node:timers/promises';

import type OpenAI from 'openai';

import { EmbedError } from '../errors.ts';
import type { Embedder } from './embedder.ts';
import { embedFailure, explainRefusal, isTooLong } from './refusal.ts';
import { createRequestLane } from './request-lane.ts';
import { readVectors, sameDimensions } from './read-vectors.ts';
import { retrying } from './retrying.ts';

export interface OpenAIEmbedderOptions {
  client: OpenAI;
  model: string;
  /** With the model it names the space of the vectors. */
  provider?: string;
  /** Asked for and insisted on; null: as many as the model has. */
  dimensions?: number | null;
  /** Put before a question as it is, never before a passage: `query: ` for E5. */
  queryInstruction?: string | null;
  /** Texts in one request. */
  batchSize?: number;
  /** Characters of all texts of one request. */
  batchCharacters?: number;
  /** Requests for passages at the same time; those for questions have as many of their own. */
  requestsAtOnce?: number;
  /** For one request. */
  timeoutMs?: number;
  /** For one batch or question, with all tries. */
  deadlineMs?: number;
  /** Longer texts are cut: servers refuse what passes their token limit. */
  maxCharacters?: number;
  /** Bytes of one answer. */
  maxAnswerBytes?: number;
  wait?: (ms: number, signal: AbortSignal) => Promise<unknown>;
  /** Milliseconds since any moment. */
  now?: () => number;
}

/** Shorter texts are not cut: then it is not their length that the server minds. */
const SHORTEST_CUT = 64;

/**
 * Any server with OpenAI's `/embeddings`: text-embeddings-inference, vLLM, Ollama, OpenAI, GigaChat.
 * Tries again what may pass (429, 5xx, a lost connection); a text that is too long for the server is
 * halved until it fits.
 */
export function createOpenAIEmbedder({
  client,
  model,
  provider = 'openai',
  dimensions = null,
  queryInstruction = null,
  batchSize = 32,
  batchCharacters = 48_000,
  requestsAtOnce = 4,
  timeoutMs = 3000,
  deadlineMs = 5000,
  maxCharacters = 1800,
  maxAnswerBytes = 32_000_000,
  wait = (ms, signal) => waitFor(ms, undefined, { signal }),
  now = () => performance.now(),
}: OpenAIEmbedderOptions): Embedder {
  // The E5 family was trained with a word before either side: https://arxiv.org/abs/2212.03533
  const passagePrefix = queryInstruction?.trim() === 'query:' ? 'passage: ' : '';
  const passageLane = createRequestLane(requestsAtOnce);
  const questionLane = createRequestLane(requestsAtOnce);

  const request = async (input: readonly string[], signal: AbortSignal): Promise<unknown> => {
    const deadline = AbortSignal.timeout(timeoutMs);
    const ended = AbortSignal.any([signal, deadline]);
    try {
      const response = await client.embeddings
        .create(
          {
            model,
            input: [...input],
            // Without it the package asks for base64, which not every server speaks.
            encoding_format: 'float',
            ...(dimensions === null ? {} : { dimensions }),
          },
          // The package's own timeout ends with the head of an answer; the body may stall as well.
          { signal: ended, timeout: timeoutMs * 2 },
        )
        .asResponse();
      return await readBoundedJson(response, maxAnswerBytes, ended);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof EmbedError) throw error;
      throw explainRefusal(error, deadline.aborted ? timeoutMs : null);
    }
  };

  const embedBatch = async (
    texts: readonly string[],
    lane: typeof passageLane,
    signal: AbortSignal,
  ): Promise<Float32Array[]> => {
    try {
      return await lane(
        () =>
          retrying(
            async () =>
              readVectors(await request(texts, signal), { count: texts.length, dimensions }),
            { deadlineMs, wait, now, signal },
          ),
        signal,
      );
    } catch (error) {
      if (!isTooLong(error)) throw error;
      return embedShorter(texts, lane, signal, error);
    }
  };

  /** Two halves of a batch, since the limit may be the request's; then half of a text. */
  const embedShorter = async (
    texts: readonly string[],
    lane: typeof passageLane,
    signal: AbortSignal,
    error: unknown,
  ): Promise<Float32Array[]> => {
    const [text = ''] = texts;
    if (texts.length > 1) {
      const middle = Math.ceil(texts.length / 2);
      return [
        ...(await embedBatch(texts.slice(0, middle), lane, signal)),
        ...(await embedBatch(texts.slice(middle), lane, signal)),
      ];
    }
    if (text.length <= SHORTEST_CUT) throw error;
    return embedBatch([cut(text, Math.ceil(text.length / 2))], lane, signal);
  };

  return {
    // Whatever changes a passage's vector is part of it; a question's instruction changes none.
    model: [provider, model, dimensions, passagePrefix.replace(': ', '')]
      .filter((part) => part !== null && part !== '')
      .join(':'),
    async embedPassages(texts, { signal }) {
      signal.throwIfAborted();
      const inputs = texts.map((text) => cut(`${passagePrefix}${text}`, maxCharacters));
      const batches = inBatches(inputs, { batchSize, batchCharacters });
      // What fails ends the others: none of this call's vectors will be used.
      const failed = new AbortController();
      const ended = AbortSignal.any([signal, failed.signal]);
      try {
        const vectors = await Promise.all(
          batches.map((batch) => embedBatch(batch, passageLane, ended)),
        );
        return sameDimensions(vectors.flat());
      } catch (error) {
        failed.abort(error);
        throw error;
      }
    },
    async embedQuery(text, { signal }) {
      signal.throwIfAborted();
      const instruction = queryInstruction ?? '';
      const input = `${instruction}${cut(text, maxCharacters)}`;
      const [vector] = await embedBatch([input], questionLane, signal);
      if (vector === undefined) throw embedFailure('no vector for the question');
      return vector;
    },
  };
}

/** Never half of a character that takes two units: some servers refuse the whole request for it. */
function cut(text: string, maxCharacters: number): string {
  return text.slice(0, maxCharacters).replace(/[\ud800-\udbff]$/, '');
}

function inBatches(
  texts: readonly string[],
  { batchSize, batchCharacters }: { batchSize: number; batchCharacters: number },
): string[][] {
  const batches: string[][] = [];
  let characters = Infinity;
  for (const text of texts) {
    const last = batches.at(-1);
    if (
      last === undefined ||
      last.length === batchSize ||
      characters + text.length > batchCharacters
    ) {
      batches.push([text]);
      characters = text.length;
    } else {
      last.push(text);
      characters += text.length;
    }
  }
  return batches;
}

async function readBoundedJson(
  response: globalThis.Response,
  maxBytes: number,
  signal: AbortSignal,
): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    signal.throwIfAborted();
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw embedFailure(`an answer larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}
