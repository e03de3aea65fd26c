import type OpenAI from 'openai';

import { createGigaChatAgent } from '../../retrieval/gigachat/gigachat-agent.ts';
import { createGigaChatFetch } from '../../retrieval/gigachat/gigachat-fetch.ts';
import { createGigaChatTokens } from '../../retrieval/gigachat/gigachat-token.ts';
import { createOpenAIClient } from './openai.ts';

export interface GigaChatConnectionOptions {
  credentials: string;
  scope: string;
  baseUrl: string;
  authUrl: string;
  /** Null where the system trusts its certificates already. */
  caFile: string | null;
}

export interface GigaChatConnection {
  /** For the chat and for embeddings alike: its API speaks OpenAI's language. */
  client: OpenAI;
  close(): Promise<void>;
}

/** @throws {GigaChatError} when the file of certificates cannot serve. */
export function connectGigaChat({
  credentials,
  scope,
  baseUrl,
  authUrl,
  caFile,
}: GigaChatConnectionOptions): GigaChatConnection {
  const dispatcher = createGigaChatAgent({ caFile });
  const tokens = createGigaChatTokens({ credentials, scope, authUrl, dispatcher });
  const fetch = createGigaChatFetch({ tokens, dispatcher });
  return {
    client: createOpenAIClient({ baseUrl, apiKey: null, fetch }),
    close: () => dispatcher.close(),
  };
}
