import type { Appearance, ModelRelation } from '../../retrieval/releases/release.ts';

/** A model of Hugging Face; `likes` and the rest as given. */
export function model(
  id: string,
  {
    at = '2026-03-10T08:00:00Z',
    bases = [],
    likes = 0,
    papers = [],
    ...rest
  }: {
    at?: string | null;
    bases?: readonly [id: string, relation: ModelRelation][];
    likes?: number;
    papers?: readonly string[];
  } & Partial<Appearance> = {},
): Appearance {
  const [owner = '', title = ''] = id.split('/');
  return {
    id: `huggingface:${id}`,
    service: 'huggingface',
    kind: 'model',
    url: `https://huggingface.co/${id}`,
    title,
    publisher: owner,
    summary: '',
    publishedAt: at === null ? null : new Date(at),
    updatedAt: null,
    links: papers.map((number) => `https://arxiv.org/abs/${number}`),
    tags: ['text-generation'],
    baseModels: bases.map(([base, relation]) => ({ id: base, relation })),
    popularity: { downloads: null, likes, upvotes: null, stars: null },
    ...rest,
  };
}

export function paper(
  number: string,
  title: string,
  { at = '2026-03-10T08:00:00Z', ...rest }: { at?: string } & Partial<Appearance> = {},
): Appearance {
  return {
    id: `arxiv:${number}`,
    service: 'arxiv',
    kind: 'paper',
    url: `https://arxiv.org/abs/${number}`,
    title,
    publisher: null,
    summary: '',
    publishedAt: new Date(at),
    updatedAt: null,
    links: [],
    tags: ['cs.CL'],
    baseModels: [],
    popularity: { downloads: null, likes: null, upvotes: null, stars: null },
    ...rest,
  };
}

export function code(
  repository: string,
  tag: string,
  { at = '2026-03-10T08:00:00Z', ...rest }: { at?: string } & Partial<Appearance> = {},
): Appearance {
  const [owner = '', name = ''] = repository.split('/');
  return {
    id: `github:${repository}@${tag}`,
    service: 'github',
    kind: 'repository',
    url: `https://github.com/${repository}/releases/tag/${tag}`,
    title: `${name} ${tag}`,
    publisher: owner,
    summary: '',
    publishedAt: new Date(at),
    updatedAt: null,
    links: [`https://github.com/${repository}`],
    tags: [],
    baseModels: [],
    popularity: { downloads: null, likes: null, upvotes: null, stars: null },
    ...rest,
  };
}

export function post(
  name: string,
  title: string,
  links: readonly string[] = [],
  { at = '2026-03-10T08:00:00Z', ...rest }: { at?: string } & Partial<Appearance> = {},
): Appearance {
  return {
    id: `feed:https://blog.example/${name}`,
    service: 'feed',
    kind: 'post',
    url: `https://blog.example/${name}`,
    title,
    publisher: 'A blog',
    summary: '',
    publishedAt: new Date(at),
    updatedAt: null,
    links,
    tags: [],
    baseModels: [],
    popularity: { downloads: null, likes: null, upvotes: null, stars: null },
    ...rest,
  };
}
