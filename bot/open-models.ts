import type OpenAI from 'openai';

import type { ChatModel } from '../generation/models/chat-model.ts';
import { createGigaChatModel } from '../generation/models/gigachat-model.ts';
import { createModelChain } from '../generation/models/model-chain.ts';
import { createOpenAIModel } from '../generation/models/openai-model.ts';
import type { Config } from './config.ts';
import type { GigaChatConnection } from './connections/gigachat.ts';
import type { Health } from './operator/health.ts';
import { observeModel } from './operator/observe.ts';

export interface OpenedModels {
  /** What writes: the models of the settings, one after the other. Null: there is none. */
  chat: ChatModel | null;
  /** The same for small questions on the side, whose failures nobody is told of. */
  aside: ChatModel | null;
  /** What gives a second opinion on claims; null: nobody is asked. */
  verify: ChatModel | null;
}

/**
 * The chat models that the settings name. What each needs is loaded for those alone who have it: the
 * `openai` package takes 40 MB and 150 ms.
 */
export async function openModels(
  config: Config,
  { health, gigachat: sber }: { health: Health; gigachat: GigaChatConnection | null },
): Promise<OpenedModels> {
  const { model, gigachat, verifyModel } = config;
  const server = model === null ? null : await connectServer(model);
  const names = model === null ? [] : [model.name, ...model.fallbacks];
  const hasNext = names.length + (sber === null ? 0 : 1) > 1;
  const { contextTokens } = config;
  // Whoever has another to ask does not wait as long.
  const deadlines = hasNext ? { firstTokenMs: 10_000 } : {};
  const models: ChatModel[] = [];
  for (const name of names) {
    if (server !== null) {
      models.push(createOpenAIModel({ client: server, model: name, contextTokens, deadlines }));
    }
  }
  if (sber !== null && gigachat !== null) {
    const { client } = sber;
    models.push(createGigaChatModel({ client, model: gigachat.model, contextTokens, deadlines }));
  }
  const aside = models.length === 0 ? null : createModelChain({ models });
  return {
    chat: aside === null ? null : observeModel(aside, health),
    aside,
    verify:
      verifyModel === null
        ? null
        : judgeOn(server ?? sber?.client ?? null, { model: verifyModel, contextTokens }),
  };
}

/** Its deadline is the judging's own. */
function judgeOn(
  client: OpenAI | null,
  { model, contextTokens }: { model: string; contextTokens: number },
): ChatModel | null {
  return client === null
    ? null
    : createOpenAIModel({ client, model, contextTokens, temperature: 0 });
}

async function connectServer({ baseUrl, apiKey }: NonNullable<Config['model']>): Promise<OpenAI> {
  const { createOpenAIClient } = await import('./connections/openai.ts');
  return createOpenAIClient({ baseUrl, apiKey });
}
