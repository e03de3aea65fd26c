import { paperMonth } from './addresses.ts';
import { isDistinctive, isTelling, readModelName, wordsOf } from './model-name.ts';
import { isRoundup, stretches } from './release-node.ts';
import type { ReleaseNode } from './release-node.ts';

/** Two appearances that may be of one release. */
export interface Evidence {
  one: ReleaseNode;
  other: ReleaseNode;
  /** Stronger evidence is followed first; only the order counts. */
  strength: number;
  /** The two hold the same weights: whoever came second is a copy. */
  isCopy: boolean;
}

/** All nodes, by what evidence is found by. */
export interface NodeIndex {
  byOwn: ReadonlyMap<string, readonly ReleaseNode[]>;
  byNamed: ReadonlyMap<string, readonly ReleaseNode[]>;
  byBase: ReadonlyMap<string, readonly ReleaseNode[]>;
  /** Models and repositories. */
  byFamily: ReadonlyMap<string, readonly ReleaseNode[]>;
  byFull: ReadonlyMap<string, readonly ReleaseNode[]>;
  /** Papers. */
  bySubject: ReadonlyMap<string, readonly ReleaseNode[]>;
  byTitle: ReadonlyMap<string, readonly ReleaseNode[]>;
  /** Posts. */
  byTitleWord: ReadonlyMap<string, readonly ReleaseNode[]>;
}

export function indexNodes(nodes: readonly ReleaseNode[]): NodeIndex {
  return {
    byOwn: group(nodes, ({ own, former }) => [own, ...former]),
    byNamed: group(nodes, ({ named }) => named),
    byBase: group(nodes, ({ bases }) => bases),
    byFamily: group(nodes, ({ name }) => (name === null ? [] : [name.family])),
    byFull: group(nodes, ({ fullNames }) => fullNames),
    bySubject: group(nodes, ({ subjects }) => subjects),
    byTitle: group(nodes, ({ title }) => (title === null ? [] : [title])),
    byTitleWord: group(nodes, ({ appearance }) =>
      appearance.kind === 'post' ? new Set(wordsOf(appearance.title)) : [],
    ),
  };
}

/**
 * What speaks for a node's being of one release with others, except what posts say: that is decided
 * when all else is.
 */
export function evidenceFor(node: ReleaseNode, index: NodeIndex): Evidence[] {
  const found: Evidence[] = [];
  const add: Add = (one, other, strength, { days = Infinity, isCopy = false } = {}) => {
    if (other === one || daysBetween(one, other) > days) return;
    found.push({ one, other, strength, isCopy });
  };
  const { kind } = node.appearance;

  for (const other of get(index.byOwn, node.own)) {
    if (kind === 'paper' && other.appearance.kind === 'paper') add(node, other, STRENGTH.sameThing);
  }
  if (kind === 'model') modelEvidence(node, index, add);
  if (kind === 'paper') paperEvidence(node, index, add);
  if (kind === 'repository') repositoryEvidence(node, index, add);
  if (kind === 'paper' || kind === 'post') {
    for (const other of get(index.byTitle, node.title)) {
      if (!mayShareTitle(node, other)) continue;
      add(node, other, STRENGTH.sameTitle, { days: 14 });
    }
  }
  return found;
}

type Add = (
  one: ReleaseNode,
  other: ReleaseNode,
  strength: number,
  options?: { days?: number; isCopy?: boolean },
) => void;

const STRENGTH = {
  sameThing: 100,
  copyOfBase: 95,
  family: 90,
  sameOwnerAndName: 88,
  ownCode: 86,
  taggedAndNamed: 82,
  subject: 80,
  copyByName: 78,
  tagged: 74,
  sameName: 72,
  code: 70,
  homepage: 68,
  sameTitle: 60,
} as const;

