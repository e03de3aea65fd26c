import type { PackedVectors } from './packed-vectors.ts';
import { buildPostings } from './postings.ts';
import type { Postings } from './postings.ts';

/** The sparse vectors of a segment's passages, ready to be scanned. */
export interface SparseArm {
  postings: Postings;
  /** Where each passage's own weights start in `weights`, and one more: where the last's end. */
  weightStarts: Uint32Array;
  weights: Float32Array;
}

/** The arm of the passages of these pages, numbered in order. */
export function buildSparseArm(pages: readonly PackedVectors[]): SparseArm {
  const total = pages.reduce((sum, { tokens }) => sum + tokens.length, 0);
  const passages = pages.reduce((sum, { tokenCounts }) => sum + tokenCounts.length, 0);
  const keys = new Uint32Array(total);
  const entries = new Uint32Array(total);
  const weights = new Float32Array(pages.reduce((sum, page) => sum + page.weights.length, 0));
  const weightStarts = new Uint32Array(passages + 1);
  let at = 0;
  let passage = 0;
  for (const page of pages) {
    keys.set(page.tokens, at);
    weights.set(page.weights, weightStarts[passage]);
    let inPage = 0;
    for (let ordinal = 0; ordinal < page.tokenCounts.length; ordinal += 1) {
      const end = inPage + (page.tokenCounts[ordinal] as number);
      for (; inPage < end; inPage += 1) {
        entries[at] = (passage << 8) | (page.codes[inPage] as number);
        at += 1;
      }
      const weightStart = weightStarts[passage] as number;
      weightStarts[passage + 1] = weightStart + (page.weightCounts[ordinal] as number);
      passage += 1;
    }
  }
  return { postings: buildPostings(keys, entries), weightStarts, weights };
}

/** @param places - for each arm, the new number of each of its passages; -1 leaves it out */
export function mergeSparseArms(
  arms: readonly SparseArm[],
  places: readonly Int32Array[],
): SparseArm {
  const total = arms.reduce((sum, { postings }) => sum + postings.entries.length, 0);
  const keys = new Uint32Array(total);
  const entries = new Uint32Array(total);
  let at = 0;
  for (const [index, { postings }] of arms.entries()) {
    const moved = places[index] as Int32Array;
    for (let position = 0; position < postings.tokens.length; position += 1) {
      const token = postings.tokens[position] as number;
      const end = postings.starts[position + 1] as number;
      for (let i = postings.starts[position] as number; i < end; i += 1) {
        const entry = postings.entries[i] as number;
        const place = moved[entry >>> 8] as number;
        if (place < 0) continue;
        keys[at] = token;
        entries[at] = (place << 8) | (entry & 255);
        at += 1;
      }
    }
  }
  return {
    postings: buildPostings(keys.subarray(0, at), entries.subarray(0, at)),
    ...mergeWeights(arms, places),
  };
}

function mergeWeights(arms: readonly SparseArm[], places: readonly Int32Array[]) {
  const weights: number[] = [];
  const weightStarts: number[] = [0];
  for (const [index, arm] of arms.entries()) {
    for (const [passage, place] of (places[index] as Int32Array).entries()) {
      if (place < 0) continue;
      weights.push(
        ...arm.weights.subarray(arm.weightStarts[passage], arm.weightStarts[passage + 1]),
      );
      weightStarts.push(weights.length);
    }
  }
  return { weights: Float32Array.from(weights), weightStarts: Uint32Array.from(weightStarts) };
}
