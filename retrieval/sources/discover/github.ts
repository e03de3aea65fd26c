import { z } from 'zod';

import { PageError } from '../../errors.ts';
import { isGone } from '../is-gone.ts';
import { SourceError } from '../source.ts';
import type { DiscoveredPage, DiscoverPages } from './discover.ts';

export interface GithubDiscoveryOptions {
  githubApiUrl?: string;
  githubRawUrl?: string;
}

/**
 * A repository's README and the documents of its `docs` folder, read as they are written; their
 * addresses are those that a reader opens. https://docs.github.com/rest/git/trees
 */
export function createGithubDiscovery({
  githubApiUrl = 'https://api.github.com',
  githubRawUrl = 'https://raw.githubusercontent.com',
}: GithubDiscoveryOptions = {}): DiscoverPages {
  return async function* discover(
    { address, limits },
    { fetchPage, onExpected, onGap, onNote, signal },
  ): AsyncGenerator<DiscoveredPage> {
    const { origin, owner, name } = repositoryOf(address);
    const tree = await fetchPage(
      `${githubApiUrl}/repos/${owner}/${name}/git/trees/HEAD?recursive=1`,
      { signal },
    );
    const { paths, isCut } = readTree(tree.text, address);
    if (isCut) onNote('its list of files is cut short by GitHub');
    const documents = documentsAmong(paths);
    onExpected(documents.length);
    for (const path of documents.slice(0, limits.pages + 1)) {
      const place = path.split('/').map(encodeURIComponent).join('/');
      const url = `${origin}/${owner}/${name}/blob/HEAD/${place}`;
      try {
        const fetched = await fetchPage(`${githubRawUrl}/${owner}/${name}/HEAD/${place}`, {
          signal,
        });
        yield { url, fetched: { ...fetched, url } };
      } catch (error) {
        if (!(error instanceof PageError) || signal.aborted) throw error;
        onNote(`${path} was left out: ${error.message}`);
        if (!isGone(error)) onGap();
      }
    }
  };
}

/** @throws {SourceError} `not-an-address` */
export function repositoryOf(address: string): { origin: string; owner: string; name: string } {
  const { origin, pathname } = new URL(address);
  const [owner, name] = pathname.split('/').filter((part) => part !== '');
  if (owner === undefined || name === undefined) {
    throw new SourceError('not-an-address', `${address} names no repository`);
  }
  return { origin, owner, name: name.replace(/\.git$/u, '') };
}

/** READMEs first, then `docs` in the order of its names. */
export function documentsAmong(paths: readonly string[]): string[] {
  const texts = paths.filter((path) => /\.(?:mdx?|markdown|rst|txt|adoc)$/iu.test(path));
  const readmes = texts.filter((path) => /^readme\.[a-z]+$/iu.test(path));
  const docs = texts.filter((path) => /^docs?\//iu.test(path)).toSorted();
  return [...readmes, ...docs];
}

const TREE = z.object({
  tree: z.array(z.object({ path: z.string(), type: z.string() })),
  truncated: z.boolean().default(false),
});

function readTree(text: string, address: string): { paths: string[]; isCut: boolean } {
  try {
    const { tree, truncated } = TREE.parse(JSON.parse(text));
    const files = tree.filter(({ type }) => type === 'blob');
    return { paths: files.map(({ path }) => path), isCut: truncated };
  } catch (error) {
    throw new SourceError('broken', `GitHub's list of ${address} cannot be read`, { cause: error });
  }
}