function modelEvidence(node: ReleaseNode, index: NodeIndex, add: Add): void {
  const { name } = node;
  if (name === null) return;
  for (const base of node.bases) {
    for (const other of get(index.byOwn, base)) {
      if (node.isCopy) add(node, other, STRENGTH.copyOfBase, { isCopy: true });
    }
  }
  for (const other of get(index.byBase, node.own)) {
    if (other.isCopy) add(node, other, STRENGTH.copyOfBase, { isCopy: true });
  }
  for (const other of get(index.byFamily, name.family)) {
    if (other.name?.publisher !== name.publisher || name.publisher === '') continue;
    if (other.appearance.kind === 'repository') {
      add(node, other, STRENGTH.sameOwnerAndName, { days: 30 });
    } else if (!node.isCopy && !other.isCopy && haveLikeBases(node, other)) {
      add(node, other, STRENGTH.family, { days: 4 });
    } else if (name.full === other.name.full) {
      // Its own makers convert it too.
      add(node, other, STRENGTH.copyByName, { isCopy: true });
    }
  }
  for (const full of node.fullNames) {
    for (const other of get(index.byFull, full)) copyEvidence(node, other, index, add);
  }
  for (const thing of node.named) {
    for (const paper of get(index.byOwn, thing)) tagEvidence(node, paper, add);
  }
  if (isTelling(name.words) && !node.isCopy && !isDerived(node)) {
    for (const paper of get(index.bySubject, name.family)) {
      add(node, paper, STRENGTH.subject, { days: 30 });
    }
  }
  for (const repository of get(index.byNamed, node.own)) {
    if (repository.appearance.kind === 'repository') homepageEvidence(repository, node, add);
  }
}

function paperEvidence(node: ReleaseNode, index: NodeIndex, add: Add): void {
  for (const model of get(index.byNamed, node.own)) {
    if (model.appearance.kind === 'model') tagEvidence(model, node, add);
    if (model.appearance.kind === 'repository') homepageEvidence(model, node, add);
  }
  for (const subject of node.subjects) {
    for (const model of get(index.byFamily, subject)) {
      if (model.isCopy || isDerived(model)) continue;
      if (model.name !== null && isTelling(model.name.words)) {
        add(node, model, STRENGTH.subject, { days: 30 });
      }
    }
  }
  for (const thing of node.named) {
    for (const other of get(index.byOwn, thing)) {
      if (other.appearance.kind === 'repository') codeEvidence(node, other, add);
    }
  }
}

function repositoryEvidence(node: ReleaseNode, index: NodeIndex, add: Add): void {
  for (const other of get(index.byNamed, node.own)) {
    if (other.appearance.kind === 'paper') codeEvidence(other, node, add);
  }
  for (const other of get(index.byFamily, node.name?.family)) {
    if (other.appearance.kind !== 'model' || node.name?.publisher !== other.name?.publisher)
      continue;
    add(node, other, STRENGTH.sameOwnerAndName, { days: 30 });
  }
  if (node.name !== null && isTelling(node.name.words)) {
    for (const paper of get(index.bySubject, node.name.family)) {
      add(node, paper, STRENGTH.subject, { days: 30 });
    }
  }
  for (const thing of node.named) {
    for (const other of get(index.byOwn, thing)) homepageEvidence(node, other, add);
  }
}

/** A channel gives many of its posts the same title; and two posts on other things may share one. */
function mayShareTitle(one: ReleaseNode, other: ReleaseNode): boolean {
  if (one.appearance.kind !== 'post' || other.appearance.kind !== 'post') return true;
  const [a, b] = [one.appearance, other.appearance];
  if (a.service === b.service && a.publisher === b.publisher) return false;
  if (isRoundup(one) || isRoundup(other)) return false;
  if (one.named.size === 0 || other.named.size === 0) return true;
  return [...one.named].some((thing) => other.named.has(thing));
}

/** The same weights under the same name at another owner. */
function copyEvidence(node: ReleaseNode, other: ReleaseNode, index: NodeIndex, add: Add): void {
  if (node.name === null || other.name === null) return;
  if (node.name.publisher === other.name.publisher) return;
  if (!isTelling(node.name.words) && !(node.name.namesFormat !== other.name.namesFormat)) return;
  // Two who tuned the same base gave their work the same name.
  if (isDerived(node) && isDerived(other)) return;
  const [first, second] = (node.at ?? 0) <= (other.at ?? 0) ? [node, other] : [other, node];
  if (second.name?.namesFormat === true && first.name?.namesFormat === false) {
    add(node, other, STRENGTH.copyByName, { days: 120, isCopy: true });
  } else if (isPutUpAgain(first, index)) {
    add(node, other, STRENGTH.sameName, { days: 30, isCopy: true });
  }
}

/** Names of exercises are given by many, each for themselves; copied is what people look at. */
function isPutUpAgain({ name, appearance }: ReleaseNode, index: NodeIndex): boolean {
  if (name === null || name.isPersonal) return false;
  if (!name.namesSize && (appearance.popularity.likes ?? 0) < 20) return false;
  const owners = new Set(
    get(index.byFull, name.full).flatMap((node) =>
      node.isCopy || node.bases.length > 0 ? [] : (node.name?.publisher ?? []),
    ),
  );
  return owners.size < 4;
}

