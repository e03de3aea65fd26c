import { isDeepStrictEqual } from 'node:util';

import { PUBLIC_ADDRESSES } from './addresses.ts';
import type { ServiceAddresses } from './addresses.ts';
import { describeRelease } from './describe-release.ts';
import { createReleaseClusters } from './release-clusters.ts';
import type { ReleaseClusters } from './release-clusters.ts';
import { evidenceFor, indexNodes } from './release-evidence.ts';
import type { Evidence, NodeIndex } from './release-evidence.ts';
import { readNode } from './release-node.ts';
import type { ReleaseNode } from './release-node.ts';
import { joinPost } from './release-posts.ts';
import type { Appearance, Release } from './release.ts';

export interface Merged {
  /** Releases that are new, gained or changed an appearance, or became one; or are more popular. */
  changed: Release[];
  /** Ids of known releases that became part of others; `absorbed` of those names them. */
  absorbed: string[];
}

export interface MergeOptions {
  now: Date;
  addresses?: ServiceAddresses;
}

/**
 * Puts what was seen where it belongs: with the release that it is of, or as a new one. What was one
 * release before stays one. `changedAt` moves where more than popularity changed.
 */
export function mergeAppearances(
  known: readonly Release[],
  seen: readonly Appearance[],
  { now, addresses = PUBLIC_ADDRESSES }: MergeOptions,
): Merged {
  const holders = new Map<string, { release: Release; appearance: Appearance }>();
  for (const release of known) {
    for (const appearance of release.appearances) {
      for (const name of namesOf(appearance)) holders.set(name, { release, appearance });
    }
  }
  const { current, fresh } = update(known, seen, holders);
  const nodes = new Map<Appearance, ReleaseNode>();
  const groups: ReleaseNode[][] = [];
  for (const appearances of current.values()) {
    groups.push(appearances.map((appearance) => remember(nodes, appearance, addresses)));
  }
  const single = fresh.added.map((appearance) => remember(nodes, appearance, addresses));
  const all = [...groups.flat(), ...single];
  const clusters = createReleaseClusters(all);
  for (const group of groups) {
    for (const node of group.slice(1)) clusters.tie(group[0] ?? node, node);
    markCopies(group);
  }
  const touched = [...fresh.added, ...fresh.changed].flatMap((one) => nodes.get(one) ?? []);
  connect(touched, indexNodes(all), clusters);
  return assemble({ known, current, nodes, clusters, fresh, now, addresses });
}

interface Fresh {
  added: Appearance[];
  /** Something besides their popularity is new. */
  changed: Set<Appearance>;
  /** Only their popularity is. */
  recounted: Set<Appearance>;
}

/** The appearances of each known release as they are now, and what is new. */
function update(
  known: readonly Release[],
  seen: readonly Appearance[],
  holders: ReadonlyMap<string, { release: Release; appearance: Appearance }>,
): { current: Map<Release, Appearance[]>; fresh: Fresh } {
  const current = new Map(known.map((release) => [release, [...release.appearances]]));
  const fresh: Fresh = { added: [], changed: new Set(), recounted: new Set() };
  const places = new Map<string, number>();
  const inOrder = seen.toSorted((one, other) =>
    one.id < other.id ? -1 : one.id > other.id ? 1 : 0,
  );
  for (const appearance of inOrder) {
    const holder = namesOf(appearance).flatMap((name) => holders.get(name) ?? [])[0];
    if (holder === undefined) {
      // The same may come twice in a round, from a list of new and of popular ones.
      const place = namesOf(appearance).flatMap((name) => places.get(name) ?? [])[0];
      if (place === undefined) fresh.added.push(appearance);
      for (const name of namesOf(appearance)) places.set(name, place ?? fresh.added.length - 1);
      continue;
    }
    const appearances = current.get(holder.release) ?? [];
    const at = appearances.findIndex(({ id }) => id === holder.appearance.id);
    const before = appearances[at];
    if (before === undefined) continue;
    const after = replaced(before, appearance);
    const change = changeBetween(before, after);
    if (change === 'none') continue;
    appearances[at] = after;
    fresh.changed.delete(before);
    if (change === 'content') fresh.changed.add(after);
    else if (!fresh.changed.has(after)) fresh.recounted.add(after);
  }
  return { current, fresh };
}

