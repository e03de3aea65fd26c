/** How a number is meant: nearly so much, more than that, less than that. */
export type Bound = 'about' | 'above' | 'below';

/** The bound that the words before a number give it, or null where it is meant exactly. */
export function readBound(before: string): Bound | null {
  const near = before.slice(-28);
  return bounds.find(([, pattern]) => pattern.test(near))?.[0] ?? null;
}

/**
 * Whether the source's number carries the claim's, each with its bound. `close` where the claim is
 * more exact than its source.
 */
export function compareBounded(
  claim: { value: number; bound: Bound | null },
  found: { value: number; bound: Bound | null },
): 'same' | 'close' | 'different' {
  const distance = Math.abs(claim.value - found.value);
  const size = Math.abs(found.value);
  if (distance <= size * 1e-9) {
    const isTurned =
      (claim.bound === 'above' && found.bound === 'below') ||
      (claim.bound === 'below' && found.bound === 'above');
    return isTurned ? 'different' : 'same';
  }
  const isAbove = found.value > claim.value;
  if (found.bound === null) {
    if (claim.bound === 'about') return distance <= size * 0.05 ? 'same' : 'different';
    // «Более 5 млн» is said of 5,2, hardly of 50.
    if (claim.bound === 'above') return isAbove && distance <= size * 0.25 ? 'same' : 'different';
    if (claim.bound === 'below') return !isAbove && distance <= size * 0.25 ? 'same' : 'different';
    return 'different';
  }
  return distance <= size * 0.05 ? 'close' : 'different';
}

const end = '\\s*[$€£¥₽]?\\s*$';
const bounds: [Bound, RegExp][] = [
  [
    'below',
    new RegExp(
      `(?<!\\p{L})(?:не (?:более|больше|свыше)(?: чем)?|менее(?: чем)?|меньше(?: чем)?|почти|less than|fewer than|no more than|not more than|up to|at most|under|below|nearly|almost)${end}`,
      'iu',
    ),
  ],
  [
    'above',
    new RegExp(
      `(?<!\\p{L})(?:не (?:менее|меньше)(?: чем)?|свыше|более(?: чем)?|больше(?: чем)?|over|(?:no|not) (?:less|fewer) than|more than|at least|above|exceeding)${end}`,
      'iu',
    ),
  ],
  [
    'about',
    new RegExp(
      `(?:(?<!\\p{L})(?:около|примерно|приблизительно|порядка|about|around|approximately|roughly|circa)|[~≈])${end}`,
      'iu',
    ),
  ],
];
