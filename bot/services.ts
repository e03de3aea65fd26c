import type { Config } from './config.ts';

/** Whom a question meets on its way, for those who ask what becomes of it. Names and hosts, no keys. */
export interface Services {
  /** What is searched, as a reader may know it. */
  searchEngines: string[];
  model: { name: string; host: string } | null;
  embeddings: { host: string } | null;
}

export function describeServices({ search, model, embeddings }: Config): Services {
  const searchEngines: string[] = [];
  if (search.searxngUrl !== null) searchEngines.push(`SearXNG (${hostOf(search.searxngUrl)})`);
  if (search.wikipedia) searchEngines.push(`Wikipedia (${hostOf(search.wikipediaBaseUrl)})`);
  return {
    searchEngines,
    model: model === null ? null : { name: model.name, host: hostOf(model.baseUrl) },
    embeddings: embeddings === null ? null : { host: hostOf(embeddings.baseUrl) },
  };
}

/** Without what else an address may hold, such as a password. `{lang}` becomes `*`. */
function hostOf(address: string): string {
  const url = URL.parse(address.replace('{lang}', 'lang-of-the-wiki'));
  return (url?.host ?? '').replace('lang-of-the-wiki', '*');
}
