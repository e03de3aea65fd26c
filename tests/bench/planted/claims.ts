import { sequence } from '../sequence.ts';
import { plantChange, type ChangeKind } from './change.ts';
import type { SourcePassage } from './passages.ts';
import { isSubstring, rewordFaithfully } from './rewording.ts';

export type PlantedKind = 'unchanged' | 'citation' | ChangeKind;

export interface PlantedClaim {
  kind: PlantedKind;
  claim: string;
  /** The passage that it was made from. */
  source: SourcePassage;
  /** What it cites: its source, unless it is the citation that is wrong. */
  cited: SourcePassage;
}

const changeKinds: PlantedKind[] = ['figure', 'date', 'name', 'negation', 'citation'];

/** Claims from one file's passages, at most one of a kind from each; the same ones on every run. */
export function makeClaims(
  passages: readonly SourcePassage[],
  { unchanged, changed }: { unchanged: number; changed: number },
): PlantedClaim[] {
  const random = sequence(20_241_226);
  const order = passages
    .map((_, at) => ({ at, rank: random() }))
    .toSorted((one, other) => one.rank - other.rank);
  const made: PlantedClaim[] = [];
  const isFull = (kind: PlantedKind): boolean =>
    made.filter((claim) => claim.kind === kind).length >=
    (kind === 'unchanged' ? unchanged : changed);
  for (const kind of ['unchanged', ...changeKinds] as PlantedKind[]) {
    for (const { at } of order) {
      if (isFull(kind)) break;
      const claim = makeClaim(kind, passages, at, random);
      if (claim !== null) made.push(claim);
    }
  }
  return made;
}

const tries = 6;

function makeClaim(
  kind: PlantedKind,
  passages: readonly SourcePassage[],
  at: number,
  random: () => number,
): PlantedClaim | null {
  const source = passages[at];
  // Neighbours in the file are of one article where it has articles.
  const other = passages[at + 1] ?? passages[at - 1];
  if (source === undefined || other === undefined) return null;
  // Cuttings of one page may overlap, and then the other one is no wrong citation.
  const isApart = other.sentences.every((sentence) => !source.sentences.includes(sentence));
  if (kind === 'citation' && !isApart) return null;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const faithful = rewordFaithfully(source, random);
    if (faithful === null) continue;
    if (kind === 'unchanged') return { kind, claim: faithful, source, cited: source };
    if (kind === 'citation') return { kind, claim: faithful, source, cited: other };
    const claim = plantChange(faithful, kind, source, random);
    if (claim !== null && !isSubstring(claim, source.text)) {
      return { kind, claim, source, cited: source };
    }
  }
  return null;
}
