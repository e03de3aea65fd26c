/**
 * Postings of one arm in one segment, sorted by token: token i stands in the passages of
 * `entries[starts[i]] … entries[starts[i + 1] - 1]`. An entry is `passage << 8 | code`, where the
 * code picks one of the passage's weights.
 */
export interface Postings {
  /** Distinct, ascending. */
  tokens: Uint32Array;
  /** One longer than `tokens`. */
  starts: Uint32Array;
  entries: Uint32Array;
}

/**
 * Builds postings by radix sort, whose passes run over memory in order: several times faster than
 * counting through a hash table of tokens, where nearly every step misses the cache. Both arrays
 * are used up. The sort is stable, so passages stay ascending within a token.
 *
 * @param keys - the token of each entry, in any order
 */
export function buildPostings(keys: Uint32Array, entries: Uint32Array): Postings {
  const { sortedKeys, sortedEntries } = sortByKey(keys, entries);
  let distinct = 0;
  for (let i = 0; i < sortedKeys.length; i += 1) {
    if (i === 0 || sortedKeys[i] !== sortedKeys[i - 1]) distinct += 1;
  }
  const tokens = new Uint32Array(distinct);
  const starts = new Uint32Array(distinct + 1);
  let token = 0;
  for (let i = 0; i < sortedKeys.length; i += 1) {
    if (i > 0 && sortedKeys[i] === sortedKeys[i - 1]) continue;
    tokens[token] = sortedKeys[i] as number;
    starts[token] = i;
    token += 1;
  }
  starts[distinct] = sortedKeys.length;
  return { tokens, starts, entries: sortedEntries };
}

/** Where the token stands in `postings.tokens`, or -1. */
export function findToken(postings: Postings, token: number): number {
  const { tokens } = postings;
  let low = 0;
  let high = tokens.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = tokens[middle] as number;
    if (found === token) return middle;
    if (found < token) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

const RADIX_BITS = 11;
const BUCKETS = 2 ** RADIX_BITS;
const MASK = BUCKETS - 1;

function sortByKey(keys: Uint32Array, entries: Uint32Array) {
  // Token ids have 32 bits: three passes of 11.
  let fromKeys = keys;
  let fromEntries = entries;
  let toKeys: Uint32Array = new Uint32Array(keys.length);
  let toEntries: Uint32Array = new Uint32Array(keys.length);
  for (let shift = 0; shift < 32; shift += RADIX_BITS) {
    const next = new Uint32Array(BUCKETS);
    for (let i = 0; i < fromKeys.length; i += 1) {
      const bucket = ((fromKeys[i] as number) >>> shift) & MASK;
      next[bucket] = (next[bucket] as number) + 1;
    }
    let start = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
      const count = next[bucket] as number;
      next[bucket] = start;
      start += count;
    }
    for (let i = 0; i < fromKeys.length; i += 1) {
      const key = fromKeys[i] as number;
      const bucket = (key >>> shift) & MASK;
      const place = next[bucket] as number;
      next[bucket] = place + 1;
      toKeys[place] = key;
      toEntries[place] = fromEntries[i] as number;
    }
    [fromKeys, toKeys] = [toKeys, fromKeys];
    [fromEntries, toEntries] = [toEntries, fromEntries];
  }
  return { sortedKeys: fromKeys, sortedEntries: fromEntries };
}
