import type { Amount } from '../fact.ts';

/** The source of a pattern for a number with its scale, in English or Russian: two groups. */
export const NUMBER = String.raw`((?<![\p{L}\p{N}]|[\p{L}\p{N}][-.,])(?:\d{1,3}(?:[ ,\u00a0\u202f]\d{3})+(?!\d|\.\d)|\d+(?:[.,]\d+)?))`;
export const SCALE = String.raw`(?:[\s\u00a0-]?(K|M|B|T|k|тыс\.?|тысяч\p{L}*|млн|миллион\p{L}*|млрд|миллиард\p{L}*|трлн|триллион\p{L}*|thousand|million|billion|trillion)(?!\p{L}))`;

/** An amount of digits and a scale as a pattern caught them; null for what is no number. */
export function readAmount(
  digits: string | undefined,
  scale: string | undefined,
  { before = '' }: { before?: string } = {},
): Amount | null {
  if (digits === undefined) return null;
  const plain = plainDigits(digits, /\p{Script=Cyrillic}/u.test(scale ?? ''));
  const factor = scaleOf(scale ?? '');
  const value = Number(plain) * factor;
  if (!Number.isFinite(value)) return null;
  const exact = Number(value.toPrecision(12));
  return { ...normalised(plain, factor), value: exact, bound: boundOf(before) };
}

/** Whether both say the same number; 131,072 is what 128K stands for. */
export function isSameAmount(one: Amount, other: Amount): boolean {
  const [less, more] = [one.value, other.value].toSorted((a, b) => a - b);
  if (less === undefined || more === undefined) return false;
  if (more === 0) return less === 0;
  const coarse = Math.max(stepOf(one), stepOf(other));
  return more - less <= coarse / 2 + 1e-9 * more || isBinary(less, more);
}

/** Nobody groups the digits of what «млн» follows: «2,788 миллиона» has a decimal comma. */
function plainDigits(digits: string, hasDecimalComma: boolean): string {
  const compact = digits.replaceAll(/[ \u00a0\u202f]/gu, '');
  if (!hasDecimalComma && /^\d{1,3}(?:,\d{3})+$/u.test(compact) && !compact.startsWith('0')) {
    return compact.replaceAll(',', '');
  }
  return compact.replace(',', '.');
}

const SCALES: readonly [RegExp, number][] = [
  [/^(?:k|тыс|thousand)/iu, 1e3],
  [/^(?:m$|million|млн|миллион)/iu, 1e6],
  [/^(?:b$|billion|млрд|миллиард)/iu, 1e9],
  [/^(?:t$|trillion|трлн|триллион)/iu, 1e12],
];

function scaleOf(written: string): number {
  return SCALES.find(([pattern]) => pattern.test(written))?.[1] ?? 1;
}

/** 7520M is 7.52B, and 0.5B stays 0.5B: nobody writes it otherwise. */
function normalised(digits: string, scale: number): { digits: string; scale: number } {
  const value = Number(digits);
  if (scale >= 1e3 && scale < 1e12 && value >= 1000) {
    return { digits: String(Number((value / 1000).toPrecision(10))), scale: scale * 1000 };
  }
  return { digits, scale };
}

function boundOf(before: string): Amount['bound'] {
  if (
    /(?:about|around|approximately|roughly|nearly|almost|some|~|≈|около|примерно|почти|порядка)\s*$/iu.test(
      before,
    )
  ) {
    return 'about';
  }
  return /(?:more than|over|at least|above|>|больше|более|свыше|не менее)\s*$/iu.test(before)
    ? 'more'
    : null;
}

/** Half of the last digit that is written. */
function stepOf({ digits, scale }: Amount): number {
  const decimals = digits.split('.')[1]?.length ?? 0;
  return scale * 10 ** -decimals;
}

/** 128K for 131,072, 1M for 1,048,576. */
function isBinary(less: number, more: number): boolean {
  return [1.024, 1.024 ** 2].some((ratio) => Math.abs(more / less - ratio) < 1e-4);
}
