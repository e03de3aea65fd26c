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
  const tokenTotal = vectors.reduce((total, vector) => total + vector.indices.length, 0);
  const coded = codeWeights(vectors, tokenTotal);
  const layout = layOut(vectors.length, tokenTotal, coded.weights.length);
  const packed = viewsOf(new ArrayBuffer(layout.end), layout);
  new Uint32Array(packed.tokens.buffer, 0, 3).set([
    vectors.length,
    tokenTotal,
    coded.weights.length,
  ]);
  let tokenStart = 0;
  for (const [passage, vector] of vectors.entries()) {
    packed.tokenCounts[passage] = vector.indices.length;
    packed.tokens.set(vector.indices, tokenStart);
    tokenStart += vector.indices.length;
  }
  packed.weightCounts.set(coded.counts);
  packed.codes.set(coded.codes);
  packed.weights.set(coded.weights);
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
  /** How many weights each vector has. */
  counts: Uint32Array;
  weights: Float32Array;
  codes: Uint8Array;
}

/** What one byte tells apart. */
const MOST_WEIGHTS = 256;
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

/**
 * All vectors of a page at once: an array for each of them is what the garbage collector would then
 * stop the thread for, which is the one that answers.
 */
function codeWeights(vectors: readonly SparseVector[], tokenTotal: number): CodedWeights {
  const counts = new Uint32Array(vectors.length);
  const weights = new Float32Array(Math.min(tokenTotal, vectors.length * MOST_WEIGHTS));
  const codes = new Uint8Array(tokenTotal);
  let tokenStart = 0;
  let weightStart = 0;
  for (const [passage, { values }] of vectors.entries()) {
    const count = codeEach(values, { weights, weightStart, codes, tokenStart });
    counts[passage] = count;
    tokenStart += values.length;
    weightStart += count;
  }
  return { counts, weights: weights.subarray(0, weightStart), codes };
}

interface Target {
  weights: Float32Array;
  weightStart: number;
  codes: Uint8Array;
  tokenStart: number;
}

/** Gives back how many distinct weights there are. */
function codeEach(values: Float32Array, target: Target): number {
  const { weights, weightStart, codes, tokenStart } = target;
  let distinct = 0;
  for (let position = 0; position < values.length; position += 1) {
    const value = values[position] as number;
    // There are few: looking through them is quicker than a map, which would box each number.
    let code = 0;
    while (code < distinct && weights[weightStart + code] !== value) code += 1;
    if (code === distinct) {
      if (distinct === MOST_WEIGHTS) return roundWeights(values, target);
      weights[weightStart + distinct] = value;
      distinct += 1;
    }
    codes[tokenStart + position] = code;
  }
  return distinct;
}

function roundWeights(
  values: Float32Array,
  { weights, weightStart, codes, tokenStart }: Target,
): number {
  let lowest = Infinity;
  let highest = -Infinity;
  for (const value of values) {
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  }
  const step = (highest - lowest) / (MOST_WEIGHTS - 1);
  for (let code = 0; code < MOST_WEIGHTS; code += 1) {
    weights[weightStart + code] = lowest + code * step;
  }
  for (let position = 0; position < values.length; position += 1) {
    codes[tokenStart + position] = Math.round(((values[position] as number) - lowest) / step);
  }
  return MOST_WEIGHTS;
}
