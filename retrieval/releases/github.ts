import { z } from 'zod';

import { addressesIn, publicAddress } from './addresses.ts';
import { nextPage } from './hugging-face.ts';
import type { Lane } from './lane.ts';
import {
  clean,
  dateOf,
  looseCount,
  looseText,
  looseTexts,
  readItems,
  readJson,
} from './read-items.ts';
import type { Appearance } from './release.ts';
import { ReleaseSourceError, UNCONDITIONAL } from './release-source.ts';
import type { ReleaseSource } from './release-source.ts';
import type { AskService } from './service-request.ts';

export interface GithubOptions {
  /** `acme/model`. */
  repository: string;
  ask: AskService;
  /** Shared by all that ask GitHub, which wants one request at a time. */
  lane: Lane;
  token?: string | null;
  baseUrl?: string;
  pages?: number;
  pageSize?: number;
  now?: () => number;
}

/** Releases of one repository. https://docs.github.com/rest/releases/releases */
export function createGithub({
  repository,
  ask,
  lane,
  token = null,
  baseUrl = 'https://api.github.com',
  pages = 3,
  pageSize = 30,
  now = Date.now,
}: GithubOptions): ReleaseSource {
  const name = `github ${repository}`;
  const headers = {
    'x-github-api-version': '2022-11-28',
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  };
  const accept = 'application/vnd.github+json';
  return {
    name,
    async *collect({ since, signal, conditions, onNote }) {
      const get = (url: string) =>
        lane(signal, () => ask({ name, url, accept, headers, signal, conditions }));
      // Without conditions: what it says belongs to these releases, changed or not.
      const getAnew = () =>
        lane(signal, () =>
          ask({
            name,
            url: `${baseUrl}/repos/${repository}`,
            accept,
            headers,
            signal,
            conditions: UNCONDITIONAL,
          }),
        );
      let url: string | null = `${baseUrl}/repos/${repository}/releases?per_page=${pageSize}`;
      let about: About | null = null;
      for (let page = 1; url !== null && page <= pages; page += 1) {
        const reply = await get(url);
        if (reply === null) return;
        const releases = readItems(readJson(name, reply.body), RELEASE, { name, onNote });
        about ??= await readAbout(name, { get: getAnew, signal, onNote });
        for (const release of releases) {
          if (!release.draft) {
            yield toAppearance(release, repository, about, publicAddress(baseUrl), now());
          }
        }
        const last = dateOf(releases.at(-1)?.published_at, now());
        if (last !== null && last < since) return;
        url = nextPage(reply.headers.get('link'), baseUrl);
      }
    },
  };
}

const RELEASE = z.object({
  id: z.number().nullable().catch(null),
  tag_name: z.string().min(1).max(200),
  name: looseText,
  body: looseText,
  draft: z.boolean().catch(false),
  prerelease: z.boolean().catch(false),
  published_at: looseText,
  created_at: looseText,
});

const ABOUT = z.object({
  full_name: looseText,
  description: looseText,
  homepage: looseText,
  stargazers_count: looseCount,
  topics: looseTexts,
});

type About = z.output<typeof ABOUT>;

/** What it says of itself; where that cannot be read, its releases still count. */
async function readAbout(
  name: string,
  {
    get,
    signal,
    onNote,
  }: {
    get: () => Promise<{ body: string } | null>;
    signal: AbortSignal;
    onNote: (sentence: string) => void;
  },
): Promise<About> {
  try {
    const reply = await get();
    const { data } = ABOUT.safeParse(reply === null ? {} : readJson(name, reply.body));
    if (data !== undefined) return data;
    onNote(`${name}: what it says of itself cannot be read`);
  } catch (error) {
    if (!(error instanceof ReleaseSourceError) || signal.aborted) throw error;
    onNote(error.message);
  }
  return ABOUT.parse({});
}

function toAppearance(
  release: z.output<typeof RELEASE>,
  repository: string,
  about: About,
  publicUrl: string,
  now: number,
): Appearance {
  const [owner = '', project = ''] = (
    /^[\w.-]+\/[\w.-]+$/u.test(about.full_name) ? about.full_name : repository
  ).split('/');
  const tag = encodeURIComponent(release.tag_name);
  const heading = clean(release.name, 200);
  const named = heading === '' ? release.tag_name : heading;
  const title = named.toLowerCase().includes(project.toLowerCase()) ? named : `${project} ${named}`;
  const homepage = URL.canParse(about.homepage) ? [about.homepage] : [];
  return {
    id: `github:${owner}/${project}@${release.tag_name}`,
    service: 'github',
    kind: 'repository',
    url: `${publicUrl}/${owner}/${project}/releases/tag/${tag}`,
    title,
    publisher: owner,
    summary: clean(`${about.description}\n${release.body}`),
    publishedAt: dateOf(
      release.published_at === '' ? release.created_at : release.published_at,
      now,
    ),
    updatedAt: null,
    links: [
      ...new Set([
        `${publicUrl}/${owner}/${project}`,
        ...homepage,
        ...addressesIn(`${about.description} ${release.body.slice(0, 100_000)}`),
      ]),
    ],
    tags: [...about.topics.slice(0, 50), ...(release.prerelease ? ['prerelease'] : [])],
    baseModels: [],
    popularity: {
      downloads: null,
      likes: null,
      upvotes: null,
      stars: about.stargazers_count,
    },
    ...(release.id === null ? {} : { aliases: [`github-release:${release.id}`] }),
  };
}
