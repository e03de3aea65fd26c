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

/**
 * Whether a claim gives an amount in fewer digits than its source, as people do with large numbers and
 * with other units: «13,1 млн» of 13 149 803, «1,6 км» of 1642 м, 1063 feet of 324 m. 1900 of 1937 is
 * no rounding that goes without saying.
 */
export function isRoundedFrom(
  claim: Amount & { bound: unknown },
  found: Amount & { bound: unknown },
): boolean {
  if (claim.bound !== null || found.bound !== null) return false;
  const isSameUnit = claim.unit === found.unit;
  if (!isSameUnit && (claim.unit === null || found.unit === null)) return false;
  if (
    !isSameUnit &&
    measureOf(claim.unit ?? '').dimension !== measureOf(found.unit ?? '').dimension
  )
    return false;
  return claim.values.some((value) =>
    found.values.some((against) => {
      const rounded = value * factorOf(claim);
      const exact = against * factorOf(found);
      const distance = Math.abs(rounded - exact) / Math.abs(exact);
      if (areOfTwoSystems(claim, found)) return distance <= 0.006;
      if (distance > 0.03 || (isSameUnit && Math.abs(rounded) < 1e5)) return false;
      // In the claim's own unit: 299 792 km/s have six digits. 670 is another number than 671.
      const own = exact / factorOf(claim);
      const isShorter = significantDigits(value) + 2 <= significantDigits(own);
      return isShorter && isRoundingOf(value, own);
    }),
  );
}

function areOfTwoSystems(one: Amount, other: Amount): boolean {
  const isImperial = ({ unit }: Amount): boolean => /^(?:mile|foot)(?:\/|$)/u.test(unit ?? '');
  return isImperial(one) !== isImperial(other);
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
