import type { ReleaseNode } from './release-node.ts';

/** Groups of appearances that are one release each, which grow as evidence is found. */
export interface ReleaseClusters {
  /** Without asking: they were one release before. */
  tie(one: ReleaseNode, other: ReleaseNode): void;
  /** False when together they could not be one release. */
  join(one: ReleaseNode, other: ReleaseNode): boolean;
  membersWith(node: ReleaseNode): readonly ReleaseNode[];
  areOne(one: ReleaseNode, other: ReleaseNode): boolean;
}

export function createReleaseClusters(nodes: readonly ReleaseNode[]): ReleaseClusters {
  const groups = new Map<ReleaseNode, ReleaseNode[]>(nodes.map((node) => [node, [node]]));
  const groupOf = (node: ReleaseNode): ReleaseNode[] => groups.get(node) ?? [node];
  const tie = (one: ReleaseNode, other: ReleaseNode): void => {
    const [first, second] = [groupOf(one), groupOf(other)];
    if (first === second) return;
    const [large, small] = first.length >= second.length ? [first, second] : [second, first];
    for (const node of small) {
      large.push(node);
      groups.set(node, large);
    }
  };
  return {
    tie,
    join(one, other) {
      const [first, second] = [groupOf(one), groupOf(other)];
      if (first === second) return true;
      if (!canBeOne(first, second)) return false;
      tie(one, other);
      return true;
    },
    membersWith: groupOf,
    areOne: (one, other) => groupOf(one) === groupOf(other),
  };
}

/** A release has one paper, one publisher of models, within days of each other, one code. */
function canBeOne(one: readonly ReleaseNode[], other: readonly ReleaseNode[]): boolean {
  return haveOnePaper(one, other) && haveOneModel(one, other) && haveOneRepository(one, other);
}

function haveOnePaper(one: readonly ReleaseNode[], other: readonly ReleaseNode[]): boolean {
  const [first, second] = [one, other].map((nodes) =>
    nodes.filter(({ appearance }) => appearance.kind === 'paper'),
  );
  return (first ?? []).every((paper) =>
    (second ?? []).every(
      ({ own, title }) => own === paper.own || (title !== null && title === paper.title),
    ),
  );
}

function haveOneModel(one: readonly ReleaseNode[], other: readonly ReleaseNode[]): boolean {
  const [first, second] = [one.filter(isOriginal), other.filter(isOriginal)];
  const [a, b] = [first[0], second[0]];
  if (a === undefined || b === undefined) return true;
  if (a.name?.publisher !== b.name?.publisher) return false;
  if (a.name?.words[0] !== b.name?.words[0]) return false;
  if (a.name?.family !== b.name?.family && !nameOnePaper(first, second)) return false;
  const times = [...first, ...second].flatMap(({ at }) => at ?? []);
  return Math.max(...times) - Math.min(...times) <= ONE_RELEASE_MS;
}

function isOriginal({ appearance, isCopy }: ReleaseNode): boolean {
  return appearance.kind === 'model' && !isCopy;
}

/** Models of several families are one release where their cards name the same paper as theirs. */
function nameOnePaper(one: readonly ReleaseNode[], other: readonly ReleaseNode[]): boolean {
  const [first, second] = [one, other].map(
    (models) =>
      new Set(
        models.flatMap(({ named }) => [...named].filter((thing) => thing.startsWith('arxiv:'))),
      ),
  );
  return [...(first ?? [])].some((paper) => second?.has(paper) === true);
}

function haveOneRepository(one: readonly ReleaseNode[], other: readonly ReleaseNode[]): boolean {
  const [first, second] = [releases(one), releases(other)];
  return first.length === 0 || second.length === 0 || first.every((id) => second.includes(id));
}

function releases(nodes: readonly ReleaseNode[]): string[] {
  return nodes.flatMap(({ appearance }) =>
    appearance.kind === 'repository' ? [appearance.id] : [],
  );
}

/** Models of one release may come over a week or so. */
const ONE_RELEASE_MS = 8 * 86_400_000;
