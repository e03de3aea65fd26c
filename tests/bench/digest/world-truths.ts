import type { Release } from '../../../retrieval/releases/release.ts';
import type { KnownFigures } from './check-figures.ts';
import { originalOf, truthOf } from './world-cards.ts';
import type { Item, World } from './world.ts';

export interface Truths {
  /** What is so of the release that a post is of, at a time in the world. */
  of(release: Release, label: string, time: number): KnownFigures;
}

/** What a world's makers made of each release. */
export function createTruths(world: World): Truths {
  const labelled = Map.groupBy(world.items, ({ label }) => label);
  return {
    of(release, label, time) {
      const items = labelled.get(label) ?? [];
      const models = items.filter((item) => item.kind === 'model');
      const linked = release.links.huggingface?.toLowerCase() ?? '';
      const own = models.filter(({ id, renamed }) =>
        [id, renamed?.id].some(
          (name) => name !== undefined && linked.endsWith(`/${name.toLowerCase()}`),
        ),
      );
      const made = [...own, ...models].map((model) => originalOf(model, world) ?? model);
      return {
        models: [...new Set(made)].map((model) => truthOf(model)),
        days: new Set([time, ...items.flatMap(timesOf)].map(dayOf)),
        names: [
          release.title,
          ...release.appearances.map(({ title }) => title),
          ...items.flatMap(namesOf),
          'H100',
          'Apache 2.0',
        ].filter((name) => /\d/u.test(name)),
      };
    },
  };
}

function timesOf(item: Item): number[] {
  const times: (number | null)[] = [item.from];
  if (item.kind === 'model') times.push(item.createdAt);
  if (item.kind === 'paper' || item.kind === 'daily') times.push(item.submittedAt);
  return times.filter((time) => time !== null);
}

function namesOf(item: Item): string[] {
  switch (item.kind) {
    case 'model': {
      const names = [item.id, item.renamed?.id ?? '', ...item.baseModel];
      return names.flatMap((name) => [name, name.slice(name.indexOf('/') + 1)]);
    }
    case 'code': {
      return [item.repository, item.repository.slice(item.repository.indexOf('/') + 1), item.tag];
    }
    default: {
      const [head = ''] = item.title.split(':');
      return [item.title, head, head.replace(/^Introducing | Technical Report$/gu, '')];
    }
  }
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
