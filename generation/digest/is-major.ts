import type { Release } from '../../retrieval/releases/release.ts';
import { factOf, factsOf, type FactTable } from './fact.ts';

/**
 * Whether a release is a major one, which may have a longer post: many people took notice of it, or it
 * has at least two of these by its own pages: 100 billion parameters, a paper, four scores beside other
 * systems', 10 trillion tokens of training.
 */
export function isMajor(release: Release, table: Pick<FactTable, 'facts'>): boolean {
  const most = (measure: keyof typeof NOTICED): number =>
    Math.max(0, ...release.appearances.map(({ popularity }) => popularity[measure] ?? 0));
  // A repository keeps its stars from one version to the next: they tell nothing of this one.
  const measures =
    release.kind === 'repository'
      ? ([] as const)
      : (['likes', 'upvotes', 'stars', 'downloads'] as const);
  if (measures.some((measure) => most(measure) >= NOTICED[measure])) return true;
  const { facts } = table;
  const compared = new Set(
    factsOf(facts, 'score').flatMap(({ score }) => (score.isOwn ? [] : [score.benchmark])),
  );
  const signs = [
    (factOf(facts, 'parameters')?.amount.value ?? 0) >= 100e9,
    release.links.paper !== null,
    compared.size >= 4,
    (factOf(facts, 'training-tokens')?.amount.value ?? 0) >= 10e12,
  ];
  return signs.filter(Boolean).length >= 2;
}

const NOTICED = { likes: 500, upvotes: 100, stars: 3000, downloads: 100_000 };
