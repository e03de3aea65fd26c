import type { PageFetcher } from '../crawl/fetch-page.ts';
import { publicAddress } from './addresses.ts';
import type { ServiceAddresses } from './addresses.ts';
import { createArxiv } from './arxiv.ts';
import { createFeed } from './feed.ts';
import { createGithub } from './github.ts';
import { createHuggingFacePapers } from './hugging-face-papers.ts';
import { createHuggingFaceModels } from './hugging-face.ts';
import { createLane } from './lane.ts';
import type { ReleaseSource } from './release-source.ts';
import { createServiceRequest } from './service-request.ts';
import type { ServiceOptions } from './service-request.ts';
import { createTelegramChannel } from './telegram-channel.ts';

export interface ReleaseSourcesOptions extends ServiceOptions {
  /** Of pages of the web: feeds and channels. */
  fetchPage: PageFetcher['fetchPage'];
  huggingFaceBaseUrl?: string;
  arxivBaseUrl?: string;
  arxivQueries?: readonly string[];
  githubBaseUrl?: string;
  githubToken?: string | null;
  githubRepositories?: readonly string[];
  telegramBaseUrl?: string;
  telegramChannels?: readonly string[];
  feeds?: readonly string[];
  /** arXiv asks for three seconds. */
  arxivGapMs?: number;
}

/** Every source that is set, and where people open what they name. */
export function openReleaseSources({
  fetchPage,
  huggingFaceBaseUrl = 'https://huggingface.co',
  arxivBaseUrl = 'https://export.arxiv.org',
  arxivQueries = [],
  githubBaseUrl = 'https://api.github.com',
  githubToken = null,
  githubRepositories = [],
  telegramBaseUrl = 'https://t.me',
  telegramChannels = [],
  feeds = [],
  arxivGapMs = 3000,
  ...service
}: ReleaseSourcesOptions): { sources: ReleaseSource[]; addresses: ServiceAddresses } {
  const ask = createServiceRequest(service);
  const time = service.now === undefined ? {} : { now: service.now };
  const waiting = service.wait === undefined ? time : { ...time, wait: service.wait };
  const arxivLane = createLane({ gapMs: arxivGapMs, ...waiting });
  const githubLane = createLane({ gapMs: 0, ...waiting });
  const hub = { ask, baseUrl: huggingFaceBaseUrl, arxivUrl: arxivBaseUrl, ...time };
  return {
    sources: [
      createHuggingFaceModels({ list: 'new', ...hub }),
      createHuggingFaceModels({ list: 'trending', pages: 2, ...hub }),
      createHuggingFacePapers({ githubUrl: githubBaseUrl, ...hub }),
      ...arxivQueries.map((query) =>
        createArxiv({ query, ask, lane: arxivLane, baseUrl: arxivBaseUrl, ...time }),
      ),
      ...githubRepositories.map((repository) =>
        createGithub({
          repository,
          ask,
          lane: githubLane,
          token: githubToken,
          baseUrl: githubBaseUrl,
          ...time,
        }),
      ),
      ...feeds.map((address) => createFeed({ address, fetchPage, ...time })),
      ...telegramChannels.map((channel) =>
        createTelegramChannel({ channel, fetchPage, baseUrl: telegramBaseUrl, ...time }),
      ),
    ],
    addresses: {
      huggingface: publicAddress(huggingFaceBaseUrl),
      arxiv: publicAddress(arxivBaseUrl),
      github: publicAddress(githubBaseUrl),
    },
  };
}
