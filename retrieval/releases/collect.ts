import type { ServiceAddresses } from './addresses.ts';
import { mergeAppearances } from './merge.ts';
import type { Appearance, Release } from './release.ts';
import { ReleaseSourceError } from './release-source.ts';
import type { Conditions, FailureReason, ReleaseSource, Validators } from './release-source.ts';
import type { ReleaseStore, SourceState } from './release-store.ts';

export interface CollectRoundOptions {
  sources: readonly ReleaseSource[];
  store: ReleaseStore;
  signal: AbortSignal;
  now?: () => number;
  /** For each source, all of its pages and pauses. */
  deadlineMs?: number;
  /** How far back a source is read that was never read before. */
  windowMs?: number;
  /** How far before its last reading a source is read again: some things are dated back. */
  overlapMs?: number;
  /** What is older is not taken in at all. */
  oldestMs?: number;
  /** False: what a source has when it is read first is news too. */
  isFirstRunSilent?: boolean;
  addresses?: ServiceAddresses;
}

export interface SourceReport {
  name: string;
  /** Appearances that came, known ones too. */
  found: number;
  /** Null: it was read to its end. */
  failed: { reason: FailureReason; sentence: string; retryAt: Date | null } | null;
  /** What was left out, one sentence each. */
  notes: string[];
  /** It was read for the first time, so that what it has is learned and not published. */
  isFirst: boolean;
}

export interface RoundReport {
  at: Date;
  sources: SourceReport[];
  /** Releases that are new or changed in more than their popularity. */
  changed: Release[];
  /** Ids that became part of others. */
  absorbed: string[];
}

/**
 * Reads all sources at once, puts what came where it belongs, and stores it. A source that fails is
 * told and harms no other.
 * @throws the signal's reason when it is aborted; nothing is stored then
 */
export async function collectReleases({
  sources,
  store,
  signal,
  now = Date.now,
  deadlineMs = 180_000,
  windowMs = 3 * DAY_MS,
  overlapMs = 3 * DAY_MS,
  oldestMs = 60 * DAY_MS,
  isFirstRunSilent = true,
  addresses,
}: CollectRoundOptions): Promise<RoundReport> {
  signal.throwIfAborted();
  const startedAt = now();
  const at = new Date(startedAt);
  const states = new Map(store.sources().map((state) => [state.name, state]));
  const read = await Promise.all(
    sources.map(async (source) => {
      const state = states.get(source.name) ?? null;
      const isFirst = (state?.succeededAt ?? null) === null;
      const resting = restingReport(source, state, startedAt);
      if (resting !== null) return { report: resting, appearances: [], validators: null };
      const since = new Date(sinceWhen(state, startedAt, { windowMs, overlapMs, oldestMs }));
      return readSource(source, {
        since,
        store,
        signal,
        deadlineMs,
        isFirst,
      });
    }),
  );
  signal.throwIfAborted();

  const seen = read.flatMap(({ report, appearances }) => {
    const recent = appearances.filter(({ publishedAt }) => {
      return publishedAt === null || startedAt - publishedAt.getTime() <= oldestMs;
    });
    return report.isFirst && isFirstRunSilent
      ? recent.map((appearance): Appearance => ({ ...appearance, isLearned: true }))
      : recent;
  });
  const known = store.load({
    changedSince: new Date(startedAt - oldestMs),
    holding: seen.flatMap(({ id, aliases = [] }) => [id, ...aliases]),
  });
  const options = addresses === undefined ? { now: at } : { now: at, addresses };
  const { changed, absorbed } = mergeAppearances(known, seen, options);
  store.record({
    changed,
    absorbed,
    // One that rests was not tried.
    sources: read.flatMap(({ report, validators }) =>
      validators === null
        ? []
        : [{ name: report.name, found: report.found, failed: report.failed, validators }],
    ),
    at,
  });
  return {
    at,
    sources: read.map(({ report }) => report),
    changed: changed.filter(({ changedAt }) => changedAt.getTime() === startedAt),
    absorbed,
  };
}

interface ReadSource {
  report: SourceReport;
  appearances: Appearance[];
  /** Null: it was not asked. */
  validators: ReadonlyMap<string, Validators> | null;
}

async function readSource(
  source: ReleaseSource,
  {
    since,
    store,
    signal,
    deadlineMs,
    isFirst,
  }: {
    since: Date;
    store: ReleaseStore;
    signal: AbortSignal;
    deadlineMs: number;
    isFirst: boolean;
  },
): Promise<ReadSource> {
  const { name } = source;
  const appearances: Appearance[] = [];
  const notes: string[] = [];
  const validators = new Map<string, Validators>();
  const conditions: Conditions = {
    // Never read to its end: nothing may be left out as unchanged.
    find: (url) => (isFirst ? null : store.validators(url)),
    remember(url, given) {
      validators.set(url, given);
    },
  };
  const onNote = (sentence: string): void => {
    if (notes.length < MOST_NOTES) notes.push(sentence);
  };
  const ending = new AbortController();
  const both = AbortSignal.any([signal, ending.signal]);
  // A source that does not heed its signal must not hold up the others.
  const { promise: cut, reject } = Promise.withResolvers<never>();
  both.addEventListener('abort', () => {
    reject(both.reason);
  });
  const timer = setTimeout(() => {
    ending.abort(
      new ReleaseSourceError(`${name}: not read to its end within ${deadlineMs} ms`, {
        reason: 'timeout',
      }),
    );
  }, deadlineMs);
  let failed: SourceReport['failed'] = null;
  try {
    const reading = (async () => {
      for await (const appearance of source.collect({ since, signal: both, conditions, onNote })) {
        if (both.aborted) return;
        appearances.push(appearance);
      }
    })();
    await Promise.race([reading, cut]);
  } catch (error) {
    signal.throwIfAborted();
    failed = failureOf(name, error);
  } finally {
    clearTimeout(timer);
    // Nothing may be added by what still runs.
    ending.abort();
  }
  return {
    report: { name, found: appearances.length, failed, notes, isFirst },
    appearances,
    validators: failed === null ? validators : new Map(),
  };
}

function failureOf(name: string, error: unknown): SourceReport['failed'] {
  if (error instanceof ReleaseSourceError) {
    return { reason: error.reason, sentence: error.message, retryAt: error.retryAt };
  }
  return { reason: 'unknown', sentence: `${name}: could not be read`, retryAt: null };
}

/** A source that asked to be left alone for longer than a round. */
function restingReport(
  { name }: ReleaseSource,
  state: SourceState | null,
  now: number,
): SourceReport | null {
  const failed = state?.failed ?? null;
  const restMs = (failed?.retryAt?.getTime() ?? 0) - now;
  // No service asks for more than a day: then it was a clock that was wrong.
  if (failed === null || restMs <= 0 || restMs > DAY_MS) return null;
  return { name, found: 0, failed, notes: [], isFirst: false };
}

function sinceWhen(
  state: SourceState | null,
  now: number,
  { windowMs, overlapMs, oldestMs }: { windowMs: number; overlapMs: number; oldestMs: number },
): number {
  const last = state?.succeededAt?.getTime();
  if (last === undefined) return now - windowMs;
  // A clock that was set back makes the last reading one of the future.
  return Math.max(now - oldestMs, Math.min(last, now) - overlapMs);
}

const MOST_NOTES = 20;
const DAY_MS = 86_400_000;
