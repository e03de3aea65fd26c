import { z } from 'zod';

import { ReleaseSourceError } from './release-source.ts';

/** @throws {ReleaseSourceError} `unreadable` */
export function readJson(name: string, body: string): unknown {
  try {
    const parsed: unknown = JSON.parse(body);
    return parsed;
  } catch (cause) {
    throw new ReleaseSourceError(`${name}: the answer is not valid JSON`, {
      reason: 'unreadable',
      cause,
    });
  }
}

/**
 * Those items of a list that are what they should be; one that is not never loses the others.
 * @throws {ReleaseSourceError} `unreadable` when it is no list, or nothing of it can be used
 */
export function readItems<Item extends z.ZodType>(
  list: unknown,
  item: Item,
  { name, onNote }: { name: string; onNote: (sentence: string) => void },
): z.output<Item>[] {
  if (!Array.isArray(list)) {
    throw new ReleaseSourceError(`${name}: the answer is no list`, { reason: 'unreadable' });
  }
  const parsed = list.map((raw) => item.safeParse(raw));
  const read = parsed.flatMap(({ success, data }) => (success ? [data] : []));
  const broken = list.length - read.length;
  if (list.length > 0 && read.length === 0) {
    throw new ReleaseSourceError(`${name}: none of its ${list.length} items can be read`, {
      reason: 'unreadable',
    });
  }
  if (broken > 0) onNote(`${name}: ${broken} of ${list.length} items cannot be read`);
  return read;
}

/** Text, or '' for anything else. */
export const looseText = z.string().catch('');

/** A count, or null for anything else. */
export const looseCount = z.number().finite().min(0).transform(Math.floor).nullable().catch(null);

/** Those of a list that are text. */
export const looseTexts = z
  .array(z.unknown())
  .transform((list) => list.filter((one) => typeof one === 'string'))
  .catch([]);

/** Before the first service, or later than a day ahead: no date of a release. */
export function dateOf(written: unknown, now: number): Date | null {
  const time = typeof written === 'string' ? Date.parse(written) : Number.NaN;
  if (Number.isNaN(time) || time < EARLIEST || time > now + DAY_MS) return null;
  return new Date(time);
}

/** On one line, not longer than what is of use. */
export function clean(text: string, maxCharacters = 4000): string {
  return text
    .slice(0, maxCharacters * 2)
    .replace(/[\s\u200b\u00ad]+/gu, ' ')
    .trim()
    .slice(0, maxCharacters);
}

const DAY_MS = 86_400_000;
const EARLIEST = Date.parse('1991-08-01T00:00:00Z');
