import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mkdtemp, rm } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';

import { createDigestWriter } from '../../generation/digest/digest-writer.ts';
import { createSourceReader } from '../../generation/digest/source-page.ts';
import { createPageFetcher } from '../../retrieval/crawl/fetch-page.ts';
import { chooseReleases } from '../../retrieval/releases/choose.ts';
import { collectReleases } from '../../retrieval/releases/collect.ts';
import { openReleaseSources } from '../../retrieval/releases/open-sources.ts';
import type { Release } from '../../retrieval/releases/release.ts';
import { openReleaseStore } from '../../retrieval/releases/release-store.ts';
import { PageError } from '../../retrieval/errors.ts';
import { checkFigures, type CheckedFigures } from './digest/check-figures.ts';
import { countMerges } from './digest/count-merges.ts';
import { makeWorld } from './digest/world.ts';
import { createTruths } from './digest/world-truths.ts';
import { startWorldProcess } from './digest/world-process.ts';
import { labelsOf } from './digest/world-services.ts';
import { round } from './statistics.ts';

export interface DigestFigures {
  /** Appearances that the services showed and the sources took. */
  items: number;
  /** As the generator made them, of those appearances. */
  releases: number;
  /** Shares of items, from 0 to 1. */
  wronglyMerged: number;
  wronglySplit: number;
  posts: number;
  /** Posts of what was posted before. */
  duplicates: number;
  /** Releases above the threshold that were never posted. */
  lost: number;
  /** Days with more posts than the cap. */
  overCap: number;
  /** Figures and dates of the posts' texts. */
  figures: number;
  /** Of those, what is not so of the release, by what its makers made it. */
  unsupportedFigures: number;
  /** Posts that break a rule of the house, by the rule. */
  brokenRules: Record<string, number>;
  outages: number;
  failedReadings: number;
  seconds: number;
  peakMb: number;
}

export interface DigestBenchOptions {
  log: (line: string) => void;
  seed?: number;
  items?: number;
  capADay?: number;
}

