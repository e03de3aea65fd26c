import { z } from 'zod';

import { addressesIn, paperNumber, publicAddress, thingAt } from './addresses.ts';
import { clean, dateOf, looseCount, looseText, readItems, readJson } from './read-items.ts';
import type { Appearance } from './release.ts';
import type { ReleaseSource } from './release-source.ts';
import type { AskService } from './service-request.ts';

export interface HuggingFacePapersOptions {
  ask: AskService;
  baseUrl?: string;
  arxivUrl?: string;
  githubUrl?: string;
  limit?: number;
  now?: () => number;
}

/** Papers that people of the Hugging Face Hub put before others each day. */
export function createHuggingFacePapers({
  ask,
  baseUrl = 'https://huggingface.co',
  arxivUrl = 'https://arxiv.org',
  githubUrl = 'https://github.com',
  limit = 100,
  now = Date.now,
}: HuggingFacePapersOptions): ReleaseSource {
  const name = 'huggingface papers';
  const addresses = {
    huggingface: publicAddress(baseUrl),
    arxiv: publicAddress(arxivUrl),
    github: publicAddress(githubUrl),
  };
  return {
    name,
    async *collect({ signal, conditions, onNote }) {
      const url = `${baseUrl}/api/daily_papers?limit=${limit}`;
      const reply = await ask({ name, url, accept: 'application/json', signal, conditions });
      if (reply === null) return;
      for (const item of readItems(readJson(name, reply.body), ITEM, { name, onNote })) {
        yield toAppearance(item, addresses, now());
      }
    },
  };
}

const ITEM = z.object({
  title: looseText,
  paper: z.object({
    id: z.string().regex(/^[\w./-]{3,60}$/u),
    title: looseText,
    summary: looseText,
    publishedAt: looseText,
    submittedOnDailyAt: looseText,
    upvotes: looseCount,
    githubRepo: looseText,
    githubStars: looseCount,
    projectPage: looseText,
    organization: z.object({ name: looseText, fullname: looseText }).nullable().catch(null),
  }),
});

function toAppearance(
  { title, paper }: z.output<typeof ITEM>,
  addresses: { huggingface: string; arxiv: string; github: string },
  now: number,
): Appearance {
  const number = paperNumber(paper.id);
  const named = [paper.githubRepo, paper.projectPage, ...addressesIn(paper.summary)].filter(
    (address) => /^https?:\/\//u.test(address) && URL.canParse(address),
  );
  const publisher = paper.organization?.name ?? '';
  return {
    id: `huggingface:papers/${number}`,
    service: 'huggingface',
    kind: 'paper',
    url: `${addresses.huggingface}/papers/${number}`,
    title: clean(paper.title === '' ? title : paper.title, 400),
    publisher: publisher === '' ? null : publisher,
    summary: clean(paper.summary),
    publishedAt: dateOf(paper.publishedAt, now),
    updatedAt: dateOf(paper.submittedOnDailyAt, now),
    links: [...new Set([`${addresses.arxiv}/abs/${number}`, ...named])],
    // Its own repository, not one that it only speaks of.
    tags: thingAt(paper.githubRepo, addresses) === null ? [] : ['own-code'],
    baseModels: [],
    popularity: {
      downloads: null,
      likes: null,
      upvotes: paper.upvotes,
      stars: paper.githubStars,
    },
  };
}
