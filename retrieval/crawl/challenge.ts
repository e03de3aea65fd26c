import { isBrowserWall } from '../extract/browser-wall.ts';
import { decodeText } from './charset.ts';
import { mediaType } from './content-type.ts';
import type { HttpResponse } from './exchange.ts';
import { readBody } from './read-body.ts';

export interface ChallengeOptions {
  /** What the page of a refusal may take: the refusal itself is known already. */
  patienceMs?: number;
}

/**
 * Whether a server that refuses would give the page to a browser: it asks for a sign of a human, or
 * for scripts to be run. Reads or destroys the body.
 */
export async function isChallenge(
  response: HttpResponse,
  { patienceMs = 1000 }: ChallengeOptions = {},
): Promise<boolean> {
  const { status, headers, body } = response;
  if (CHALLENGE_HEADERS.some(([name, value]) => value.test(headers.get(name) ?? ''))) {
    body.destroy();
    return true;
  }
  const header = headers.get('content-type') ?? null;
  const type = mediaType(header ?? undefined);
  if (!CHALLENGING.has(status) || (type !== null && !/html/u.test(type))) {
    body.destroy();
    return false;
  }
  const patience = setTimeout(() => body.destroy(new Error('too long')), patienceMs);
  try {
    const bytes = await readBody(response, { maxBytes: CHALLENGE_BYTES, whenOver: 'cut' });
    return isChallengePage(decodeText(bytes, header));
  } catch {
    return false;
  } finally {
    clearTimeout(patience);
  }
}

/** What gateways say of a challenge, in so many words: see the documentation of Cloudflare and AWS WAF. */
const CHALLENGE_HEADERS: readonly (readonly [string, RegExp])[] = [
  ['cf-mitigated', /^challenge$/iu],
  ['x-amzn-waf-action', /^(?:challenge|captcha)$/iu],
];

/** Statuses that challenges come with. Who is not signed in (401) gets no further with a browser. */
const CHALLENGING: ReadonlySet<number> = new Set([403, 405, 429, 503]);

const CHALLENGE_BYTES = 256 * 1024;

/** Exported for tests: what the page of a refusal shows, and whether it could do anything about it. */
export function isChallengePage(html: string): boolean {
  const { text, isActive, hasScripts } = look(html);
  if (!isActive) return false;
  if (hasScripts && !/[\p{L}\p{N}]/u.test(text)) return true;
  const title = /<title[^>]{0,200}>([^<]{0,300})/iu.exec(html)?.[1] ?? '';
  // A page that only denies is no question.
  return isBrowserWall({ title: /denied/iu.test(title) ? '' : plain(title), text: plain(text) });
}

/** Goes forward only, since it runs where chats wait: parsing is for pages that are read. */
function look(html: string): { text: string; isActive: boolean; hasScripts: boolean } {
  const lower = html.toLowerCase();
  let text = '';
  let isActive = false;
  let hasScripts = false;
  for (let at = 0; at < html.length;) {
    const open = indexOrEnd(html, '<', at);
    text += html.slice(at, open);
    const name = /^<([a-z][a-z0-9]*)/u.exec(lower.slice(open, open + 20))?.[1] ?? '';
    hasScripts ||= name === 'script';
    isActive ||= name === 'script' || name === 'form' || name === 'iframe';
    if (lower.startsWith('<!--', open)) at = indexOrEnd(html, '-->', open) + 3;
    else if (HIDDEN.has(name)) at = indexOrEnd(lower, `</${name}`, open) + 1;
    else at = indexOrEnd(html, '>', open) + 1;
    // What was skipped to is the rest of an end tag.
    if (HIDDEN.has(name)) at = indexOrEnd(html, '>', at) + 1;
    text += ' ';
  }
  return { text, isActive, hasScripts };
}

const HIDDEN: ReadonlySet<string> = new Set(['script', 'style', 'template', 'svg', 'title']);

function indexOrEnd(text: string, wanted: string, from: number): number {
  const index = text.indexOf(wanted, from);
  return index === -1 ? text.length : index;
}

function plain(text: string): string {
  return text
    .replaceAll(/&(?:nbsp|#160);/gu, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/gu, ' ')
    .trim();
}
