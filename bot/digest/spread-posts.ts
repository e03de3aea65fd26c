import type { QuietHours } from './quiet-hours.ts';

/**
 * When posts go out that nobody decides on: the first at once, the others spread until the next round,
 * none in the quiet time and no two at once.
 */
export function spreadPosts(
  count: number,
  { from, until, quietHours }: { from: Date; until: Date; quietHours: QuietHours },
): Date[] {
  const room = Math.max(0, until.getTime() - from.getTime());
  const gap = Math.min(LONGEST_GAP_MS, Math.max(SHORTEST_GAP_MS, room / Math.max(1, count)));
  const times: Date[] = [];
  let at = from;
  for (let made = 0; made < count; made += 1) {
    at = quietHours.until(at) ?? at;
    times.push(at);
    at = new Date(at.getTime() + gap);
  }
  return times;
}

const SHORTEST_GAP_MS = 20 * 60_000;
const LONGEST_GAP_MS = 2 * 3_600_000;
