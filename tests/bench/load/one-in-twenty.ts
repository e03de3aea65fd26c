import type { FakeTelegram, TelegramFault } from '../../../bot/demo/fake-telegram/fake-telegram.ts';

export interface PlayedFaults {
  readonly count: number;
}

/**
 * From now on, of every twenty calls of each method one fails, each time in another way, the first at
 * once for a method that is called rarely.
 */
export function failOneInTwenty(telegram: Pick<FakeTelegram, 'failWhen'>): PlayedFaults {
  const counts = new Map<string, number>();
  let played = 0;
  telegram.failWhen(({ method }) => {
    const count = (counts.get(method) ?? 0) + 1;
    counts.set(method, count);
    if (count % 20 !== 7) return null;
    const fault = FAULTS[played % FAULTS.length] ?? null;
    played += 1;
    return fault;
  });
  return {
    get count() {
      return played;
    },
  };
}

/** Whether a refusal was played, or is Telegram's own. */
export function isPlayed(description: string | null): boolean {
  return FAULTS.some((fault) =>
    fault.type === 'refusal' ? fault.description === description : fault.type === description,
  );
}

const FAULTS: readonly TelegramFault[] = [
  { type: 'refusal', code: 500, description: 'Internal Server Error: played' },
  {
    type: 'refusal',
    code: 429,
    description: 'Too Many Requests: retry after 1 (played)',
    retryAfter: 1,
  },
  { type: 'hang-up' },
  { type: 'malformed' },
  { type: 'lost-answer' },
];