/** A card names papers of its methods, data and base too: its own is new, and speaks of it. */
function tagEvidence(model: ReleaseNode, paper: ReleaseNode, add: Add): void {
  if (paper.appearance.kind !== 'paper' || model.name === null || model.isCopy) return;
  if (isDerived(model) && !speaksOf(paper, model.name.words, { inTitle: true })) return;
  if (speaksOf(paper, model.name.words)) add(model, paper, STRENGTH.taggedAndNamed, { days: 90 });
  else if (recentPapers(model).length === 1) add(model, paper, STRENGTH.tagged, { days: 45 });
}

function recentPapers({ named, at }: ReleaseNode): string[] {
  return [...named].filter((thing) => {
    if (!thing.startsWith('arxiv:')) return false;
    const month = paperMonth(thing.slice('arxiv:'.length));
    return month === null || at === null || Math.abs(at - month.getTime()) < 75 * DAY_MS;
  });
}

function codeEvidence(paper: ReleaseNode, repository: ReleaseNode, add: Add): void {
  const code = [...paper.named].filter((thing) => thing.startsWith('github:'));
  const isOwn = paper.appearance.tags.includes('own-code');
  if (isOwn && code[0] === repository.own) add(paper, repository, STRENGTH.ownCode, { days: 60 });
  else if (code.length === 1) add(paper, repository, STRENGTH.code, { days: 45 });
}

/** Notes of a release name what it works with; only what has its name is what it is. */
function homepageEvidence(repository: ReleaseNode, other: ReleaseNode, add: Add): void {
  const words = repository.name?.words ?? [];
  if (!isDistinctive(words)) return;
  const isNamed =
    other.appearance.kind === 'model'
      ? other.name?.family === words.join('')
      : other.appearance.kind === 'paper' && speaksOf(other, words);
  if (isNamed) add(repository, other, STRENGTH.homepage, { days: 45 });
}

/** What someone made of two models is two things, whatever the names. */
function haveLikeBases(one: ReleaseNode, other: ReleaseNode): boolean {
  if (!isDerived(one) || !isDerived(other)) return true;
  const families = [one, other].map(({ bases }) => new Set(bases.map(familyOf)));
  return [...(families[0] ?? [])].some((family) => families[1]?.has(family) === true);
}

function familyOf(thing: string): string {
  const [owner = '', title = ''] = thing.replace(/^huggingface:/u, '').split('/');
  return readModelName(owner, title).family;
}

/** Made from another owner's model. */
function isDerived({ appearance, name }: ReleaseNode): boolean {
  return appearance.baseModels.some(({ id, relation }) => {
    if (relation === 'quantized') return false;
    const [owner = ''] = id.split('/');
    return (
      name === null || wordsOf(owner).join('') !== wordsOf(appearance.publisher ?? '').join('')
    );
  });
}

function speaksOf(
  { appearance, subjects }: ReleaseNode,
  words: readonly string[],
  { inTitle = false }: { inTitle?: boolean } = {},
): boolean {
  const name = words.join('');
  if (stretches(wordsOf(appearance.title)).has(name)) return true;
  if (inTitle) return false;
  return subjects.has(name) || stretches(wordsOf(appearance.summary)).has(name);
}

/** Unknown dates speak neither for nor against. */
export function daysBetween(one: ReleaseNode, other: ReleaseNode): number {
  if (one.at === null || other.at === null) return 0;
  return Math.abs(one.at - other.at) / DAY_MS;
}

function group(
  nodes: readonly ReleaseNode[],
  keysOf: (node: ReleaseNode) => Iterable<string>,
): Map<string, ReleaseNode[]> {
  const groups = new Map<string, ReleaseNode[]>();
  for (const node of nodes) {
    for (const key of keysOf(node)) {
      const known = groups.get(key);
      if (known === undefined) groups.set(key, [node]);
      else known.push(node);
    }
  }
  return groups;
}

export function get(
  map: ReadonlyMap<string, readonly ReleaseNode[]>,
  key: string | null | undefined,
): readonly ReleaseNode[] {
  return key === null || key === undefined ? [] : (map.get(key) ?? []);
}

const DAY_MS = 86_400_000;
