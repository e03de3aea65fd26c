import type { OtherPage, RankedPassage } from '../passage.ts';
import { nameDifferentThings, tellingWords } from './telling-words.ts';
import { stems } from './terms.ts';

/**
 * Makes one passage of those that different pages have word for word, or nearly so: syndicated news,
 * mirrors. The one that says most stays, at the better place, and names the other pages. Passages
 * that differ in a figure, a name or a negation are never merged, nor are those whose titles speak of
 * different things. Order and scores are kept else. Takes time in proportion to what they share.
 */
export function mergeNearDuplicates(passages: readonly RankedPassage[]): RankedPassage[] {
  const kept: Reading[] = [];
  const withShingle = new Map<string, number[]>();
  for (const passage of passages) {
    const reading = readPassage(passage);
    const at = findTwin(reading, kept, withShingle);
    const twin = at === undefined ? undefined : kept[at];
    if (at === undefined || twin === undefined) {
      for (const shingle of reading.shingles) {
        const holders = withShingle.get(shingle);
        if (holders === undefined) withShingle.set(shingle, [kept.length]);
        else holders.push(kept.length);
      }
      kept.push(reading);
    } else {
      kept[at] = merge(twin, reading, kept);
    }
  }
  return kept.map(({ passage }) => passage);
}

interface Reading {
  passage: RankedPassage;
  /** Three stems each, in a row. */
  shingles: ReadonlySet<string>;
  words: number;
  telling: string[];
}

function readPassage(passage: RankedPassage): Reading {
  const words = stems(passage.text);
  const shingles = new Set<string>();
  for (let at = 0; at < words.length && (at === 0 || at + 3 <= words.length); at += 1) {
    shingles.add(words.slice(at, at + 3).join(' '));
  }
  return { passage, shingles, words: words.length, telling: tellingWords(passage.text) };
}

function findTwin(
  reading: Reading,
  kept: readonly Reading[],
  withShingle: ReadonlyMap<string, readonly number[]>,
): number | undefined {
  const shared = new Map<number, number>();
  for (const shingle of reading.shingles) {
    for (const at of withShingle.get(shingle) ?? []) shared.set(at, (shared.get(at) ?? 0) + 1);
  }
  const [twin] = [...shared]
    .filter(([at, common]) => {
      const other = kept[at];
      return other !== undefined && saysTheSame(reading, other, common);
    })
    .sort(([one, ofOne], [other, ofOther]) => ofOther - ofOne || one - other)
    .map(([at]) => at);
  return twin;
}

function saysTheSame(one: Reading, other: Reading, common: number): boolean {
  if (one.passage.pageUrl === other.passage.pageUrl) return false;
  const [small, large] = bySize(one, other);
  const jaccard = common / (one.shingles.size + other.shingles.size - common);
  const isAlike = jaccard >= fromJaccard;
  const isHeld = small.words >= fewestHeldWords && common / small.shingles.size >= fromContainment;
  if (!isAlike && !isHeld) return false;
  if (!holds(large.telling, small.telling)) return false;
  // A few words mean what their title says: «Цена — 500 рублей» stands under many.
  if (small.words < fewestOwnWords && !haveLikeTitles(one.passage, other.passage)) return false;
  const known = [one.passage.text, one.passage.site, other.passage.site].join('\n');
  return !nameDifferentThings(titlesOf(one.passage), titlesOf(other.passage), known);
}

// Chosen so that one changed word of a passage of usual length does not part it from its copy, and
// half a passage in common does not join two.
const fromJaccard = 0.75;
const fromContainment = 0.9;
const fewestHeldWords = 40;
const fewestOwnWords = 30;

/** By what they tell, then by length: the first is held by the second, if either is. */
function bySize(one: Reading, other: Reading): [small: Reading, large: Reading] {
  const difference = one.telling.length - other.telling.length || one.words - other.words;
  return difference <= 0 ? [one, other] : [other, one];
}

/** Whether the list has all of the part in one row: a figure between others is not left out. */
function holds(list: readonly string[], part: readonly string[]): boolean {
  for (let from = 0; from + part.length <= list.length; from += 1) {
    if (part.every((word, at) => list[from + at] === word)) return true;
  }
  return false;
}

function haveLikeTitles(one: RankedPassage, other: RankedPassage): boolean {
  const [ofOne, ofOther] = [stemsOfTitles(one), stemsOfTitles(other)];
  const common = [...ofOne].filter((stem) => ofOther.has(stem)).length;
  return common >= 0.6 * (ofOne.size + ofOther.size - common);
}

function stemsOfTitles(passage: RankedPassage): Set<string> {
  return new Set(stems(titlesOf(passage).join('\n')));
}

function titlesOf({ title, heading }: RankedPassage): string[] {
  return heading === null ? [title] : [title, heading];
}

/** At the place of the first; of two that tell the same, the page that is quoted already stays. */
function merge(first: Reading, second: Reading, kept: readonly Reading[]): Reading {
  const isQuoted = (reading: Reading): boolean =>
    kept.some((other) => other !== first && other.passage.pageUrl === reading.passage.pageUrl);
  const [small, large] = bySize(first, second);
  const tellsMore = large.telling.length > small.telling.length ? large : null;
  const stays = tellsMore ?? (isQuoted(second) && !isQuoted(first) ? second : first);
  const goes = stays === first ? second : first;
  const others = [...(first.passage.alsoAt ?? []), toOtherPage(goes.passage)];
  const alsoAt = [...new Map(others.map((page) => [page.pageUrl, page])).values()].filter(
    ({ pageUrl }) => pageUrl !== stays.passage.pageUrl,
  );
  const { score } = first.passage;
  // What is looked up by shingles is the first one's place: its shingles stay with it.
  return { ...stays, shingles: first.shingles, passage: { ...stays.passage, score, alsoAt } };
}

function toOtherPage({ pageUrl, title, site, publishedAt }: RankedPassage): OtherPage {
  return { pageUrl, title, site, publishedAt };
}