function namesOf({ id, aliases = [] }: Appearance): string[] {
  return [id, ...aliases];
}

/** A reply that says less takes nothing away: figures and dates that were known stay. */
function replaced(before: Appearance, after: Appearance): Appearance {
  const aliases = new Set([...namesOf(before), ...namesOf(after)]);
  aliases.delete(after.id);
  const { isLearned: _now, ...rest } = after;
  return {
    ...rest,
    summary: after.summary === '' ? before.summary : after.summary,
    publishedAt: before.publishedAt ?? after.publishedAt,
    updatedAt: after.updatedAt ?? before.updatedAt,
    popularity: {
      downloads: after.popularity.downloads ?? before.popularity.downloads,
      likes: after.popularity.likes ?? before.popularity.likes,
      upvotes: after.popularity.upvotes ?? before.popularity.upvotes,
      stars: after.popularity.stars ?? before.popularity.stars,
    },
    ...(aliases.size === 0 ? {} : { aliases: [...aliases] }),
    ...(before.isLearned === true ? { isLearned: true } : {}),
  };
}

function changeBetween(before: Appearance, after: Appearance): 'none' | 'popularity' | 'content' {
  const { popularity: counted, updatedAt: _before, ...content } = before;
  const { popularity: recounted, updatedAt: _after, ...newContent } = after;
  if (!isDeepStrictEqual(content, newContent)) return 'content';
  return isDeepStrictEqual(counted, recounted) ? 'none' : 'popularity';
}

function remember(
  nodes: Map<Appearance, ReleaseNode>,
  appearance: Appearance,
  addresses: ServiceAddresses,
): ReleaseNode {
  let known = read.get(addresses);
  if (known === undefined) {
    known = new WeakMap();
    read.set(addresses, known);
  }
  const fresh = known.get(appearance) ?? readNode(appearance, addresses);
  known.set(appearance, fresh);
  // What is found out of it in one merging is not known in the next.
  const node = { ...fresh };
  nodes.set(appearance, node);
  return node;
}

/** Reading names and abstracts takes longer than all else, and most are the same as the last time. */
const read = new WeakMap<ServiceAddresses, WeakMap<Appearance, ReleaseNode>>();

/** What joined a release of another publisher's models was found to be a copy. */
function markCopies(group: readonly ReleaseNode[]): void {
  const models = group.filter(({ appearance, isCopy }) => appearance.kind === 'model' && !isCopy);
  const first = models.toSorted((one, other) => (one.at ?? Infinity) - (other.at ?? Infinity))[0];
  for (const model of models) {
    if (model.name?.publisher !== first?.name?.publisher) model.isCopy = true;
  }
}

function connect(
  touched: readonly ReleaseNode[],
  index: NodeIndex,
  clusters: ReleaseClusters,
): void {
  const evidence = touched.flatMap((node) => evidenceFor(node, index));
  for (const { one, other, isCopy } of evidence.toSorted(byStrength)) {
    if (clusters.areOne(one, other)) continue;
    const copy = isCopy ? secondOf(one, other) : null;
    const was = copy?.isCopy ?? false;
    if (copy !== null) copy.isCopy = true;
    if (!clusters.join(one, other) && copy !== null) copy.isCopy = was;
  }
  const posts = new Set(touched.filter(({ appearance }) => appearance.kind === 'post'));
  for (const { own, name } of touched) {
    for (const post of index.byNamed.get(own) ?? []) {
      if (post.appearance.kind === 'post') posts.add(post);
    }
    if (name === null) continue;
    for (const post of index.byTitleWord.get(name.words[0] ?? '') ?? []) posts.add(post);
  }
  for (const post of posts) joinPost(post, index, clusters);
}

