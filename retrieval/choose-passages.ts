import { mentions, namedThings, type NamedThing } from './named-things.ts';
import type { Passage, RankedPassage } from './passage.ts';
import { recency, recencyWish } from './recency.ts';

export interface ChooseOptions {
  question: string;
  limit: number;
  now: Date;
  /** The most passages of one page. */
  perPage?: number;
  /** The most pages of one site, unless it is the only one, or too little else was found. */
  pagesPerSite?: number;
  /** Pages that do not count: those that the question links. */
  askedPages?: ReadonlySet<string>;
  /** What an operator prefers stands a little higher. */
  isPreferred?: (passage: Passage) => boolean;
}

/**
 * The passages that are handed on, best first: many sites rather than one, newer ones first where
 * the question asks for them, and of everything that the question names, as far as any was found.
 */
export function choosePassages(
  ranked: readonly RankedPassage[],
  {
    question,
    limit,
    now,
    perPage = 3,
    pagesPerSite = 2,
    askedPages = new Set(),
    isPreferred = () => false,
  }: ChooseOptions,
): RankedPassage[] {
  const wish = recencyWish(question, now);
  const weighed = ranked.map((passage) => {
    const fresh = wish === null ? 0 : recency(passage, wish, now);
    const gain = (1 + freshGain * fresh) * (isPreferred(passage) ? preferredGain : 1);
    return { ...passage, score: passage.score * gain };
  });
  // Else the order stays as it came, which is not always by score. Equal scores stay as they came, too.
  const isWeighed = weighed.some(({ score }, at) => score !== ranked[at]?.score);
  if (isWeighed) weighed.sort((one, other) => other.score - one.score);
  const spread = spreadOverSites(weighed, { perPage, pagesPerSite, askedPages });
  return coverThings(spread, namedThings(question)).slice(0, limit);
}

/** At most half as much again: what is new and off the point stays below what answers. */
const freshGain = 0.5;
const preferredGain = 1.1;
/** With fewer passages than this, pages that are too many of their site are better than none. */
const enough = 12;
/** Whatever reads the list reads at least so many. */
const surelyRead = 8;

function spreadOverSites(
  ranked: readonly RankedPassage[],
  {
    perPage,
    pagesPerSite,
    askedPages,
  }: { perPage: number; pagesPerSite: number; askedPages: ReadonlySet<string> },
): RankedPassage[] {
  const isAlone = new Set(ranked.map(siteOf)).size === 1;
  const perSite = isAlone ? Infinity : pagesPerSite;
  const ofPage = new Map<string, number>();
  const ofSite = new Map<string, Set<string>>();
  const kept: RankedPassage[] = [];
  const crowded: RankedPassage[] = [];
  for (const passage of ranked) {
    const { pageUrl } = passage;
    const before = ofPage.get(pageUrl) ?? 0;
    if (before === perPage) continue;
    ofPage.set(pageUrl, before + 1);
    const pages = ofSite.getOrInsertComputed(siteOf(passage), () => new Set());
    if (askedPages.has(pageUrl)) {
      kept.push(passage);
    } else if (pages.has(pageUrl) || pages.size < perSite) {
      pages.add(pageUrl);
      kept.push(passage);
    } else {
      crowded.push(passage);
    }
  }
  return [...kept, ...crowded.slice(0, Math.max(0, enough - kept.length))];
}

/** Moves up the best passage on each named thing that the beginning of the list does not speak of. */
function coverThings(
  ranked: readonly RankedPassage[],
  things: readonly NamedThing[],
): RankedPassage[] {
  if (things.length < 2 || ranked.length <= 1) return [...ranked];
  let list = [...ranked];
  let end = Math.min(surelyRead, list.length);
  for (const thing of things) {
    const said = new Set(list.slice(0, surelyRead).map((passage) => mentions(passage, thing)));
    if (said.has('about')) continue;
    const later = list.slice(surelyRead);
    const better =
      later.find((passage) => mentions(passage, thing) === 'about') ??
      (said.has('mentioned')
        ? undefined
        : later.find((passage) => mentions(passage, thing) === 'mentioned'));
    if (better === undefined) continue;
    end -= 1;
    const rest = list.filter((passage) => passage !== better);
    list = [...rest.slice(0, end), better, ...rest.slice(end)];
  }
  return list;
}

function siteOf({ pageUrl }: Passage): string {
  // A file that somebody sent stands on no site.
  const host = URL.parse(pageUrl)?.host ?? '';
  return host === '' ? pageUrl : host.replace(/^www\./u, '');
}
