import { addressOf, thingAt } from './addresses.ts';
import type { ServiceAddresses } from './addresses.ts';
import { isDistinctive, wordsOf } from './model-name.ts';
import { stretches } from './release-node.ts';
import type { ReleaseNode } from './release-node.ts';
import type { Release } from './release.ts';

/** Title, kind, date and links of what the appearances are of. At least one is given. */
export function describeRelease(
  nodes: readonly ReleaseNode[],
  addresses: ServiceAddresses,
): Pick<Release, 'title' | 'kind' | 'links' | 'publishedAt'> {
  const of = (kind: string): ReleaseNode[] =>
    nodes.filter(({ appearance }) => appearance.kind === kind).toSorted(byDate);
  const [models, papers, repositories, posts] = [
    of('model'),
    of('paper'),
    of('repository'),
    of('post'),
  ];
  const originals = models.filter(({ isCopy }) => !isCopy);
  const model = (originals.length > 0 ? originals : models).toSorted(byPopularity)[0];
  const lead = model ?? papers[0] ?? repositories[0] ?? posts[0];
  const times = nodes.flatMap(({ appearance }) => appearance.publishedAt?.getTime() ?? []);
  const page = (thing: string | null): string | null =>
    thing === null ? null : (asWritten(thing, nodes, addresses) ?? addressOf(thing, addresses));

  return {
    title:
      model === undefined
        ? (lead?.appearance.title ?? '')
        : titleOf(originals.length > 0 ? originals : models, model),
    kind: lead?.appearance.kind ?? 'post',
    publishedAt: times.length === 0 ? null : new Date(Math.min(...times)),
    links: {
      huggingface:
        model === undefined
          ? page(onlyNamed(nodes, /^huggingface:/u))
          : model.isCopy
            ? (page(model.bases[0] ?? null) ?? model.appearance.url)
            : model.appearance.url,
      paper:
        papers.length > 0
          ? page(papers[0]?.own ?? null)
          : page(paperOf(originals) ?? onlyNamed(posts, /^arxiv:/u)),
      github: page(
        repositories[0]?.own ?? codeOf(papers) ?? onlyNamed([...models, ...posts], /^github:/u),
      ),
    },
  };
}

/** Of several sizes what they have in common, as it is written: `Foo-2` of `Foo-2-7B` and `Foo-2-70B`. */
function titleOf(models: readonly ReleaseNode[], lead: ReleaseNode): string {
  const title = lead.appearance.title;
  if (models.length < 2) return title;
  const parts = title.split(/(?<=[-_ ])/u);
  let shared = parts.length;
  for (const { appearance } of models) {
    const own = appearance.title.toLowerCase();
    while (shared > 0 && !startsWithWords(own, parts.slice(0, shared).join(''))) shared -= 1;
  }
  const common = parts
    .slice(0, shared)
    .join('')
    .replace(/[-_ ]+$/u, '');
  return wordsOf(common).join('').length >= 3 && isLongEnough(common, lead) ? common : title;
}

function startsWithWords(title: string, start: string): boolean {
  const bare = start.toLowerCase().replace(/[-_ ]+$/u, '');
  return title.startsWith(bare) && !/[\p{L}\p{N}.]/u.test(title.charAt(bare.length));
}

function isLongEnough(common: string, { name }: ReleaseNode): boolean {
  return (
    name === null ||
    wordsOf(common)
      .join('')
      .startsWith(name.words[0] ?? '')
  );
}

/** Of the papers that cards name, the one that all of them do; where there are more, none is sure. */
function paperOf(models: readonly ReleaseNode[]): string | null {
  const papers = new Set(
    models.flatMap(({ named }) => [...named].filter((thing) => thing.startsWith('arxiv:'))),
  );
  return papers.size === 1 ? ([...papers][0] ?? null) : null;
}

/** A repository that is said to be the paper's own, is the only one, or has its name. */
function codeOf(papers: readonly ReleaseNode[]): string | null {
  const own = papers.find(({ appearance }) => appearance.tags.includes('own-code'));
  const ofOwn = own === undefined ? undefined : repositoriesOf(own)[0];
  if (ofOwn !== undefined) return ofOwn;
  const all = [...new Set(papers.flatMap(repositoriesOf))];
  if (all.length === 1) return all[0] ?? null;
  const subject = (thing: string): boolean => {
    const words = wordsOf(thing.slice(thing.indexOf('/') + 1));
    return (
      isDistinctive(words) &&
      papers.some(({ appearance }) => stretches(wordsOf(appearance.title)).has(words.join('')))
    );
  };
  return all.find(subject) ?? null;
}

function repositoriesOf({ named }: ReleaseNode): string[] {
  return [...named].filter((thing) => thing.startsWith('github:'));
}

function onlyNamed(nodes: readonly ReleaseNode[], pattern: RegExp): string | null {
  const found = new Set(
    nodes.flatMap(({ named }) => [...named].filter((thing) => pattern.test(thing))),
  );
  return found.size === 1 ? ([...found][0] ?? null) : null;
}

/** As a source wrote it, since things are in lower case: `https://github.com/Acme/Lumira`. */
function asWritten(
  thing: string,
  nodes: readonly ReleaseNode[],
  addresses: ServiceAddresses,
): string | null {
  for (const { appearance } of nodes) {
    for (const link of appearance.links) {
      if (thingAt(link, addresses) !== thing) continue;
      const name = thing.slice(thing.indexOf(':') + 1);
      const at = link.toLowerCase().indexOf(name);
      if (at === -1) continue;
      const spelled = `${thing.slice(0, thing.indexOf(':'))}:${link.slice(at, at + name.length)}`;
      return addressOf(spelled, addresses);
    }
  }
  return null;
}

function byDate(one: ReleaseNode, other: ReleaseNode): number {
  return (one.at ?? Infinity) - (other.at ?? Infinity) || compare(one, other);
}

function byPopularity(one: ReleaseNode, other: ReleaseNode): number {
  const [a, b] = [one, other].map(({ appearance }) => appearance.popularity.likes ?? 0);
  return (b ?? 0) - (a ?? 0) || byDate(one, other);
}

function compare(one: ReleaseNode, other: ReleaseNode): number {
  return one.appearance.id < other.appearance.id ? -1 : 1;
}
