import { characterGrams } from '../../../retrieval/text/grams.ts';
import { stems } from '../../../retrieval/text/terms.ts';

/** The plain measures that a verifier has to beat: the share of a claim's pieces that its source has. */
export const overlapMeasures: Record<string, (claim: string, source: string) => number> = {
  characterGrams: containmentOf((text) => characterGrams(text)),
  stems: containmentOf(stems),
  stemmedBigrams: containmentOf(stemmedBigrams),
};

/** How abstractive a claim is: below 0.5, most of its word pairs are its own. */
export function bigramContainment(claim: string, source: string): number {
  return containmentOf(stemmedBigrams)(claim, source);
}

function containmentOf(pieces: (text: string) => string[]) {
  return (claim: string, source: string): number => {
    const claimed = pieces(claim);
    const known = new Set(pieces(source));
    return claimed.filter((piece) => known.has(piece)).length / Math.max(1, claimed.length);
  };
}

function stemmedBigrams(text: string): string[] {
  const words = stems(text);
  return words.slice(1).map((word, at) => `${words[at] ?? ''} ${word}`);
}
