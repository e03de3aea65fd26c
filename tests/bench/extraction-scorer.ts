/** True and false positives and false negatives over 4-word shingles, normalised to sum 1. */
export interface ShingleCounts {
  tp: number;
  fp: number;
  fn: number;
}

/** Compares texts as multisets of 4-word shingles, as the article extraction benchmark does. */
export function compareShingles(predicted: string, truth: string): ShingleCounts {
  const predictedShingles = shingles(predicted);
  const trueShingles = shingles(truth);
  let tp = 0;
  let fp = 0;
  let fn = 0;
  for (const [shingle, count] of predictedShingles) {
    const expected = trueShingles.get(shingle) ?? 0;
    tp += Math.min(count, expected);
    fp += Math.max(0, count - expected);
  }
  for (const [shingle, count] of trueShingles) {
    fn += Math.max(0, count - (predictedShingles.get(shingle) ?? 0));
  }
  const sum = tp + fp + fn;
  return sum === 0 ? { tp: 0, fp: 0, fn: 0 } : { tp: tp / sum, fp: fp / sum, fn: fn / sum };
}

/** Whether both texts are the same sequence of words. */
export function sameWords(predicted: string, truth: string): boolean {
  const one = words(predicted);
  const other = words(truth);
  return one.length === other.length && one.every((word, position) => word === other[position]);
}

export interface ExtractionFigures {
  f1: number;
  precision: number;
  recall: number;
  accuracy: number;
}

/** Means over pages; a page with nothing predicted, or nothing true, is left out of that mean. */
export function summarise(
  pages: readonly (ShingleCounts & { exact: boolean })[],
): ExtractionFigures {
  const precision = mean(
    pages.filter(({ tp, fp }) => tp + fp > 0).map(({ tp, fp }) => tp / (tp + fp)),
  );
  const recall = mean(
    pages.filter(({ tp, fn }) => tp + fn > 0).map(({ tp, fn }) => tp / (tp + fn)),
  );
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { f1, precision, recall, accuracy: mean(pages.map(({ exact }) => (exact ? 1 : 0))) };
}

const shingleWords = 4;

function words(text: string): string[] {
  return text.match(/[\p{L}\p{N}_]+/gu) ?? [];
}

function shingles(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  const tokens = words(text);
  if (tokens.length === 0) return counts;
  const last = Math.max(0, tokens.length - shingleWords);
  for (let start = 0; start <= last; start += 1) {
    const shingle = tokens.slice(start, start + shingleWords).join(' ');
    counts.set(shingle, (counts.get(shingle) ?? 0) + 1);
  }
  return counts;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
