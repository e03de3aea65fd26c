/** A row with how much its source is said to carry; positive is what is not attributable. */
export interface Scored {
  isPositive: boolean;
  /** 0 to 1, low for what is not attributable. */
  support: number;
}

export interface ClassificationFigures {
  rows: number;
  precision: number;
  recall: number;
  f1: number;
  macroF1: number;
  auroc: number;
  threshold: number;
}

/** Rows below the threshold are called positive. */
export function classify(scored: readonly Scored[], threshold: number): ClassificationFigures {
  const count = (isPositive: boolean, isCalled: boolean): number =>
    scored.filter((row) => row.isPositive === isPositive && row.support < threshold === isCalled)
      .length;
  const hits = count(true, true);
  const wrong = count(false, true);
  const missed = count(true, false);
  const f1 = harmonic(hits, wrong, missed);
  return {
    rows: scored.length,
    precision: hits / Math.max(1, hits + wrong),
    recall: hits / Math.max(1, hits + missed),
    f1,
    macroF1: (f1 + harmonic(count(false, false), missed, wrong)) / 2,
    auroc: areaUnderCurve(scored),
    threshold,
  };
}

/** The threshold with the best F1 of the positive class, halfway between two neighbouring scores. */
export function bestThreshold(scored: readonly Scored[]): number {
  const scores = [...new Set(scored.map(({ support }) => support))].toSorted((a, b) => a - b);
  const between = scores.map((score, at) => (score + (scores[at + 1] ?? score + 1e-6)) / 2);
  let best = { threshold: 0.5, f1: -1 };
  for (const threshold of between) {
    const { f1 } = classify(scored, threshold);
    if (f1 > best.f1) best = { threshold, f1 };
  }
  return best.threshold;
}

function harmonic(hits: number, wrong: number, missed: number): number {
  return (2 * hits) / Math.max(1, 2 * hits + wrong + missed);
}

/** The chance that a positive row scores below a negative one; ties count half. */
function areaUnderCurve(scored: readonly Scored[]): number {
  const positives = scored.filter(({ isPositive }) => isPositive);
  const negatives = scored.filter(({ isPositive }) => !isPositive);
  let ordered = 0;
  for (const positive of positives) {
    for (const negative of negatives) {
      if (positive.support < negative.support) ordered += 1;
      else if (positive.support === negative.support) ordered += 0.5;
    }
  }
  return ordered / Math.max(1, positives.length * negatives.length);
}
