import robotsParserModule from 'robots-parser';

import { PageError } from '../errors.ts';
import { readCacheControl } from './cache-control.ts';
import { orAborted, startDeadline } from './deadline.ts';
import { connectionFreed, discardBody, redirectTarget } from './exchange.ts';
import type { Exchange, HttpResponse } from './exchange.ts';
import { TurnError } from './host-queue.ts';
import type { HostQueue } from './host-queue.ts';
import { cannotReachHost, toPageError } from './page-fault.ts';
import { readBody } from './read-body.ts';
import { parseWebAddress } from './web-address.ts';

export interface RobotsGate {
  /**
   * Resolves when the origin's robots.txt allows the address. Pages of one origin that ask at the same
   * time wait for one request.
   *
   * @throws {PageError} `forbidden by robots.txt`, `robots.txt could not be read`, or what keeps the
   * host itself from being reached: `no such host`.
   */
  admit(url: URL, options: { signal: AbortSignal }): Promise<void>;
}

export interface RobotsGateOptions {
  exchange: Exchange;
  queue: Pick<HostQueue, 'now' | 'pace'>;
  /** As it is sent: its product name is what rules are looked up by. */
  userAgent: string;
  allowPrivateHosts: ReadonlySet<string>;
  timeoutMs: number;
  /** Origins remembered; the one that was added first goes first. */
  maxOrigins?: number;
  /** How long a robots.txt that could not be read keeps its origin closed. */
  failureAgeMs?: number;
  now?: () => number;
}

interface Verdict {
  allows: (url: URL) => boolean;
  betweenPagesMs: number;
  /** How long it may be relied on. */
  maxAgeMs: number;
  readAt: number;
}

type Rules = Verdict | { fault: PageError };

interface Entry {
  rules: Promise<Rules>;
  expiresAt: number;
  settled: boolean;
  waiting: number;
  /** What was last read, for when it cannot be read again. */
  last: Verdict | null;
  /** Ends the request's time. */
  abandon: () => void;
}

/** robots.txt by RFC 9309, kept in memory. */
export function createRobotsGate({
  exchange,
  queue,
  userAgent,
  allowPrivateHosts,
  timeoutMs,
  maxOrigins = 1000,
  failureAgeMs = 30_000,
  now = Date.now,
}: RobotsGateOptions): RobotsGate {
  const entries = new Map<string, Entry>();
  const token = robotsToken(userAgent);

  const start = (origin: string, last: Verdict | null): Entry => {
    const deadline = startDeadline(timeoutMs);
    const { signal } = deadline;
    const endsAt = queue.now() + timeoutMs;
    const reading = readRules(origin, { exchange, allowPrivateHosts, token, signal, endsAt, now });
    const entry: Entry = {
      rules: reading.then((rules) => ('fault' in rules ? stillValid(last) : null) ?? rules),
      last,
      expiresAt: Number.POSITIVE_INFINITY,
      settled: false,
      waiting: 0,
      abandon: deadline.end,
    };
    entries.set(origin, entry);
    void settle(origin, entry);
    const oldest = entries.keys().next().value;
    if (entries.size > maxOrigins && oldest !== undefined) entries.delete(oldest);
    return entry;
  };

  const settle = async (origin: string, entry: Entry): Promise<void> => {
    const rules = await entry.rules;
    entry.abandon();
    entry.settled = true;
    const isNew = !('fault' in rules) && rules !== entry.last;
    if (isNew) entry.last = rules;
    entry.expiresAt = now() + (isNew ? rules.maxAgeMs : failureAgeMs);
    // That a host is down says nothing of its robots.txt, and it may be up again at once.
    if ('fault' in rules && !isVerdict(rules.fault)) forget(origin, entry);
  };

  /** Rules that were read before count on while their server fails, but not for longer than a day. */
  const stillValid = (last: Verdict | null): Verdict | null =>
    last !== null && now() < last.readAt + MAX_AGE_MS ? last : null;

  const forget = (origin: string, entry: Entry): void => {
    if (entries.get(origin) === entry) entries.delete(origin);
  };

  return {
    async admit(url, { signal }) {
      const known = entries.get(url.origin);
      const isOld = known !== undefined && known.expiresAt <= now();
      if (isOld) entries.delete(url.origin);
      const entry = entries.get(url.origin) ?? start(url.origin, known?.last ?? null);
      entry.waiting += 1;
      let rules: Rules;
      try {
        rules = await orAborted(entry.rules, signal);
      } finally {
        entry.waiting -= 1;
        if (entry.waiting === 0 && !entry.settled) {
          forget(url.origin, entry);
          entry.abandon();
        }
      }
      if ('fault' in rules) throw rules.fault;
      if (!rules.allows(url)) throw new PageError('forbidden by robots.txt', { retryable: false });
      queue.pace(url, rules.betweenPagesMs);
    },
  };
}

