/** What a response says of how long it may be kept. */
export interface CacheControl {
  /** It may not be kept by a program that serves more than one person. */
  noStore: boolean;
  /** Milliseconds from now in which nobody needs to ask again; 0 for none, null when nothing is said. */
  freshMs: number | null;
}

/**
 * Cache-Control, Expires and Age by RFC 9111. `max-age` goes before `s-maxage`, which is meant for
 * caches that the site itself can empty.
 */
export function readCacheControl(headers: ReadonlyMap<string, string>, now: number): CacheControl {
  const directives = parseDirectives(headers.get('cache-control') ?? '');
  const noStore = directives.has('no-store') || directives.has('private');
  const isAlwaysAsked =
    directives.has('no-cache') ||
    headers.get('vary')?.trim() === '*' ||
    (directives.size === 0 && /\bno-cache\b/iu.test(headers.get('pragma') ?? ''));
  if (isAlwaysAsked) return { noStore, freshMs: 0 };
  const seconds =
    deltaSeconds(directives.get('max-age')) ?? deltaSeconds(directives.get('s-maxage'));
  const lifetimeMs = seconds === null ? expiresMs(headers, now) : seconds * 1000;
  if (lifetimeMs === null) return { noStore, freshMs: null };
  const ageMs = (deltaSeconds(headers.get('age')) ?? 0) * 1000;
  return { noStore, freshMs: Math.max(0, lifetimeMs - ageMs) };
}

/** Names in lower case; of one that is said twice the first counts. */
function parseDirectives(header: string): ReadonlyMap<string, string> {
  const directives = new Map<string, string>();
  for (const [, name = '', quoted, bare] of header.matchAll(DIRECTIVE)) {
    const key = name.toLowerCase();
    if (!directives.has(key)) directives.set(key, quoted ?? bare ?? '');
  }
  return directives;
}

const DIRECTIVE = /([\w-]+)(?:\s*=\s*(?:"([^"]*)"|([^\s,;"]+)))?/gu;

function deltaSeconds(value: string | undefined): number | null {
  return value !== undefined && /^\d+$/u.test(value.trim()) ? Number(value) : null;
}

/** A date that cannot be read means that it is over (RFC 9111, 5.3): servers send `0` and `-1`. */
function expiresMs(headers: ReadonlyMap<string, string>, now: number): number | null {
  const expires = headers.get('expires');
  if (expires === undefined) return null;
  const date = Date.parse(headers.get('date') ?? '');
  const lifetimeMs = Date.parse(expires) - (Number.isNaN(date) ? now : date);
  return lifetimeMs > 0 ? lifetimeMs : 0;
}
