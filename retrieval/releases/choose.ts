import { publisherOf } from './model-name.ts';
import type { Appearance, Popularity, Release } from './release.ts';
import type { PopularityPoint } from './release-store.ts';
import { matchTopics } from './topics.ts';

/** Why a release is put before readers; whoever shows it finds the words. */
export type ChoiceReason =
  | { kind: 'topic'; topic: string }
  /** A word of DIGEST_INCLUDE. */
  | { kind: 'include'; word: string }
  | { kind: 'popular'; measure: keyof Popularity; value: number }
  | { kind: 'growing'; measure: keyof Popularity; from: number; to: number; hours: number }
  /** A post of a feed or a channel that is read. */
  | { kind: 'post'; publisher: string | null }
  /** A new version of a repository that is watched. */
  | { kind: 'watched'; repository: string }
  | { kind: 'places'; count: number };

export interface ChosenRelease {
  release: Release;
  /** 1 and more is what is worth a post. */
  score: number;
  /** What counts most first. */
  reasons: ChoiceReason[];
}

export interface ChooseOptions {
  now: Date;
  topics?: readonly string[];
  include?: readonly string[];
  exclude?: readonly string[];
  /** How many may still be chosen today. */
  atMost: number;
  /** By the release's id or one that became part of it: published, skipped, or in the queue. */
  isTaken: (id: string) => boolean;
  /** What an appearance had at that time. */
  popularityAt: (appearanceId: string, at: Date) => PopularityPoint | null;
  /** What is older is no news. */
  windowMs?: number;
  /** Growth is told over so long. */
  growthMs?: number;
  smallestScore?: number;
}

export interface Choice {
  chosen: ChosenRelease[];
  /** Worth a post, and not chosen since enough are: they stay for the next time. */
  waiting: ChosenRelease[];
  /** Topics and include words that no release of the window matches; none where there was no release. */
  unmatched: string[];
}

/**
 * The releases that are worth a post, the best first and of different publishers and kinds where that
 * can be. With topics, only what is of one of them or has a word of `include`.
 */
export function chooseReleases(releases: readonly Release[], options: ChooseOptions): Choice {
  const { now, topics = [], include = [], exclude = [], windowMs = 7 * DAY_MS } = options;
  const { atMost, isTaken, smallestScore = 1 } = options;
  const unmatched = new Set([...topics, ...include]);
  const unmatchable = topics.length + include.length + exclude.length === 0;
  const candidates: ChosenRelease[] = [];
  const news = releases.filter((release) => isNews(release, now, windowMs));
  for (const release of news) {
    const matches = unmatchable ? () => false : matchTopics(release);
    const ofTopics = topics.filter(matches);
    const words = include.filter(matches);
    for (const matched of [...ofTopics, ...words]) unmatched.delete(matched);
    if ([release.id, ...(release.absorbed ?? [])].some(isTaken)) continue;
    if (exclude.some(matches)) continue;
    if (topics.length > 0 && ofTopics.length + words.length === 0) continue;
    const { score, reasons } = judge(release, options);
    const onTopic = release.kind === 'post' && ofTopics.length > 0 ? POST : 0;
    const total = score + (words.length > 0 ? INCLUDED : 0) + onTopic;
    if (total < smallestScore) continue;
    const said: ChoiceReason[] = [
      ...words.map((word) => ({ kind: 'include', word }) as const),
      ...reasons,
      ...ofTopics.map((topic) => ({ kind: 'topic', topic }) as const),
    ];
    candidates.push({ release, score: total, reasons: said });
  }
  const ordered = diversify(candidates);
  return {
    chosen: ordered.slice(0, Math.max(0, atMost)),
    waiting: ordered.slice(Math.max(0, atMost)),
    // Where nothing came, as in a first round, no word is at fault.
    unmatched: news.length === 0 ? [] : [...unmatched],
  };
}

/** Whether something of it came after its source was first read, and lately. */
export function isNews(release: Release, now: Date, windowMs: number): boolean {
  const originals = release.appearances.filter((appearance) => !isOnlyCopy(appearance));
  if (originals.length === 0) return false;
  // A post about what was there before makes no news of it.
  const things = originals.filter(({ kind }) => kind !== 'post');
  const telling = things.length > 0 ? things : originals;
  if (telling.every(({ isLearned = false }) => isLearned)) return false;
  if (release.kind === 'post' && !isOneStory(release)) return false;
  const dates = telling.flatMap(({ publishedAt }) => publishedAt?.getTime() ?? []);
  const age =
    now.getTime() - (dates.length > 0 ? Math.max(...dates) : release.firstSeenAt.getTime());
  return age <= windowMs;
}

interface Judgement {
  score: number;
  reasons: ChoiceReason[];
}

