import type { Passage } from '../retrieval/passage.ts';

/** A passage that was cited, under its source's number. */
export interface NumberedPassage {
  /** The source's number, from 1. */
  source: number;
  passage: Passage;
}

/** A marker in the answer: `answer.slice(start, end)` is `[source]`. */
export interface PlacedCitation {
  source: number;
  /** The source's passages that the model named here, in order. */
  passages: Passage[];
  start: number;
  end: number;
}

/** Gives pages their numbers as they appear in the answer. */
export interface SourceNumbering {
  /** The passage and its source's number, or null when no passage has this number. */
  cite(passageNumber: number): NumberedPassage | null;
  /** By source number less one: its passages that were cited so far, in order of appearance. */
  readonly sources: readonly (readonly Passage[])[];
}

/** Passages are numbered from 1 in the order given; sources, one a page, from 1 as they are cited. */
export function createSourceNumbering(passages: readonly Passage[]): SourceNumbering {
  const numbers = new Map<string, number>();
  const sources: Passage[][] = [];
  return {
    sources,
    cite(passageNumber) {
      const passage = passages[passageNumber - 1];
      if (passage === undefined) return null;
      const source = numbers.get(passage.pageUrl) ?? numbers.size + 1;
      numbers.set(passage.pageUrl, source);
      const cited = (sources[source - 1] ??= []);
      if (!cited.includes(passage)) cited.push(passage);
      return { source, passage };
    },
  };
}
