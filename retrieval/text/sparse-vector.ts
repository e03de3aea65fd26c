/** Token ids (32-bit hashes, ascending, distinct) with one weight each. */
export interface SparseVector {
  indices: Uint32Array;
  values: Float32Array;
}

export interface Bm25Options {
  /** Tokens in a text of usual length: fixed, so that a vector does not depend on its neighbours. */
  averageLength: number;
  /** Of this text, where not all of its tokens are words of it. */
  length?: number;
  k1?: number;
  b?: number;
}

/**
 * The part of BM25 that a document knows by itself: saturated term frequency, normalised by length.
 * The index multiplies by IDF. Robertson & Zaragoza, "The Probabilistic Relevance Framework", 2009.
 */
export function documentVector(
  tokens: readonly string[],
  { averageLength, length = tokens.length, k1 = 1.2, b = 0.75 }: Bm25Options,
): SparseVector {
  const norm = k1 * (1 - b + (b * length) / averageLength);
  return toVector(countTokens(tokens), (count) => (count * (k1 + 1)) / (count + norm));
}

/** A query's side: each distinct token weighs 1. */
export function queryVector(tokens: readonly string[]): SparseVector {
  return toVector(countTokens(tokens), () => 1);
}

/** A query's side, each token with its own weight, above 0. */
export function weightedQueryVector(weights: ReadonlyMap<string, number>): SparseVector {
  const byId = new Map([...weights].map(([token, weight]) => [tokenId(token), weight]));
  return toVector(byId, (weight) => weight);
}

function countTokens(tokens: readonly string[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const token of tokens) {
    const id = tokenId(token);
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

function toVector(counts: Map<number, number>, weight: (count: number) => number): SparseVector {
  const indices = Uint32Array.from(counts.keys()).sort();
  return { indices, values: Float32Array.from(indices, (id) => weight(counts.get(id) ?? 0)) };
}

/** MurmurHash3 x86 32-bit with seed 0 over the token's UTF-8 bytes, as Qdrant's own BM25 hashes. */
export function tokenId(token: string): number {
  const bytes = encoder.encode(token);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const blocks = bytes.length >>> 2;
  let hash = 0;
  for (let block = 0; block < blocks; block += 1) {
    hash ^= mixBlock(view.getUint32(block * 4, true));
    hash = (hash << 13) | (hash >>> 19);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  }
  let tail = 0;
  for (let at = bytes.length - 1; at >= blocks * 4; at -= 1) tail = (tail << 8) | (bytes[at] ?? 0);
  if ((bytes.length & 3) !== 0) hash ^= mixBlock(tail);
  hash ^= bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

const encoder = new TextEncoder();

function mixBlock(block: number): number {
  const mixed = Math.imul(block, 0xcc9e2d51);
  return Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
}