/** The strongest figure counts, half of the second, and that it appeared in many places. */
function judge(
  release: Release,
  { now, popularityAt, growthMs = DAY_MS }: ChooseOptions,
): Judgement {
  const found: { score: number; reason: ChoiceReason }[] = [];
  for (const appearance of release.appearances) {
    if (isOnlyCopy(appearance)) continue;
    const before = popularityAt(appearance.id, new Date(now.getTime() - growthMs));
    for (const measure of MEASURES) {
      const value = appearance.popularity[measure];
      if (value === null) continue;
      // Stars of a repository are of all its years.
      if (measure !== 'stars') {
        const score = value / ENOUGH[measure];
        found.push({ score: bounded(score), reason: { kind: 'popular', measure, value } });
      }
      const old = before?.popularity[measure] ?? null;
      if (before === null || old === null || value <= old) continue;
      const hours = Math.max(1, Math.round((now.getTime() - before.at.getTime()) / HOUR_MS));
      const daily = ((value - old) * 24) / Math.max(hours, 24);
      const reason = { kind: 'growing', measure, from: old, to: value, hours } as const;
      found.push({ score: bounded(daily / (ENOUGH[measure] * GROWTH_SHARE)), reason });
    }
    if (appearance.kind === 'repository') {
      const repository = appearance.id.replace(/^github:(.+)@.*$/u, '$1');
      found.push({ score: weightOfVersion(appearance), reason: { kind: 'watched', repository } });
    }
  }
  if (release.kind === 'post') found.push(judgePost(release));
  const best = found.toSorted((one, other) => other.score - one.score);
  const places = new Set(
    release.appearances
      .filter((one) => !isOnlyCopy(one))
      .map(({ service, publisher }) => `${service} ${publisher ?? ''}`),
  ).size;
  const reasons = uniqueReasons(best.filter(({ score }) => score > 0.2)).slice(0, 3);
  if (places > 2) reasons.push({ kind: 'places', count: places });
  const score = (best[0]?.score ?? 0) + Math.min(0.5, 0.15 * (places - 1));
  return { score, reasons };
}

/**
 * Who set the feed wants to know of what it tells. Models and papers come from their services too, and
 * are judged there; code and data come from nowhere else.
 */
function judgePost({ appearances, links }: Release): { score: number; reason: ChoiceReason } {
  const isData = /\/datasets\//u.test(links.huggingface ?? '');
  const isModel = links.huggingface !== null && !isData;
  const shows = !isModel && links.paper === null && (links.github !== null || isData);
  const publisher = appearances[0]?.publisher ?? null;
  return { score: shows ? 2 * POST : POST, reason: { kind: 'post', publisher } };
}

const POST = 0.5;

const MEASURES = ['likes', 'upvotes', 'downloads', 'stars'] as const;

/** What makes a release worth a post by itself, within its first days. */
const ENOUGH: Record<(typeof MEASURES)[number], number> = {
  likes: 50,
  upvotes: 20,
  downloads: 5000,
  stars: 300,
};

/** So much of it within a day tells as much. */
const GROWTH_SHARE = 0.6;

/** A word that the editor asked for is worth nearly a post. */
const INCLUDED = 0.8;

/** Beyond what is enough, ten times as much tells twice as much. */
function bounded(share: number): number {
  return share <= 1 ? share : 1 + Math.log10(share);
}

/** A repair of what was released is no news, nor is what is only tried. */
function weightOfVersion({ id, tags }: Appearance): number {
  const tag = id.slice(id.lastIndexOf('@') + 1);
  if (tags.includes('prerelease') || /(?:rc|alpha|beta|dev|nightly|pre)[-.\d]*$/iu.test(tag))
    return 0;
  return /\d\.\d+\.[1-9]\d*/u.test(tag) ? 0.4 : 1;
}

function isOnlyCopy({ kind, baseModels }: Appearance): boolean {
  return kind === 'model' && baseModels.some(({ relation }) => relation === 'quantized');
}

/** A post of many links sums up what has its own posts. */
function isOneStory({ appearances }: Release): boolean {
  return appearances.every(({ links }) => links.length <= MOST_LINKS);
}

const MOST_LINKS = 12;

function uniqueReasons(found: readonly { reason: ChoiceReason }[]): ChoiceReason[] {
  const seen = new Set<string>();
  return found.flatMap(({ reason }) => {
    const key = 'measure' in reason ? reason.measure : reason.kind;
    if (seen.has(key)) return [];
    seen.add(key);
    return [reason];
  });
}

/** Each further one of the same publisher counts for less, and of the same kind for a little less. */
function diversify(candidates: readonly ChosenRelease[]): ChosenRelease[] {
  const rest = candidates.toSorted(
    (one, other) => other.score - one.score || (one.release.id < other.release.id ? -1 : 1),
  );
  const publishers = new Map<string, number>();
  const kinds = new Map<string, number>();
  const ordered: ChosenRelease[] = [];
  while (rest.length > 0) {
    let best = 0;
    let bestValue = -Infinity;
    for (const [at, { release, score }] of rest.entries()) {
      const value =
        score *
        0.6 ** (publishers.get(publisherOfRelease(release)) ?? 0) *
        0.9 ** (kinds.get(release.kind) ?? 0);
      if (value > bestValue) [best, bestValue] = [at, value];
    }
    const [next] = rest.splice(best, 1);
    if (next === undefined) break;
    ordered.push(next);
    const publisher = publisherOfRelease(next.release);
    publishers.set(publisher, (publishers.get(publisher) ?? 0) + 1);
    kinds.set(next.release.kind, (kinds.get(next.release.kind) ?? 0) + 1);
  }
  return ordered;
}

function publisherOfRelease({ id, appearances }: Release): string {
  const named = appearances.find(({ publisher, kind }) => publisher !== null && kind !== 'post');
  return named?.publisher === null || named === undefined ? id : publisherOf(named.publisher);
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
