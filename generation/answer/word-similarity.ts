interface Word {
  word: string;
  stem: string;
}

/**
 * 0 or 0.55 to 1: whether two different stems look like one word in another shape («предполагает» and
 * «предположил», "pharmacist" and "pharmacy"), by their common beginning and by character 3-grams.
 */
export function similarity(one: Word, other: Word): number {
  const prefix = commonPrefix(one.stem, other.stem);
  const byPrefix = prefix >= 4 ? prefix / Math.max(one.stem.length, other.stem.length) : 0;
  // Words without a common beginning share few grams: «супервизор» and «визор» are not worth the time.
  const byGrams =
    one.word.length >= 4 && other.word.length >= 4 && sharesLetters(one.word, other.word)
      ? dice(one.word, other.word)
      : 0;
  return Math.max(byPrefix >= 0.55 ? byPrefix : 0, byGrams >= 0.6 ? byGrams : 0);
}

function commonPrefix(one: string, other: string): number {
  const limit = Math.min(one.length, other.length);
  let at = 0;
  while (at < limit && one[at] === other[at]) at += 1;
  return at;
}

/** A Dice coefficient of 0.6 needs lengths within a factor of 2.4. */
function sharesLetters(one: string, other: string): boolean {
  return one.length < other.length * 2.4 && other.length < one.length * 2.4;
}

function dice(one: string, other: string): number {
  const left = trigrams(one);
  const right = trigrams(other);
  let shared = 0;
  for (const gram of left) if (right.has(gram)) shared += 1;
  return (2 * shared) / (left.size + right.size);
}

function trigrams(word: string): ReadonlySet<string> {
  const known = gramCache.get(word);
  if (known !== undefined) return known;
  const framed = ` ${word} `;
  const grams = new Set<string>();
  for (let at = 0; at + 3 <= framed.length; at += 1) grams.add(framed.slice(at, at + 3));
  if (word.length > longestCached) return grams;
  if (gramCache.size >= gramCacheLimit) gramCache.clear();
  gramCache.set(word, grams);
  return grams;
}

// A question's words meet every word of its passages, and words repeat. Some 3 MB when it is full.
const gramCache = new Map<string, ReadonlySet<string>>();
const gramCacheLimit = 4_000;
const longestCached = 32;
