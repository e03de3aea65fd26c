import { describe, expect, it } from 'vitest';

import { createOpenAIClient } from '../../../bot/connections/openai.ts';
import { ModelError } from '../../../generation/models/chat-model.ts';
import type { ChatEvent } from '../../../generation/models/chat-model.ts';
import { createGigaChatModel } from '../../../generation/models/gigachat-model.ts';
import { createOpenAIModel } from '../../../generation/models/openai-model.ts';
import { startModelServer } from '../../support/model-server.ts';
import type { ModelBehaviour } from '../../support/model-server.ts';
import { eventStream, recordedResponses } from '../../support/recorded-response.ts';
import type { EventStreamOptions, RecordedResponse } from '../../support/recorded-response.ts';

const ways: [string, EventStreamOptions & { splitBytes?: number }][] = [
  ['as it is', {}],
  ['byte by byte', { splitBytes: 1 }],
  ['in parts of seven bytes', { splitBytes: 7 }],
  ['with the other line ends', { lineEnd: '\r\n', splitBytes: 11 }],
  ['with comments between', { comments: true }],
  ['without [DONE]', { done: false }],
];

describe('a response in the shape that documentation shows', () => {
  it('comes from every server that is promised', () => {
    expect(recordedResponses.map(({ name }) => name)).toEqual([
      'deepseek-out-of-resources',
      'deepseek-r1',
      'deepseek-v3',
      'gigachat-blacklist',
      'gigachat-error',
      'gigachat-length',
      'gigachat',
      'llama-cpp-eaglex',
      'llama-cpp-end-mark',
      'llama-cpp-no-opening-tag',
      'llama-cpp-smallthinker',
      'ollama-reasoning',
      'ollama',
      'vllm-reasoning',
      'vllm-without-parser',
    ]);
    for (const { documentation } of recordedResponses) expect(documentation).toMatch(/^https:/u);
  });

  describe.each(recordedResponses)('$name', (recorded) => {
    it.each(ways)('is read %s', async (_way, { splitBytes, ...options }) => {
      const body = eventStream(recorded.chunks, options);
      const heard = await hear(recorded, {
        kind: 'raw',
        body,
        ...(splitBytes === undefined ? {} : { splitBytes }),
      });
      expect(heard).toEqual({
        text: recorded.text,
        reasoning: recorded.reasoning,
        end: recorded.finish ?? recorded.error,
      });
    });

    it('is an error when the connection ends before the answer', async () => {
      const withoutFinish = beginning(recorded);
      const { end, text } = await hear(recorded, {
        kind: 'raw',
        body: eventStream(withoutFinish, { done: false }),
      });
      expect(end).toBe(`model ${recorded.model}: the connection was cut`);
      expect(recorded.text.startsWith(text)).toBe(true);
    });

    it('is an error when the server reports one half-way', async () => {
      const body = eventStream([
        ...beginning(recorded),
        { error: { message: 'out of memory at 10.0.0.7', type: 'server_error', code: 500 } },
      ]);
      const { end } = await hear(recorded, { kind: 'raw', body });
      expect(end).toBe(`model ${recorded.model}: reported an error in the middle of its answer`);
    });
  });
});

/** The first chunk or two, without what ends the answer. */
function beginning({ chunks }: RecordedResponse): object[] {
  return chunks.slice(0, Math.min(2, chunks.length - 1));
}

async function hear(
  { model: name }: RecordedResponse,
  behaviour: ModelBehaviour,
): Promise<{ text: string; reasoning: string; end: string }> {
  await using server = await startModelServer(behaviour);
  const client = createOpenAIClient({ baseUrl: server.baseUrl, apiKey: null });
  const options = { client, model: name, contextTokens: 8192 };
  const model = name.startsWith('GigaChat')
    ? createGigaChatModel(options)
    : createOpenAIModel(options);
  const { signal } = new AbortController();
  const heard = { text: '', reasoning: '', end: '' };
  const take = (event: ChatEvent): void => {
    if (event.type === 'text-delta') heard.text += event.text;
    if (event.type === 'reasoning-delta') heard.reasoning += event.text;
    if (event.type === 'finish') heard.end = event.reason;
  };
  try {
    const messages = [{ role: 'user' as const, content: 'Какова длина Волги?' }];
    for await (const event of model.stream(messages, { signal, maxOutputTokens: 200 })) take(event);
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    heard.end = error.message;
  }
  return heard;
}
