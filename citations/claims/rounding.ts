import { measureOf } from './measures.ts';

interface Amount {
  values: readonly number[];
  unit: string | null;
}

/** Whether one of two amounts is the other, rounded to fewer digits: 37 000 and 37 234, 0,3 and 0,28. */
export function agreeWhenRounded(one: Amount, other: Amount): boolean {
  return one.values.some((value) =>
    other.values.some((against) => {
      const first = value * factorOf(one);
      const second = against * factorOf(other);
      return isRoundingOf(first, second) || isRoundingOf(second, first);
    }),
  );
}

function factorOf({ unit }: Amount): number {
  return unit === null ? 1 : measureOf(unit).factor;
}

/** Years and small counts have no digits to lose: 2 is no rounding of 2,4, nor 1980 of 1984. */
function isRoundingOf(rounded: number, exact: number): boolean {
  if (rounded === 0 || exact === 0) return rounded === exact;
  const digits = significantDigits(rounded);
  if (digits >= significantDigits(exact) || (Math.abs(exact) < 100 && Number.isInteger(exact))) {
    return false;
  }
  return Number(exact.toPrecision(digits)) === Number(rounded.toPrecision(12));
}

function significantDigits(value: number): number {
  return Number(value.toPrecision(12))
    .toExponential()
    .replace(/e.*$/u, '')
    .replace(/[^\d]/gu, '')
    .replace(/0+$/u, '').length;
}
