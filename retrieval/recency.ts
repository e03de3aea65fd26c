import type { Passage } from './passage.ts';

/** What a question wants of dates: the newest there is, or what was published in a year. */
export type RecencyWish = { kind: 'newest' } | { kind: 'year'; year: number };

/** Null for a question that does not ask for it. */
export function recencyWish(question: string, now: Date): RecencyWish | null {
  if (newest.test(question)) return { kind: 'newest' };
  const years = [...question.matchAll(yearOf)];
  const [year] = years.map(([, digits]) => Number(digits)).sort((one, other) => other - one);
  if (year === undefined || year > now.getUTCFullYear() + 1) return null;
  return { kind: 'year', year };
}

/**
 * 0 to 1: how well a passage's date serves the wish. One without a date serves none; a date in the
 * future is a mistake of the page. Relevance decays with age as in Li & Croft, "Time-Based Language
 * Models", 2003.
 */
export function recency({ publishedAt }: Passage, wish: RecencyWish, now: Date): number {
  const published = publishedAt === null ? NaN : Date.parse(publishedAt);
  const ageDays = (now.getTime() - published) / dayMs;
  if (!(ageDays > -futureDays)) return 0;
  if (wish.kind === 'newest') return 2 ** (-Math.max(0, ageDays) / halfLifeDays);
  const late = new Date(published).getUTCFullYear() - wish.year;
  // What happened in December is told in January.
  return late === 0 ? 1 : late === 1 ? 0.5 : 0;
}

const dayMs = 24 * 60 * 60 * 1000;
const halfLifeDays = 180;
// The date of a page in a time zone ahead of ours is tomorrow's.
const futureDays = 2;

// «2025», «2025г.», «в 2025-м», "2024–2025", and no «GPT-2024», 1999,5 or 2024-05-01.
const yearOf =
  /(?<![\p{L}\p{N}.,-])(?:(?:19|20)\d\d[–-])?((?:19|20)\d\d)(?=г(?:од\p{L}{0,3})?(?!\p{L})|-(?:го|м|му|й|ом|х)(?!\p{L})|(?![\p{L}\p{N}]|[.,–-]\d))/gu;

const newest =
  /(?<!\p{L})(?:последн(?:ий|яя|ее|ие|его|ей|их|ему|им|ем|юю|ими)|свеж\p{L}{2,5}|новейш\p{L}{2,3}|недавн\p{L}{1,3}|актуальн\p{L}{2,3}|нынешн\p{L}{2,3}|сейчас|сегодня|на данный момент|в этом (?:году|месяце)|на этой неделе|что нового|новост(?:ь|и|ей|ям|ями|ях)|(?:any )?news (?:about|on|of|from)|latest|newest|most recent|recent(?:ly)?|current(?:ly)?|up[- ]to[- ]date|now|today|nowadays|these days|this (?:year|month|week)|what(?:'|’)?s new)(?!\p{L})/iu;