/** Faults of the host, and of a line that was too long, are told to those who wait and forgotten. */
function isVerdict(fault: PageError): boolean {
  return !(fault instanceof TurnError) && !cannotReachHost(fault);
}

/** RFC 9309 section 2.5 asks for 500 KiB at least. */
const MAX_ROBOTS_BYTES = 500 * 1024;

const MAX_REDIRECTS = 5;

interface ReadRulesOptions {
  exchange: Exchange;
  token: string;
  allowPrivateHosts: ReadonlySet<string>;
  endsAt: number;
  now: () => number;
  signal: AbortSignal;
}

/** Never rejects: a fault is a verdict that the pages waiting for it share. */
async function readRules(origin: string, options: ReadRulesOptions): Promise<Rules> {
  const { exchange, allowPrivateHosts, token, signal, endsAt, now } = options;
  const request = { accept: 'text/plain,*/*;q=0.5', kind: 'robots', endsAt, signal } as const;
  let url = new URL('/robots.txt', origin);
  try {
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
      const response = await exchange(url, request);
      const target = redirectTarget(response);
      if (target === null) {
        if (response.status >= 200 && response.status < 300) {
          const bytes = await readBody(response, { maxBytes: MAX_ROBOTS_BYTES, whenOver: 'cut' });
          await connectionFreed();
          const readAt = now();
          return { ...rulesOf(origin, bytes, token), maxAgeMs: ageOf(response, readAt), readAt };
        }
        await discardBody(response, signal);
        return response.status >= 500 ? unreadable(`HTTP ${response.status}`) : everything(now());
      }
      await discardBody(response, signal);
      url = parseWebAddress(target, { base: url, allowPrivateHosts });
    }
    return everything(now());
  } catch (error) {
    const fault = toPageError(error);
    if (fault instanceof TurnError) return { fault };
    return url.origin === origin && cannotReachHost(fault) ? { fault } : unreadable(fault);
  }
}

const DEFAULT_AGE_MS = 3_600_000;

function everything(readAt: number): Verdict {
  return { allows: () => true, betweenPagesMs: 0, maxAgeMs: DEFAULT_AGE_MS, readAt };
}

/** As long as its server says, within reason, and never beyond the day of RFC 9309 section 2.4. */
function ageOf({ headers }: HttpResponse, now: number): number {
  const { freshMs, noStore } = readCacheControl(headers, now);
  const stated = noStore ? 0 : (freshMs ?? DEFAULT_AGE_MS);
  return Math.min(Math.max(stated, MIN_AGE_MS), MAX_AGE_MS);
}

/** Else each page of a site would ask for it again. */
const MIN_AGE_MS = 5 * 60_000;
const MAX_AGE_MS = 24 * 3_600_000;

function unreadable(cause: unknown): Rules {
  return { fault: new PageError('robots.txt could not be read', { retryable: true, cause }) };
}

/** The package's types describe an ES module; what Node loads is the function itself. */
const robotsParser = robotsParserModule as unknown as typeof robotsParserModule.default;

/** The name that rules are looked up by: the product of the user agent (RFC 9309 section 2.2.1). */
function robotsToken(userAgent: string): string {
  return userAgent.match(/^[A-Za-z_-]+/u)?.[0] ?? '*';
}

function rulesOf(
  origin: string,
  bytes: Uint8Array,
  token: string,
): { allows: (url: URL) => boolean; betweenPagesMs: number } {
  const robots = robotsParser(
    `${origin}/robots.txt`,
    boundedRules(new TextDecoder().decode(bytes)),
  );
  const delaySeconds = robots.getCrawlDelay(token) ?? 0;
  return {
    allows: (url) => robots.isAllowed(url.href, token) !== false,
    betweenPagesMs: delaySeconds > 0 ? delaySeconds * 1000 : 0,
  };
}

/**
 * Matching takes time in proportion to the address times all rules with a wildcard, and the file
 * comes from anyone: rules with wildcards beyond what an honest site writes are left out, or half a
 * megabyte of them would hold the process up for seconds.
 */
function boundedRules(text: string): string {
  let wildcardCharacters = 0;
  return text
    .split(/\r\n|\r|\n/)
    .filter((line) => {
      // Other lines stand between rules and groups without ending them (RFC 9309, 2.2.4).
      if (!/^\s*(?:user-agent|allow|disallow|crawl-delay)\s*:/i.test(line)) return false;
      if (!/^\s*(?:dis)?allow\s*:.*\*/i.test(line)) return true;
      wildcardCharacters += line.length;
      return wildcardCharacters <= MAX_WILDCARD_CHARACTERS;
    })
    .join('\n');
}

const MAX_WILDCARD_CHARACTERS = 32 * 1024;
