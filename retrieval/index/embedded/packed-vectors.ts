import { DamagedFileError } from './failure.ts';
import type { SparseVector } from '../../text/sparse-vector.ts';

/**
 * The sparse vectors of one page's passages in the form that is stored and scanned: all token ids
 * in a row, and for each a one-byte number of a weight in its passage's own list of weights.
 * BM25 gives a passage only a handful of distinct weights, so one byte loses nothing.
 */
export interface PackedVectors {
  /** How many tokens each passage has. */
  tokenCounts: Uint32Array;
  /** How many distinct weights each passage has, at most 256. */
  weightCounts: Uint32Array;
  /** Ascending within a passage. */
  tokens: Uint32Array;
  weights: Float32Array;
  /** For each token, which of its passage's weights it has. */
  codes: Uint8Array;
}

/**
 * A passage with more than 256 distinct weights gets 256 evenly spaced ones: each of its weights
 * moves by at most 1/510 of their range, and their order stays.
 */
export function packVectors(vectors: readonly SparseVector[]): Uint8Array<ArrayBuffer> {
  const coded = vectors.map((vector) => codeWeights(vector.values));
  const tokenTotal = vectors.reduce((total, vector) => total + vector.indices.length, 0);
  const weightTotal = coded.reduce((total, { weights }) => total + weights.length, 0);
  const layout = layOut(vectors.length, tokenTotal, weightTotal);
  const packed = viewsOf(new ArrayBuffer(layout.end), layout);
  new Uint32Array(packed.tokens.buffer, 0, 3).set([vectors.length, tokenTotal, weightTotal]);
  let tokenStart = 0;
  let weightStart = 0;
  for (const [passage, vector] of vectors.entries()) {
    const { weights, codes } = coded[passage] as CodedWeights;
    packed.tokenCounts[passage] = vector.indices.length;
    packed.weightCounts[passage] = weights.length;
    packed.tokens.set(vector.indices, tokenStart);
    packed.codes.set(codes, tokenStart);
    packed.weights.set(weights, weightStart);
    tokenStart += vector.indices.length;
    weightStart += weights.length;
  }
  return new Uint8Array(packed.tokens.buffer);
}

/** @throws {DamagedFileError} when the bytes are not what packVectors wrote. */
export function unpackVectors(bytes: Uint8Array): PackedVectors {
  // Typed arrays of 4-byte numbers must start at a multiple of 4: a view may not, a copy does.
  const buffer = bytes.byteOffset % 4 === 0 ? bytes.buffer : bytes.slice().buffer;
  const start = buffer === bytes.buffer ? bytes.byteOffset : 0;
  if (bytes.byteLength < HEADER_BYTES) throw new DamagedFileError(BROKEN);
  const [passages, tokens, weights] = new Uint32Array(buffer, start, 3);
  const layout = layOut(passages ?? 0, tokens ?? 0, weights ?? 0);
  if (layout.end !== bytes.byteLength) throw new DamagedFileError(BROKEN);
  return viewsOf(buffer, layout, start);
}

/** One vector a passage, as they were packed. */
export function unpackSparse(packed: PackedVectors): SparseVector[] {
  let token = 0;
  let weight = 0;
  return Array.from(packed.tokenCounts, (tokens, passage) => {
    const indices = packed.tokens.slice(token, token + tokens);
    const codes = packed.codes.subarray(token, token + tokens);
    const own = packed.weights.subarray(weight, weight + (packed.weightCounts[passage] ?? 0));
    token += tokens;
    weight += own.length;
    return { indices, values: Float32Array.from(codes, (code) => own[code] ?? 0) };
  });
}

interface CodedWeights {
  weights: Float32Array;
  codes: Uint8Array;
}

const HEADER_BYTES = 12;
const BROKEN = 'the index file holds vectors that cannot be read';

interface Layout {
  passages: number;
  tokenTotal: number;
  weightTotal: number;
  end: number;
}

function layOut(passages: number, tokenTotal: number, weightTotal: number): Layout {
  const end = HEADER_BYTES + passages * 8 + tokenTotal * 4 + weightTotal * 4 + tokenTotal;
  return { passages, tokenTotal, weightTotal, end };
}

/** In this machine's byte order: all that Node runs on is little-endian. */
function viewsOf<Buffer extends ArrayBufferLike>(buffer: Buffer, layout: Layout, start = 0) {
  const { passages, tokenTotal, weightTotal } = layout;
  const counts = start + HEADER_BYTES;
  const tokens = counts + passages * 8;
  const weights = tokens + tokenTotal * 4;
  return {
    tokenCounts: new Uint32Array(buffer, counts, passages),
    weightCounts: new Uint32Array(buffer, counts + passages * 4, passages),
    tokens: new Uint32Array(buffer, tokens, tokenTotal),
    weights: new Float32Array(buffer, weights, weightTotal),
    codes: new Uint8Array(buffer, weights + weightTotal * 4, tokenTotal),
  };
}

function codeWeights(values: Float32Array): CodedWeights {
  const codes = new Uint8Array(values.length);
  const weights = new Float32Array(256);
  let distinct = 0;
  for (let position = 0; position < values.length; position += 1) {
    const value = values[position] as number;
    // There are few: looking through them is quicker than a map, which would box each number.
    let code = 0;
    while (code < distinct && weights[code] !== value) code += 1;
    if (code === distinct) {
      if (distinct === weights.length) return roundWeights(values);
      weights[distinct] = value;
      distinct += 1;
    }
    codes[position] = code;
  }
  return { weights: weights.slice(0, distinct), codes };
}

function roundWeights(values: Float32Array): CodedWeights {
  let lowest = Infinity;
  let highest = -Infinity;
  for (const value of values) {
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  }
  const step = (highest - lowest) / 255;
  return {
    weights: Float32Array.from({ length: 256 }, (_, code) => lowest + code * step),
    codes: Uint8Array.from(values, (value) => Math.round((value - lowest) / step)),
  };
}
