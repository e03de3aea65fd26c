/** One system of the bundled web, and where the copies of the services show it. */
export interface DemoSystem {
  name: string;
  /** On the hub: `owner/name`, as its page's path has it. */
  model?: {
    id: string;
    likes: number;
    downloads: number;
    tags: readonly string[];
    pipeline: string;
  };
  /** In the archive: the name in its page's path. */
  paper?: { name: string; upvotes: number };
  /** On the code host. */
  repository?: { id: string; stars: number; tag: string };
  /** In the feed of a site: its page, and what it links to besides. */
  posts: readonly { host: string; path: string; links: readonly DemoLink[] }[];
}

/** A host of the demo and a path on it. */
export type DemoLink = readonly [host: string, path: string];

export const HUB = 'modelhub.localhost';
export const ARCHIVE = 'papers.localhost';
export const CODE = 'codehub.localhost';
const BLOG = 'razrabotka.localhost';
const NEWS = 'novosti-ii.localhost';

/** Those that came out last come first. */
export const systems: readonly DemoSystem[] = [
  {
    name: 'DeepSeek-R1',
    model: {
      id: 'deepseek-ai/DeepSeek-R1',
      likes: 5200,
      downloads: 310_000,
      tags: ['arxiv:deepseek-r1', 'license:mit'],
      pipeline: 'text-generation',
    },
    paper: { name: 'deepseek-r1', upvotes: 340 },
    repository: { id: 'deepseek-ai/DeepSeek-R1', stars: 21_000, tag: 'v1.0' },
    posts: [
      { host: NEWS, path: '/news/deepseek-r1-rassuzhdaet', links: [[ARCHIVE, '/abs/deepseek-r1']] },
    ],
  },
  {
    name: 'DeepSeek-V3',
    model: {
      id: 'deepseek-ai/DeepSeek-V3',
      likes: 1900,
      downloads: 240_000,
      tags: ['arxiv:deepseek-v3'],
      pipeline: 'text-generation',
    },
    paper: { name: 'deepseek-v3', upvotes: 190 },
    repository: { id: 'deepseek-ai/DeepSeek-V3', stars: 32_000, tag: 'v1.0' },
    posts: [],
  },
  {
    name: 'SmallThinker-3B-Preview',
    model: {
      id: 'PowerInfer/SmallThinker-3B-Preview',
      likes: 390,
      downloads: 18_000,
      tags: ['base_model:Qwen/Qwen2.5-3B-Instruct', 'base_model:finetune:Qwen/Qwen2.5-3B-Instruct'],
      pipeline: 'text-generation',
    },
    posts: [
      {
        host: BLOG,
        path: '/post/chernovaya-model-smallthinker',
        links: [[HUB, '/PowerInfer/SmallThinker-3B-Preview']],
      },
    ],
  },
  {
    name: 'Giga-Embeddings-instruct',
    model: {
      id: 'ai-sage/Giga-Embeddings-instruct',
      likes: 110,
      downloads: 9400,
      tags: [],
      pipeline: 'feature-extraction',
    },
    posts: [
      {
        host: BLOG,
        path: '/post/giga-embeddings-instruct',
        links: [[HUB, '/ai-sage/Giga-Embeddings-instruct']],
      },
    ],
  },
  {
    name: 'COCONUT',
    paper: { name: 'coconut', upvotes: 85 },
    repository: { id: 'facebookresearch/coconut', stars: 900, tag: 'v0.1.0' },
    posts: [
      { host: BLOG, path: '/post/coconut-nepreryvnaya-mysl', links: [[ARCHIVE, '/abs/coconut']] },
    ],
  },
  {
    name: 'EagleX',
    model: {
      id: 'recursal/EagleX_1-7T',
      likes: 95,
      downloads: 2100,
      tags: ['license:apache-2.0'],
      pipeline: 'text-generation',
    },
    posts: [{ host: BLOG, path: '/post/eaglex-rwkv', links: [[HUB, '/recursal/EagleX_1-7T']] }],
  },
  {
    name: 'ruMT-Bench',
    posts: [
      {
        host: BLOG,
        path: '/post/rumt-bench',
        links: [[HUB, '/datasets/NLP-Core-Team/ruMT-Bench']],
      },
    ],
  },
  {
    name: 'ruIFEval',
    posts: [
      { host: BLOG, path: '/post/ruifeval', links: [[HUB, '/datasets/NLP-Core-Team/ruIFEval']] },
    ],
  },
  { name: 'GigaSearch', posts: [{ host: BLOG, path: '/post/gigasearch', links: [] }] },
  { name: 'GigaCode', posts: [{ host: NEWS, path: '/news/gigacode-codechat', links: [] }] },
];
