import { EmbedError } from '../errors.ts';
import type { Safetensors, Tensor } from './safetensors.ts';

export interface TokenTable {
  readonly dimensions: number;
  /** The weighted mean of these tokens' vectors, of unit length; a fixed one for none. */
  mean(ids: readonly number[]): Float32Array;
  /** Numbers from all over the table, by which it is told from another. */
  sample(): Float32Array;
}

/** Bytes of rows that are kept in memory: those of the tokens that are met all the time. */
const ROW_BYTES_REMEMBERED = 32_000_000;

/**
 * The tensors that model2vec writes: `embeddings`, and where the vocabulary was made smaller
 * `mapping` and `weights`, by token.
 * @throws {EmbedError} when they do not fit each other or the tokenizer
 */
export function createTokenTable(
  safetensors: Safetensors,
  { tokens }: { tokens: number },
): TokenTable {
  const embeddings = safetensors.tensor('embeddings') ?? safetensors.tensor('embedding.weight');
  const [rows = 0, dimensions = 0] = embeddings?.shape ?? [];
  if (embeddings === null || embeddings.shape.length !== 2 || rows * dimensions === 0) {
    throw unfit('it holds no table called «embeddings»');
  }
  const mapping = ofTokens(safetensors.tensor('mapping'), 'mapping', tokens);
  const weights = ofTokens(safetensors.tensor('weights'), 'weights', tokens);
  if (mapping === null && tokens > rows) {
    throw unfit(`it has ${rows} rows and the tokenizer ${tokens} tokens`);
  }
  if (mapping?.some((row) => !(row >= 0 && row < rows)) === true) {
    throw unfit('its «mapping» leads out of the table');
  }
  const remembered = new Map<number, Float32Array>();
  const rowsRemembered = Math.max(1, Math.floor(ROW_BYTES_REMEMBERED / (dimensions * 4)));

  const row = (at: number): Float32Array => {
    const known = remembered.get(at);
    if (known !== undefined) return known;
    const read = embeddings.read(at * dimensions, dimensions);
    if (!read.every((value) => Number.isFinite(value))) {
      throw unfit(`its row ${at} holds what is not a number`);
    }
    if (remembered.size === rowsRemembered) remembered.clear();
    remembered.set(at, read);
    return read;
  };

  return {
    dimensions,
    mean(ids) {
      const sum = new Float64Array(dimensions);
      for (const id of ids) {
        const vector = row(mapping === null ? id : (mapping[id] ?? 0));
        const weight = weights === null ? 1 : (weights[id] ?? 1);
        for (let at = 0; at < dimensions; at += 1) {
          sum[at] = (sum[at] ?? 0) + weight * (vector[at] ?? 0);
        }
      }
      return toUnit(sum);
    },
    sample() {
      const sampled = Array.from({ length: 64 }, (_, at) => Math.floor((at * rows) / 64));
      return Float32Array.from([
        rows,
        ...sampled.flatMap((at) => [...embeddings.read(at * dimensions, dimensions)]),
        ...(mapping ?? []).slice(0, 1000),
        ...(weights ?? []).slice(0, 1000),
      ]);
    },
  };
}

function ofTokens(tensor: Tensor | null, name: string, tokens: number): Float32Array | null {
  if (tensor === null) return null;
  const [length = 0] = tensor.shape;
  if (tensor.shape.length !== 1 || length < tokens) {
    throw unfit(`its «${name}» is not of the tokenizer’s ${tokens} tokens`);
  }
  return tensor.read(0, length);
}

function toUnit(sum: Float64Array): Float32Array {
  const norm = Math.sqrt(sum.reduce((total, value) => total + value * value, 0));
  const unit = new Float32Array(sum.length);
  if (norm > 0 && Number.isFinite(norm)) {
    for (const [at, value] of sum.entries()) unit[at] = value / norm;
  } else {
    unit[0] = 1;
  }
  return unit;
}

function unfit(what: string): EmbedError {
  return new EmbedError(`embeddings: model.safetensors cannot be used: ${what}`, {
    retryable: false,
  });
}
