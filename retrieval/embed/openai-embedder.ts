import type OpenAI from 'openai';

import { EmbedError } from '../errors.ts';
import type { Embedder } from './embedder.ts';

export interface OpenAIEmbedderOptions {
  client: OpenAI;
  model: string;
  /** Put before a question, never before a passage: `query: ` for E5. */
  queryInstruction?: string | null;
  /** Texts in one request. */
  batchSize?: number;
  /** For one request. */
  timeoutMs?: number;
  /** Longer texts are cut: servers refuse what passes their token limit. */
  maxCharacters?: number;
}

/** Any server with OpenAI's `/embeddings`: text-embeddings-inference, vLLM, Ollama, OpenAI. */
export function createOpenAIEmbedder({
  client,
  model,
  queryInstruction = null,
  batchSize = 32,
  timeoutMs = 3000,
  maxCharacters = 1800,
}: OpenAIEmbedderOptions): Embedder {
  // The E5 family was trained with a word before either side: https://arxiv.org/abs/2212.03533
  const passagePrefix = queryInstruction?.trim() === 'query:' ? 'passage: ' : '';

  const embed = async (input: string[], signal: AbortSignal): Promise<Float32Array[]> =>
    readVectors(await request(input, signal), input.length);

  const request = async (texts: string[], signal: AbortSignal): Promise<unknown> => {
    const deadline = AbortSignal.timeout(timeoutMs);
    const input = texts.map((text) => cut(text, maxCharacters));
    try {
      return await client.embeddings.create(
        // Without it the package asks for base64, which not every server speaks.
        { model, input, encoding_format: 'float' },
        // The package's own timeout ends with the head of an answer; the body may stall as well.
        { signal: AbortSignal.any([signal, deadline]), timeout: timeoutMs * 2 },
      );
    } catch (error) {
      signal.throwIfAborted();
      throw explain(error, deadline.aborted ? timeoutMs : null);
    }
  };

  return {
    model,
    async embedPassages(texts, { signal }) {
      const vectors: Float32Array[] = [];
      for (let at = 0; at < texts.length; at += batchSize) {
        const batch = texts.slice(at, at + batchSize).map((text) => `${passagePrefix}${text}`);
        vectors.push(...(await embed(batch, signal)));
      }
      return sameDimensions(vectors);
    },
    async embedQuery(text, { signal }) {
      const [vector] = await embed([`${queryInstruction ?? ''}${text}`], signal);
      if (vector === undefined) throw failure('no vector for the question');
      return vector;
    },
  };
}

/** Never half of a character that takes two units: some servers refuse the whole request for it. */
function cut(text: string, maxCharacters: number): string {
  return text.slice(0, maxCharacters).replace(/[\ud800-\udbff]$/, '');
}

function readVectors(answer: unknown, count: number): Float32Array[] {
  const items = field(answer, 'data');
  if (!Array.isArray(items)) throw failure(`no vectors for ${count} texts`);
  if (items.length !== count) throw failure(`${items.length} vectors for ${count} texts`);
  const vectors = new Map<unknown, Float32Array>();
  for (const [at, item] of items.entries()) {
    // Where the place is told it is right, whatever the order.
    vectors.set(field(item, 'index') ?? at, toUnitVector(field(item, 'embedding')));
  }
  return items.map((_item, at) => {
    const vector = vectors.get(at);
    if (vector === undefined) throw failure('vectors that belong to no text');
    return vector;
  });
}

function toUnitVector(values: unknown): Float32Array {
  if (!Array.isArray(values) || values.length === 0) throw failure('an answer without vectors');
  const numbers = values.map((value: unknown) => (typeof value === 'number' ? value : NaN));
  const norm = Math.sqrt(numbers.reduce((sum, value) => sum + value * value, 0));
  if (!Number.isFinite(norm) || norm === 0) throw failure('a vector that is zero or not a number');
  return Float32Array.from(numbers, (value) => value / norm);
}

function sameDimensions(vectors: Float32Array[]): Float32Array[] {
  const lengths = new Set(vectors.map((vector) => vector.length));
  if (lengths.size > 1) throw failure(`vectors of ${[...lengths].join(' and ')} dimensions`);
  return vectors;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function explain(error: unknown, timeoutMs: number | null): EmbedError {
  const retry = { retryable: true, cause: error };
  if (timeoutMs !== null) return failure(`no answer within ${timeoutMs} ms`, retry);
  const status = field(error, 'status');
  if (typeof status === 'number') {
    const retryable = status === 408 || status === 429 || status >= 500;
    return failure(`HTTP ${status}`, { retryable, cause: error });
  }
  if (error instanceof SyntaxError) return failure('an answer that is not JSON', retry);
  return failure('no connection', retry);
}

function failure(
  sentence: string,
  { retryable = false, cause }: { retryable?: boolean; cause?: unknown } = {},
): EmbedError {
  return new EmbedError(`embeddings: ${sentence}`, { retryable, cause });
}
