import type { Config } from '../config.ts';

import type { GigaChatConnection } from './gigachat.ts';

/**
 * One connection for the chat and for embeddings, which share its token.
 * @throws {GigaChatError} when the file of its certificates cannot serve
 */
export async function openGigaChat({
  gigachat,
}: Pick<Config, 'gigachat'>): Promise<GigaChatConnection | null> {
  if (gigachat === null) return null;
  // The `openai` package behind it takes 40 MB and 150 ms.
  const { connectGigaChat } = await import('./gigachat.ts');
  return connectGigaChat(gigachat);
}
