import type { Schemas } from '@qdrant/js-client-rest';

import { Refusal } from './refusal.ts';

interface FilteredPoint {
  id: string;
  payload: Record<string, unknown>;
}

export function passes(point: FilteredPoint, filter: Schemas['Filter']): boolean {
  const should = conditions(filter.should);
  return (
    conditions(filter.must).every((condition) => holds(point, condition)) &&
    !conditions(filter.must_not).some((condition) => holds(point, condition)) &&
    (should.length === 0 || should.some((condition) => holds(point, condition)))
  );
}

function conditions(part: Schemas['Filter']['must']): Schemas['Condition'][] {
  if (part === undefined || part === null) return [];
  return (Array.isArray(part) ? part : [part]) as Schemas['Condition'][];
}

function holds(point: FilteredPoint, condition: Schemas['Condition']): boolean {
  if ('is_empty' in condition && typeof condition.is_empty === 'object') {
    const { key } = condition.is_empty as Schemas['PayloadField'];
    return (point.payload[key] ?? null) === null;
  }
  if ('has_id' in condition) return condition.has_id.includes(point.id);
  if (!('key' in condition)) return passes(point, condition as Schemas['Filter']);
  const { key, match, range } = condition;
  const value = point.payload[key];
  const values: unknown[] = Array.isArray(value) ? value : [value];
  if (match !== undefined && match !== null) return values.some((each) => matches(each, match));
  if (range !== undefined && range !== null) return values.some((each) => lies(each, range));
  throw new Refusal(400, 'the stand-in does not know this condition');
}

function matches(value: unknown, match: object): boolean {
  if ('value' in match) return value === match.value;
  if ('any' in match && Array.isArray(match.any)) return match.any.includes(value);
  throw new Refusal(400, 'the stand-in does not know this match');
}

/** Numbers, or times as RFC 3339. */
function lies(value: unknown, range: object): boolean {
  if (value === undefined || value === null) return false;
  const at = toNumber(value);
  const { lt, lte, gt, gte } = range as Partial<Record<'lt' | 'lte' | 'gt' | 'gte', unknown>>;
  return (
    (lt === undefined || at < toNumber(lt)) &&
    (lte === undefined || at <= toNumber(lte)) &&
    (gt === undefined || at > toNumber(gt)) &&
    (gte === undefined || at >= toNumber(gte))
  );
}

function toNumber(value: unknown): number {
  return typeof value === 'number' ? value : Date.parse(String(value));
}
