import { attributionOf } from '../../citations/claims/attribution.ts';
import { measureOverlap, readOverlapText } from '../../citations/claims/overlap.ts';
import {
  bestThreshold,
  classify,
  type ClassificationFigures,
  type Scored,
} from './verification/classification.ts';
import { bigramContainment, overlapMeasures } from './verification/overlap.ts';
import { readVerificationRows, type VerificationRow } from './verification/rows.ts';

interface VerificationFigures extends ClassificationFigures {
  /** Rows whose claim shares fewer than half of its stemmed word pairs with its source. */
  abstractive: ClassificationFigures;
  /** Without the rows on which thresholds and coefficients are fitted. */
  unseen: ClassificationFigures;
}

const abstractiveBelow = 0.5;

/** How well claims are told that their source does not carry, without a model, beside plain overlap. */
export async function runVerificationBench({
  dataFolder,
}: {
  dataFolder: string;
}): Promise<VerificationFigures & { peers: Record<string, VerificationFigures> }> {
  const rows = readVerificationRows(dataFolder);
  const peers = Object.entries(overlapMeasures).map(([name, measure]) => [
    name,
    measureRows(rows, ({ claim, source }) => measure(claim, source)),
  ]);
  const own = measureRows(rows, ({ claim, source }) =>
    attributionOf(measureOverlap(claim, readOverlapText(source))),
  );
  return { ...own, peers: Object.fromEntries(peers) };
}

function measureRows(
  rows: readonly VerificationRow[],
  support: (row: VerificationRow) => number,
): VerificationFigures {
  const scored = rows.map((row) => ({
    ...row,
    isPositive: !row.isAttributable,
    support: support(row),
  }));
  const threshold = bestThreshold(scored.filter(({ isForFitting }) => isForFitting));
  const figures = (pick: (row: Scored & VerificationRow) => boolean): ClassificationFigures =>
    classify(scored.filter(pick), threshold);
  return {
    ...figures(() => true),
    abstractive: figures(
      ({ claim, source }) => bigramContainment(claim, source) < abstractiveBelow,
    ),
    unseen: figures(({ isForFitting }) => !isForFitting),
  };
}
