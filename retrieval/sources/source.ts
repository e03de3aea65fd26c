/** Where a source's pages come from. */
export type SourceKind = 'page' | 'sitemap' | 'site' | 'feed' | 'github' | 'telegram';

export const SOURCE_KINDS: readonly SourceKind[] = [
  'page',
  'sitemap',
  'site',
  'feed',
  'github',
  'telegram',
];

/** Pages that an admin wants known at all times. */
export interface Source {
  /** Short and readable, for commands: `docs.example-2`. */
  id: string;
  kind: SourceKind;
  /** As it was given: of the page, the sitemap, the site's beginning, the feed, the repository, the channel. */
  address: string;
  addedAt: string;
  limits: SourceLimits;
  /** How often it is read anew. */
  everyHours: number;
  paused: boolean;
  /** Ranks a little above others. */
  preferred: boolean;
}

export interface SourceLimits {
  pages: number;
  /** Links followed from its beginning; only a site is followed. */
  depth: number;
}

/** How a source's reading ended, or that it goes on. */
export type RunOutcome = 'running' | 'done' | 'failed' | 'cancelled';

/** The latest reading of a source. */
export interface SourceRun {
  startedAt: string;
  endedAt: string | null;
  outcome: RunOutcome;
  /** One plain sentence when it failed, or on what was left out. */
  error: string | null;
  counts: RunCounts;
}

export interface RunCounts {
  /** Addresses known so far. */
  found: number;
  changed: number;
  unchanged: number;
  failed: number;
  /** Pages that the source had and that are gone. */
  removed: number;
}

export const NO_COUNTS: RunCounts = { found: 0, changed: 0, unchanged: 0, failed: 0, removed: 0 };

/** A source cannot be added or read. The message is one plain English sentence. */
export class SourceError extends Error {
  override name = 'SourceError';
  readonly reason: SourceFault;

  constructor(reason: SourceFault, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.reason = reason;
  }
}

/** What is said to an admin differs by these. */
export type SourceFault =
  | 'not-an-address'
  | 'not-public'
  | 'already-there'
  | 'unknown'
  | 'unreachable'
  | 'forbidden'
  | 'broken'
  | 'busy';
