import { isTelling, readModelName, wordsOf } from './model-name.ts';
import type { ReleaseClusters } from './release-clusters.ts';
import { daysBetween, get } from './release-evidence.ts';
import type { NodeIndex } from './release-evidence.ts';
import { isRoundup, stretches } from './release-node.ts';
import type { ReleaseNode } from './release-node.ts';

/**
 * Joins a post with the one release that it is about: the one that it links to, or else the one whose
 * name its title holds. A post about several is left alone; one that links to a model and to its
 * paper may be what makes them one.
 */
export function joinPost(post: ReleaseNode, index: NodeIndex, clusters: ReleaseClusters): void {
  if (isRoundup(post)) return;
  const linked = [...post.named].flatMap((thing) =>
    nodesOf(thing, index).filter((node) => node !== post && daysBetween(post, node) <= 14),
  );
  const ordered = linked.toSorted((one, other) => rank(one) - rank(other));
  const [first] = ordered;
  if (first === undefined) {
    joinByTitle(post, index, clusters);
    return;
  }
  if (!clusters.join(post, first)) return;
  if (!ordered.some(({ appearance }) => appearance.kind === 'model')) {
    joinByTitle(post, index, clusters);
  }
  for (const other of ordered.slice(1)) {
    if (mayBridge(first, other)) clusters.join(first, other);
  }
}

/** What a link leads to, or its maker's other models of that family. */
function nodesOf(thing: string, index: NodeIndex): readonly ReleaseNode[] {
  const known = get(index.byOwn, thing);
  const [, owner, title] = /^huggingface:([^/]+)\/([^/]+)$/u.exec(thing) ?? [];
  if (known.length > 0 || owner === undefined || title === undefined) return known;
  const { family, publisher } = readModelName(owner, title);
  return get(index.byFamily, family).filter(
    ({ name, isCopy }) => name?.publisher === publisher && !isCopy,
  );
}

function joinByTitle(post: ReleaseNode, index: NodeIndex, clusters: ReleaseClusters): void {
  const words = wordsOf(post.appearance.title);
  const candidates: ReleaseNode[] = [];
  let longest = 0;
  for (const name of stretches(words)) {
    for (const node of get(index.byFamily, name)) {
      if (node.name === null || !isTelling(node.name.words)) continue;
      if (node.isCopy || daysBetween(post, node) > 7) continue;
      // «Foo 2» of «Foo 2 Coder» is another model's name.
      if (name.length < longest) continue;
      if (name.length > longest) candidates.length = 0;
      longest = name.length;
      candidates.push(node);
    }
  }
  // Of two things with one name, the one whose maker is named with it.
  const said = stretches(words);
  const ofNamed = candidates.filter(({ name }) => name !== null && said.has(name.publisher));
  const likely = ofNamed.length > 0 ? ofNamed : candidates;
  const [first] = likely;
  if (first === undefined) return;
  if (likely.every((node) => clusters.areOne(first, node))) clusters.join(post, first);
}

/** A repository that only shows how to run a model is not that model's. */
function mayBridge(one: ReleaseNode, other: ReleaseNode): boolean {
  if (daysBetween(one, other) > 30) return false;
  const repository = [one, other].find(({ appearance }) => appearance.kind === 'repository');
  if (repository === undefined) return true;
  const model = repository === one ? other : one;
  const name = repository.name?.family ?? '';
  if (model.name !== null) {
    return model.name.family === name || model.name.publisher === repository.name?.publisher;
  }
  return stretches(wordsOf(`${model.appearance.title} ${model.appearance.summary}`)).has(name);
}

function rank({ appearance, isCopy }: ReleaseNode): number {
  if (appearance.kind === 'model') return isCopy ? 3 : 0;
  return ['paper', 'repository'].indexOf(appearance.kind) + 1 || 4;
}
