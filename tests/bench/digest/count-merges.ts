import type { Release } from '../../../retrieval/releases/release.ts';

export interface MergeCounts {
  items: number;
  /** Of the items that were taken. */
  labels: Set<string>;
  /** Items in a release that is mostly another's. */
  wronglyMerged: number;
  /** Items that are not where most of their release is. */
  wronglySplit: number;
  /** Some of both, a line each. */
  examples: string[];
}

/** Compares releases as they were merged with what they are. */
export function countMerges(
  releases: readonly Release[],
  labels: ReadonlyMap<string, string>,
): MergeCounts {
  const counts: MergeCounts = {
    items: 0,
    labels: new Set(),
    wronglyMerged: 0,
    wronglySplit: 0,
    examples: [],
  };
  const homes = new Map<string, { release: Release; size: number }>();
  for (const release of releases) {
    const groups = Map.groupBy(release.appearances, ({ id }) => labels.get(id) ?? `unknown ${id}`);
    for (const [label, { length }] of groups) {
      counts.items += length;
      counts.labels.add(label);
      const home = homes.get(label);
      if (home === undefined || home.size < length) homes.set(label, { release, size: length });
    }
    const largest = Math.max(...[...groups.values()].map(({ length }) => length));
    counts.wronglyMerged += release.appearances.length - largest;
    if (groups.size > 1) {
      const parts = [...groups].map(
        ([label, of]) =>
          `${label}: ${of
            .map(({ id, title }) => `${id} «${title}»`)
            .slice(0, 2)
            .join(', ')}`,
      );
      counts.examples.push(`merged ${parts.join(' + ')}`);
    }
  }
  for (const release of releases) {
    for (const { id, title } of release.appearances) {
      const label = labels.get(id) ?? `unknown ${id}`;
      const home = homes.get(label);
      if (home === undefined || home.release === release) continue;
      counts.wronglySplit += 1;
      counts.examples.push(
        `split ${label}: ${id} «${title}» from ${home.release.title} (${home.release.appearances
          .map(({ id: other }) => other)
          .slice(0, 4)
          .join(', ')})`,
      );
    }
  }
  return counts;
}
