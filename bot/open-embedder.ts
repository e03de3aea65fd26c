import { join } from 'node:path';

import type OpenAI from 'openai';
import type { Logger } from 'pino';

import { createCachedEmbedder } from '../retrieval/embed/cached-embedder.ts';
import type { Embedder } from '../retrieval/embed/embedder.ts';
import { openEmbeddingCache } from '../retrieval/embed/embedding-cache.ts';
import type { Config } from './config.ts';
import type { GigaChatConnection } from './connections/gigachat.ts';
import type { Health } from './operator/health.ts';
import { observeEmbedder } from './operator/observe.ts';

export interface OpenedEmbedder {
  /** Null: ranking is lexical. */
  embedder: Embedder | null;
  /** The same, which keeps nothing of what it is given: for what has to be forgotten on demand. */
  uncached: Embedder | null;
  close(): Promise<void>;
}

/**
 * The embedder that the settings name; a server's with a cache in the data folder. What each needs
 * is loaded for those alone who have it.
 * @throws {EmbedError} when a folder or a file that the settings name cannot serve
 */
export async function openEmbedder(
  config: Config,
  {
    logger,
    health,
    gigachat,
  }: { logger: Logger; health: Health; gigachat: GigaChatConnection | null },
): Promise<OpenedEmbedder> {
  const { embeddings } = config;
  if (embeddings === null) return { embedder: null, uncached: null, close: async () => {} };
  if (embeddings.provider === 'folder') {
    const { openStaticEmbedder } = await import('../retrieval/embed/static-embedder.ts');
    const table = openStaticEmbedder({ folder: embeddings.folder });
    const embedder = observeEmbedder(table, health);
    return { embedder, uncached: embedder, close: async () => table.close() };
  }
  const client = embeddings.provider === 'openai' ? await connect(embeddings) : gigachat?.client;
  if (client === undefined) throw new TypeError('GigaChat’s embeddings need its credentials');
  const { createOpenAIEmbedder } = await import('../retrieval/embed/openai-embedder.ts');
  const { provider, model, queryInstruction } = embeddings;
  const made = createOpenAIEmbedder({ client, provider, model, queryInstruction });
  const cache = openEmbeddingCache({
    file: join(config.dataDir, 'embeddings.sqlite'),
    onProblem: (sentence, error) => logger.warn({ err: error }, sentence),
  });
  const uncached = observeEmbedder(made, health);
  return {
    // What the cache knows says nothing of the server's health.
    embedder: createCachedEmbedder(uncached, cache),
    uncached,
    close: async () => cache.close(),
  };
}

async function connect(server: { baseUrl: string; apiKey: string | null }): Promise<OpenAI> {
  const { createOpenAIClient } = await import('./connections/openai.ts');
  return createOpenAIClient(server);
}