function secondOf(one: ReleaseNode, other: ReleaseNode): ReleaseNode {
  if (one.isCopy !== other.isCopy) return one.isCopy ? one : other;
  if (one.name?.namesFormat !== other.name?.namesFormat) {
    return one.name?.namesFormat === true ? one : other;
  }
  return (one.at ?? 0) > (other.at ?? 0) ? one : other;
}

function byStrength(one: Evidence, other: Evidence): number {
  return (
    other.strength - one.strength ||
    gapOf(one) - gapOf(other) ||
    (keyOf(one) < keyOf(other) ? -1 : 1)
  );
}

function gapOf({ one, other }: Evidence): number {
  return Math.abs((one.at ?? 0) - (other.at ?? 0));
}

function keyOf({ one, other }: Evidence): string {
  return [one.appearance.id, other.appearance.id].toSorted().join(' ');
}

function assemble({
  known,
  current,
  nodes,
  clusters,
  fresh,
  now,
  addresses,
}: {
  known: readonly Release[];
  current: ReadonlyMap<Release, readonly Appearance[]>;
  nodes: ReadonlyMap<Appearance, ReleaseNode>;
  clusters: ReleaseClusters;
  fresh: Fresh;
  now: Date;
  addresses: ServiceAddresses;
}): Merged {
  const releaseOf = new Map<ReleaseNode, Release>();
  const order = new Map<ReleaseNode, number>();
  for (const release of known) {
    for (const appearance of current.get(release) ?? []) {
      const node = nodes.get(appearance);
      if (node === undefined) continue;
      releaseOf.set(node, release);
      order.set(node, order.size);
    }
  }
  const merged: Merged = { changed: [], absorbed: [] };
  const done = new Set<readonly ReleaseNode[]>();
  const touched = [...fresh.added, ...fresh.changed, ...fresh.recounted];
  // A new release may also have come to be from known ones alone, through a post.
  const starts = [...touched.flatMap((one) => nodes.get(one) ?? []), ...releaseOf.keys()];
  const touchedSet = new Set<Appearance>(touched);
  for (const start of starts) {
    const members = clusters.membersWith(start);
    if (done.has(members)) continue;
    done.add(members);
    const olds = [...new Set(members.flatMap((node) => releaseOf.get(node) ?? []))].toSorted(
      bySeen,
    );
    const isTouched = members.some(({ appearance }) => touchedSet.has(appearance));
    if (!isTouched && olds.length < 2) continue;
    const inOrder = members.toSorted(
      (one, other) =>
        (order.get(one) ?? Infinity) - (order.get(other) ?? Infinity) || byDateAndId(one, other),
    );
    const isNews =
      olds.length !== 1 ||
      members.some(({ appearance }) => fresh.changed.has(appearance)) ||
      members.some((node) => !releaseOf.has(node));
    const [first, ...others] = olds;
    const absorbed = [
      ...new Set(olds.flatMap(({ id, absorbed: before = [] }) => [...before, id])),
    ].filter((id) => id !== first?.id);
    merged.absorbed.push(...others.map(({ id }) => id));
    merged.changed.push({
      id: first?.id ?? inOrder[0]?.appearance.id ?? '',
      ...describeRelease(members, addresses),
      appearances: inOrder.map(({ appearance }) => appearance),
      firstSeenAt: first?.firstSeenAt ?? now,
      changedAt: isNews ? now : (first?.changedAt ?? now),
      ...(absorbed.length === 0 ? {} : { absorbed }),
    });
  }
  return merged;
}

function bySeen(one: Release, other: Release): number {
  return one.firstSeenAt.getTime() - other.firstSeenAt.getTime() || (one.id < other.id ? -1 : 1);
}

function byDateAndId(one: ReleaseNode, other: ReleaseNode): number {
  return (
    (one.at ?? Infinity) - (other.at ?? Infinity) ||
    (one.appearance.id < other.appearance.id ? -1 : 1)
  );
}
