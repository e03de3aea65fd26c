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

  const embed = async (input: string[], signal: AbortSignal): Promise<Float32Array[]> => {
    const answer = await request(input, signal);
    const items: unknown = answer.data;
    if (!Array.isArray(items) || items.length !== input.length) {
      const count = Array.isArray(items) ? items.length : 'no';
      throw failure(`${count} vectors for ${input.length} texts`, false);
    }
    return items.map(toUnitVector);
  };

  const request = async (input: string[], signal: AbortSignal) => {
    try {
      return await client.embeddings.create(
        // Without it the package asks for base64, which not every server speaks.
        { model, input, encoding_format: 'float' },
        { signal, timeout: timeoutMs },
      );
    } catch (error) {
      signal.throwIfAborted();
      throw failure(explain(error, timeoutMs), true, error);
    }
  };

  return {
    model,
    async embedPassages(texts, { signal }) {
      const vectors: Float32Array[] = [];
      for (let at = 0; at < texts.length; at += batchSize) {
        const batch = texts
          .slice(at, at + batchSize)
          .map((text) => `${passagePrefix}${text}`.slice(0, maxCharacters));
        vectors.push(...(await embed(batch, signal)));
      }
      return sameDimensions(vectors);
    },
    async embedQuery(text, { signal }) {
      const input = `${queryInstruction ?? ''}${text}`.slice(0, maxCharacters);
      const [vector] = await embed([input], signal);
      if (vector === undefined) throw failure('no vector for the question', false);
      return vector;
    },
  };
}

function toUnitVector(item: unknown): Float32Array {
  const values: unknown =
    typeof item === 'object' && item !== null && 'embedding' in item ? item.embedding : null;
  if (!Array.isArray(values) || values.length === 0)
    throw failure('an answer without vectors', false);
  const vector = Float32Array.from(values, Number);
  const norm = Math.hypot(...vector);
  if (!Number.isFinite(norm) || norm === 0)
    throw failure('a vector that is zero or not a number', false);
  return vector.map((value) => value / norm);
}

function sameDimensions(vectors: Float32Array[]): Float32Array[] {
  const lengths = new Set(vectors.map((vector) => vector.length));
  if (lengths.size > 1) throw failure(`vectors of ${[...lengths].join(' and ')} dimensions`, false);
  return vectors;
}

function explain(error: unknown, timeoutMs: number): string {
  if (typeof error !== 'object' || error === null) return 'the request failed';
  if ('status' in error && typeof error.status === 'number') return `HTTP ${error.status}`;
  const name = error.constructor.name;
  return name.includes('Timeout') ? `no answer within ${timeoutMs} ms` : 'no connection';
}

function failure(sentence: string, retryable: boolean, cause?: unknown): EmbedError {
  return new EmbedError(`embeddings: ${sentence}`, { retryable, cause });
}
