import type { Schemas } from '@qdrant/js-client-rest';

import { SERVED } from './points.ts';

export type Filter = Schemas['Filter'];
export type Condition = Schemas['Condition'];

/** What each program that writes has made live and not settled yet, by its session. */
export type Sessions = ReadonlyMap<string, Session>;

export interface Session {
  /** Labels: what is born with one is seen, what is gone with one is not. */
  live: readonly string[];
  /** How often the session has published anything: the same labels twice are no standstill. */
  writes: number;
  /** When it last wrote, in milliseconds since 1970. */
  at: number;
}

export function liveLabels(sessions: Sessions): string[] {
  return [...sessions.values()].flatMap(({ live }) => live);
}

/** What a query may see of the collection at that moment. */
export function visible(sessions: Sessions, ...must: readonly Condition[]): Filter {
  const live = liveLabels(sessions);
  return {
    must: [oneOf('born', [SERVED, ...live]), ...must],
    ...(live.length === 0 ? {} : { must_not: [oneOf('gone', live)] }),
  };
}

export function is(key: string, value: string | number | boolean): Condition {
  return { key, match: { value } };
}

export function oneOf(key: string, any: readonly string[] | readonly number[]): Condition {
  return { key, match: { any: [...any] as string[] | number[] } };
}
