import type { Appearance, Release } from '../../../retrieval/releases/release.ts';
import type { SourceAddress } from '../../../generation/digest/source-page.ts';

interface DemoRelease {
  title: string;
  kind: Release['kind'];
  publisher: string | null;
  card?: string;
  paper?: string;
  post?: string;
}

/** The ten systems of the demo's web, with their primary pages. */
export const DEMO_RELEASES: readonly DemoRelease[] = [
  {
    title: 'deepseek-ai/DeepSeek-V3',
    kind: 'model',
    publisher: 'deepseek-ai',
    card: 'modelhub.localhost/deepseek-ai/DeepSeek-V3',
    paper: 'papers.localhost/abs/deepseek-v3',
  },
  {
    title: 'DeepSeek-R1: Reasoning by Reinforcement Learning',
    kind: 'paper',
    publisher: null,
    paper: 'papers.localhost/abs/deepseek-r1',
    card: 'modelhub.localhost/deepseek-ai/DeepSeek-R1-Distill',
  },
  {
    title: 'recursal/EagleX_1-7T',
    kind: 'model',
    publisher: 'recursal',
    card: 'modelhub.localhost/recursal/EagleX_1-7T',
    paper: 'papers.localhost/abs/eagle-rwkv5',
  },
  {
    title: 'ai-sage/Giga-Embeddings-instruct',
    kind: 'model',
    publisher: 'ai-sage',
    card: 'modelhub.localhost/ai-sage/Giga-Embeddings-instruct',
  },
  {
    title: 'PowerInfer/SmallThinker-3B-Preview',
    kind: 'model',
    publisher: 'PowerInfer',
    card: 'modelhub.localhost/PowerInfer/SmallThinker-3B-Preview',
  },
  {
    title: 'NLP-Core-Team/ruIFEval',
    kind: 'model',
    publisher: 'NLP-Core-Team',
    card: 'modelhub.localhost/datasets/NLP-Core-Team/ruIFEval',
    paper: 'papers.localhost/abs/ifeval',
  },
  {
    title: 'NLP-Core-Team/ruMT-Bench',
    kind: 'model',
    publisher: 'NLP-Core-Team',
    card: 'modelhub.localhost/datasets/NLP-Core-Team/ruMT-Bench',
  },
  {
    title: 'Chain of Continuous Thought: Reasoning in a Latent Space',
    kind: 'paper',
    publisher: null,
    paper: 'papers.localhost/abs/coconut',
  },
  {
    title: 'GigaSearch',
    kind: 'post',
    publisher: null,
    post: 'razrabotka.localhost/post/gigasearch',
  },
  {
    title: 'GigaCode',
    kind: 'post',
    publisher: null,
    post: 'novosti-ii.localhost/news/gigacode-codechat',
  },
];

export function demoRelease(
  { title, kind, publisher, card, paper, post }: DemoRelease,
  addressOf: (hostAndPath: string) => string,
): { release: Release; sources: SourceAddress[] } {
  const at = (page: string | undefined): string | null =>
    page === undefined ? null : addressOf(page);
  const links = { github: null, huggingface: at(card), paper: at(paper) };
  const url = links.huggingface ?? links.paper ?? at(post) ?? '';
  const seen = new Date('2026-11-20T09:00:00Z');
  const appearance: Appearance = {
    id: `demo:${title}`,
    service: kind === 'model' ? 'huggingface' : kind === 'paper' ? 'arxiv' : 'feed',
    kind,
    url,
    title: kind === 'model' ? title.slice(title.indexOf('/') + 1) : title,
    publisher,
    summary: '',
    publishedAt: null,
    updatedAt: null,
    links: [],
    tags: [],
    baseModels: [],
    popularity: { downloads: null, likes: null, upvotes: null, stars: null },
  };
  const release: Release = {
    id: appearance.id,
    title: appearance.title,
    kind,
    appearances: [appearance],
    links,
    publishedAt: null,
    firstSeenAt: seen,
    changedAt: seen,
  };
  const sources: SourceAddress[] = [];
  if (links.huggingface !== null)
    sources.push({ role: 'card', address: links.huggingface, files: [links.huggingface] });
  if (links.paper !== null)
    sources.push({ role: 'paper', address: links.paper, files: [links.paper] });
  if (kind === 'paper') sources.reverse();
  const told = at(post);
  if (told !== null) sources.push({ role: 'post', address: told, files: [told] });
  return { release, sources };
}