/** Not among the seeds that merging was tuned on, which are 1 to 3. */
const SEED = 20_260_301;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Thirty days of the services, read every six hours, with one choice a day. */
export async function runDigestBench({
  log,
  seed = SEED,
  items = 3000,
  capADay = 8,
}: DigestBenchOptions): Promise<DigestFigures> {
  // As on a small server: with room to spare, V8 lets garbage lie, which would be measured as need.
  setFlagsFromString('--max-old-space-size=160');
  setFlagsFromString('--optimize-for-size');
  const startedAt = performance.now();
  const world = makeWorld({ seed, items });
  let time = world.from;
  await using services = await startWorldProcess({ seed, items });
  const { addresses: servers } = services;
  const folder = await mkdtemp(join(tmpdir(), 'istok-digest-'));
  const store = openReleaseStore({ folder });
  const fetcher = createPageFetcher({
    userAgent: 'IstokBench',
    allowPrivateHosts: servers.pageHosts,
    minGapMs: 0,
    maxBytes: 10_000_000,
    now: () => time,
    clock: {
      now: () => time,
      after(_ms, call) {
        const timer = setTimeout(call, 0);
        return () => clearTimeout(timer);
      },
    },
  });
  const labels = labelsOf(world, servers);
  const truths = createTruths(world);
  const posts: Post[] = [];
  const checked: CheckedFigures = { figures: 0, unsupported: [] };
  const brokenRules: Record<string, number> = {};
  let failedReadings = 0;
  let outages = 0;
  let peakMb = 0;
  try {
    const { sources, addresses } = openReleaseSources({
      fetchPage: fetcher.fetchPage,
      huggingFaceBaseUrl: servers.huggingface,
      arxivBaseUrl: servers.arxiv,
      arxivQueries: ['cat:cs.CL', 'cat:cs.LG'],
      githubBaseUrl: servers.github,
      githubRepositories: [
        ...new Set(world.items.flatMap((item) => (item.kind === 'code' ? [item.repository] : []))),
      ],
      telegramBaseUrl: servers.telegram,
      telegramChannels: servers.channels,
      feeds: servers.feeds,
      // What services ask to wait for is an hour: nothing is waited for within a round.
      longestWaitMs: 0,
      wait: () => Promise.resolve(),
      now: () => time,
    });
    const readPage = createSourceReader({ fetcher });
    const origins = new Set(servers.pageHosts);
    const writer = createDigestWriter({
      async readSource(source, options) {
        if (origins.has(URL.parse(source.address)?.host ?? '')) return readPage(source, options);
        throw new PageError('not a page of this world', { retryable: false });
      },
      addresses,
      language: 'ru',
      now: () => new Date(time),
    });
    const { signal } = new AbortController();
    const taken = new Set<string>();
    for (; time <= world.to + 3 * DAY; time += 6 * HOUR) {
      outages = await services.turnTo(time);
      const report = await collectReleases({
        sources,
        store,
        signal,
        now: () => time,
        addresses,
      });
      failedReadings += report.sources.filter(({ failed }) => failed !== null).length;
      peakMb = Math.max(peakMb, process.memoryUsage.rss() / 2 ** 20);
      if ((time - world.from) % DAY !== 0) continue;
      const known = store.load({ changedSince: new Date(time - 14 * DAY) });
      const { chosen } = chooseReleases(known, {
        now: new Date(time),
        atMost: capADay,
        isTaken: (id) => taken.has(id),
        popularityAt: store.popularityAt,
      });
      for (const { release } of chosen) {
        for (const id of [release.id, ...(release.absorbed ?? [])]) taken.add(id);
        const label = labelOf(release, labels);
        posts.push({ day: (time - world.from) / DAY, label, title: release.title });
        const { post } = await writer.write(release, { signal });
        for (const { rule } of post.brokenRules) brokenRules[rule] = (brokenRules[rule] ?? 0) + 1;
        const { start = post.text.length } = post.links[0] ?? {};
        const found = checkFigures(post.text.slice(0, start), truths.of(release, label, time));
        checked.figures += found.figures;
        checked.unsupported.push(...found.unsupported);
        for (const words of found.unsupported) log(`not so of ${release.title}: ${words}`);
      }
    }
    const all = store.load({ changedSince: new Date(0) });
    const merges = countMerges(all, labels);
    for (const line of merges.examples) log(line);
    const learned = learnedLabels(all, labels);
    const posted = new Set(posts.map(({ label }) => label));
    const lost = [...world.major].filter((label) => {
      return merges.labels.has(label) && !learned.has(label) && !posted.has(label);
    });
    for (const label of lost) {
      const of = all.filter((release) => labelOf(release, labels) === label);
      log(`lost ${label}: ${of.map((release) => JSON.stringify(summaryOf(release))).join(' ')}`);
    }
    for (const line of repeated(posts)) log(line);
    return {
      items: merges.items,
      releases: merges.labels.size,
      wronglyMerged: round(merges.wronglyMerged / merges.items, 4),
      wronglySplit: round(merges.wronglySplit / merges.items, 4),
      posts: posts.length,
      duplicates: posts.length - posted.size,
      lost: lost.length,
      overCap: daysOver(posts, capADay),
      figures: checked.figures,
      unsupportedFigures: checked.unsupported.length,
      brokenRules,
      outages,
      failedReadings,
      seconds: round((performance.now() - startedAt) / 1000, 1),
      peakMb: round(peakMb, 0),
    };
  } finally {
    await fetcher.close();
    store.close();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Post {
  day: number;
  label: string;
  title: string;
}

function summaryOf({ title, firstSeenAt, appearances }: Release): object {
  return {
    title,
    firstSeenAt,
    appearances: appearances.map(({ id, publishedAt, popularity }) => ({
      id,
      publishedAt,
      likes: popularity.likes,
      upvotes: popularity.upvotes,
    })),
  };
}

function repeated(posts: readonly Post[]): string[] {
  return [...Map.groupBy(posts, ({ label }) => label)]
    .filter(([, ofLabel]) => ofLabel.length > 1)
    .map(([label, ofLabel]) => {
      const said = ofLabel.map(({ day, title }) => `day ${day} «${title}»`);
      return `twice ${label}: ${said.join(', ')}`;
    });
}

/** What most of a release's appearances are of. */
function labelOf(release: Release, labels: ReadonlyMap<string, string>): string {
  const counts = new Map<string, number>();
  for (const { id } of release.appearances) {
    const label = labels.get(id) ?? id;
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const [[label] = [release.id]] = [...counts].toSorted(([, one], [, other]) => other - one);
  return label;
}

/** What was there when its source was first read is not news, and so not lost. */
function learnedLabels(
  releases: readonly Release[],
  labels: ReadonlyMap<string, string>,
): Set<string> {
  return new Set(
    releases.flatMap(({ appearances }) =>
      appearances.flatMap(({ id, isLearned = false }) => (isLearned ? (labels.get(id) ?? []) : [])),
    ),
  );
}

function daysOver(posts: readonly Post[], cap: number): number {
  const days = Map.groupBy(posts, ({ day }) => day);
  return [...days.values()].filter((ofDay) => ofDay.length > cap).length;
}
