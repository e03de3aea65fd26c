import type { Config } from './config.ts';

/** Whom a question meets on its way, for those who ask what becomes of it. Names and hosts, no keys. */
export interface Services {
  /** What is searched, as a reader may know it. */
  searchEngines: string[];
  /** What writes and checks answers, in the order in which it is asked. */
  models: { name: string; host: string }[];
  /** Null also for a table on this machine: then nobody sees the text. */
  embeddings: { host: string } | null;
  reranker: { host: string } | null;
  /** What reads pages that need a browser. */
  pageReader: { host: string } | null;
}

export function describeServices(config: Config): Services {
  const { search, rerank, crawl } = config;
  const searchEngines: string[] = [];
  if (search.searxngUrl !== null) searchEngines.push(`SearXNG (${hostOf(search.searxngUrl)})`);
  if (search.wikipedia) searchEngines.push(`Wikipedia (${hostOf(search.wikipediaBaseUrl)})`);
  return {
    searchEngines,
    models: describeModels(config),
    embeddings: describeEmbeddings(config),
    reranker: rerank === null ? null : { host: hostOf(rerank.baseUrl) },
    pageReader: crawl.readerBaseUrl === null ? null : { host: hostOf(crawl.readerBaseUrl) },
  };
}

function describeModels({ model, gigachat, verifyModel }: Config): Services['models'] {
  const names = model === null ? [] : [model.name, ...model.fallbacks];
  const found = names.map((name) => ({ name, host: hostOf(model?.baseUrl ?? '') }));
  if (gigachat !== null) found.push({ name: gigachat.model, host: hostOf(gigachat.baseUrl) });
  const home = model?.baseUrl ?? gigachat?.baseUrl;
  if (verifyModel !== null && home !== undefined) {
    const judge = { name: verifyModel, host: hostOf(home) };
    if (!found.some(({ name, host }) => name === judge.name && host === judge.host)) {
      found.push(judge);
    }
  }
  return found;
}

function describeEmbeddings({ embeddings, gigachat }: Config): Services['embeddings'] {
  if (embeddings?.provider === 'openai') return { host: hostOf(embeddings.baseUrl) };
  if (embeddings?.provider === 'gigachat' && gigachat !== null) {
    return { host: hostOf(gigachat.baseUrl) };
  }
  return null;
}

/** Without what else an address may hold, such as a password. `{lang}` becomes `*`. */
function hostOf(address: string): string {
  const url = URL.parse(address.replace('{lang}', 'lang-of-the-wiki'));
  return (url?.host ?? '').replace('lang-of-the-wiki', '*');
}
