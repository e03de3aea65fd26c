import { describe, expect, it } from 'vitest';

import { createOpenAIClient } from '../../../bot/connections/openai.ts';
import { ModelError } from '../../../generation/models/chat-model.ts';
import type { ChatEvent, ChatMessage } from '../../../generation/models/chat-model.ts';
import { createOpenAIModel } from '../../../generation/models/openai-model.ts';
import type { OpenAIModelOptions } from '../../../generation/models/openai-model.ts';
import { describeChatModel } from '../../contracts/chat-model.ts';
import type { ChatPlay } from '../../contracts/chat-model.ts';
import { startModelServer } from '../../support/model-server.ts';
import type { ModelBehaviour, ModelServer } from '../../support/model-server.ts';

const key = 'sk-very-secret-0123456789';

describeChatModel('openai-model', async (play) => {
  const server = await startModelServer(behaviourOf(play));
  return {
    model: modelOf(server),
    received: async () => (await server.request(0)).body.messages as ChatMessage[],
    givenUp: async () => (await server.request(0)).closedEarly,
    [Symbol.asyncDispose]: server.close,
  };
});

describe('what the openai model asks for', () => {
  it('names the model, wants a stream and limits the answer', async () => {
    await using server = await startModelServer({ kind: 'answer', text: 'Да.' });
    await collect(server);
    const { path, headers, body } = await server.request(0);
    expect(path).toBe('/v1/chat/completions');
    expect(headers.authorization).toBe(`Bearer ${key}`);
    expect(body).toEqual({
      model: 'deepseek-chat',
      messages: [{ role: 'user', content: 'Сколько?' }],
      stream: true,
      max_tokens: 100,
      temperature: 0.2,
    });
  });

  it('leaves room for the reasoning of a model that reasons', async () => {
    await using server = await startModelServer({ kind: 'answer', reasoning: ['…'], text: 'Да.' });
    const model = modelOf(server, { model: 'deepseek-r1', contextTokens: 30_000 });
    expect(model.contextTokens).toBe(25_904);
    await collect(server, { model: 'deepseek-r1', contextTokens: 30_000 });
    expect((await server.request(0)).body.max_tokens).toBe(4196);
  });

  it("speaks to OpenAI's reasoning models as they demand", async () => {
    await using server = await startModelServer({ kind: 'answer', text: 'Да.' });
    await collect(server, { model: 'gpt-5-mini' });
    const { body } = await server.request(0);
    expect(body.max_completion_tokens).toBe(100);
    expect(body).not.toHaveProperty('max_tokens');
    expect(body).not.toHaveProperty('temperature');
  });
});

describe('a stream as servers really send it', () => {
  const text = 'Ёж 🦔 весит 1,2 кг [1]. Это — правда.';

  it.each([1, 2, 3, 7])('reads it in writes of %i bytes', async (splitBytes) => {
    await using server = await startModelServer({ kind: 'answer', text, splitBytes });
    expect(textOf(await collect(server))).toBe(text);
  });

  it('reads it with the other line ends', async () => {
    await using server = await startModelServer({ kind: 'answer', text, lineEnd: '\r\n' });
    expect(textOf(await collect(server))).toBe(text);
  });

  it('reads it without [DONE]', async () => {
    await using server = await startModelServer({ kind: 'answer', text, done: false });
    expect((await collect(server)).at(-1)).toEqual({ type: 'finish', reason: 'stop' });
  });

  it('does not wait for the end of the connection once the answer is complete', async () => {
    const finished =
      'data: {"choices":[{"index":0,"delta":{"content":"Да."},"finish_reason":"stop"}]}\n\n';
    await using server = await startModelServer(() => ({
      kind: 'raw',
      body: finished,
      open: true,
    }));
    expect(await collect(server)).toEqual([
      { type: 'text-delta', text: 'Да.' },
      { type: 'finish', reason: 'stop' },
    ]);
  });

  it('drops bytes that are no character', async () => {
    const [before = '', after = ''] =
      'data: {"choices":[{"index":0,"delta":{"content":"Да|."},"finish_reason":"stop"}]}\n\n'.split(
        '|',
      );
    const body = Buffer.concat([
      Buffer.from(before),
      Buffer.from([0xf0, 0x9f]),
      Buffer.from(after),
    ]);
    await using server = await startModelServer({ kind: 'raw', body });
    expect(textOf(await collect(server))).toBe('Да.');
  });

  it('takes chunks of an unknown shape for nothing', async () => {
    const body = [
      ': keep-alive',
      'data: {}',
      'data: {"choices":[]}',
      'data: {"choices":[{"index":0}]}',
      'data: {"choices":[{"index":0,"delta":{"role":"assistant","content":null}}]}',
      'data: {"choices":[{"index":0,"delta":{"content":"Да."}}],"usage":null}',
      'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}',
      'data: {"choices":[],"usage":{"total_tokens":7}}',
      'data: [DONE]',
      '',
    ].join('\n\n');
    await using server = await startModelServer({ kind: 'raw', body });
    expect(await collect(server)).toEqual([
      { type: 'text-delta', text: 'Да.' },
      { type: 'finish', reason: 'stop' },
    ]);
  });

  it('reads a whole completion where no stream was made', async () => {
    const body = '{"choices":[{"index":0,"message":{"content":"Да."},"finish_reason":"length"}]}';
    await using server = await startModelServer({
      kind: 'raw',
      body,
      contentType: 'application/json',
    });
    expect(await collect(server)).toEqual([
      { type: 'text-delta', text: 'Да.' },
      { type: 'finish', reason: 'length' },
    ]);
  });
});

describe('reasoning in the stream', () => {
  const unmarked: ModelBehaviour = {
    kind: 'answer',
    text: ['Let me', ' see.\n</thi', 'nk>\n\n', 'Да', ' [1].'],
  };

  it('holds back what a model known for it puts before the closing tag', async () => {
    await using server = await startModelServer(unmarked);
    const events = await collect(server, { model: 'DeepSeek-R1-Distill-Qwen-7B' });
    expect(textOf(events)).toBe('Да [1].');
  });

  it('streams such a model at once when its server tells reasoning apart', async () => {
    await using server = await startModelServer({
      kind: 'answer',
      reasoning: ['Let me see.'],
      text: ['Да', ' [1].'],
    });
    const events = await collect(server, { model: 'deepseek-reasoner' });
    expect(events).toEqual([
      { type: 'reasoning-delta', text: 'Let me see.' },
      { type: 'text-delta', text: 'Да' },
      { type: 'text-delta', text: ' [1].' },
      { type: 'finish', reason: 'stop' },
    ]);
  });

  it('shows the answer of such a model that did not reason', async () => {
    await using server = await startModelServer({ kind: 'answer', text: ['Да', ' [1].'] });
    expect(textOf(await collect(server, { model: 'qwq-32b' }))).toBe('Да [1].');
  });

  it('shows nothing of such a model that was cut while it reasoned', async () => {
    await using server = await startModelServer({
      kind: 'answer',
      text: ['Let me', ' see.'],
      finishReason: 'length',
    });
    expect(textOf(await collect(server, { model: 'qwq-32b' }))).toBe('');
  });

  it('fails once with an unknown model of that kind, and knows it from then on', async () => {
    await using server = await startModelServer(unmarked);
    const model = modelOf(server, { model: 'house-model' });
    await expect(drain(model)).rejects.toMatchObject({
      message: 'model house-model: wrote its reasoning into its answer',
      retryable: true,
    });
    expect(textOf(await drain(model))).toBe('Да [1].');
  });
});

describe('a model that fails', () => {
  it.each<[status: number, sentence: string, retryable: boolean]>([
    [400, 'the request was not understood (HTTP 400)', false],
    [401, 'the key was refused (HTTP 401)', false],
    [402, 'the balance is empty (HTTP 402)', false],
    [403, 'access was denied (HTTP 403)', false],
    [404, 'there is no such model or address (HTTP 404)', false],
    [418, 'the request was refused (HTTP 418)', false],
    [429, 'too many requests (HTTP 429)', true],
    [500, 'the server failed (HTTP 500)', true],
    [503, 'the server is overloaded (HTTP 503)', true],
  ])('says what HTTP %i means', async (status, sentence, retryable) => {
    await using server = await startModelServer({ kind: 'status', status });
    await expect(collect(server)).rejects.toMatchObject({
      name: 'ModelError',
      message: `model deepseek-chat: ${sentence}`,
      retryable,
    });
  });

  it.each<[what: string, status: number, error: object, fault: string, sentence: string]>([
    ['a key', 401, { message: 'no' }, 'unauthorized', 'the key was refused (HTTP 401)'],
    [
      'a wrong key',
      400,
      { message: 'API key not valid.' },
      'unauthorized',
      'the key was refused (HTTP 400)',
    ],
    ['a right', 403, { message: 'Forbidden' }, 'unauthorized', 'access was denied (HTTP 403)'],
    [
      'money',
      402,
      { message: 'Insufficient Balance' },
      'payment-required',
      'the balance is empty (HTTP 402)',
    ],
    [
      'money (OpenAI)',
      429,
      { message: 'You exceeded your current quota.', code: 'insufficient_quota' },
      'payment-required',
      'the balance is empty (HTTP 429)',
    ],
    [
      'money (OpenRouter)',
      403,
      { message: 'Insufficient credits' },
      'payment-required',
      'the balance is empty (HTTP 403)',
    ],
    [
      'a shorter prompt',
      413,
      { message: 'no' },
      'prompt-too-long',
      'the prompt is too long for it (HTTP 413)',
    ],
    ['patience', 429, { message: 'Slow down' }, 'unavailable', 'too many requests (HTTP 429)'],
    [
      'repair',
      500,
      { message: 'api key store is down' },
      'unavailable',
      'the server failed (HTTP 500)',
    ],
    [
      'another model',
      404,
      { message: 'no such model' },
      'unavailable',
      'there is no such model or address (HTTP 404)',
    ],
  ])('knows that it wants %s', async (_what, status, error, fault, sentence) => {
    await using server = await startModelServer({ kind: 'status', status, body: { error } });
    await expect(collect(server)).rejects.toMatchObject({
      message: `model deepseek-chat: ${sentence}`,
      fault,
    });
  });

  it('tells a prompt that is too long from other bad requests', async () => {
    const body = { error: { message: "This model's maximum context length is 4096 tokens." } };
    await using server = await startModelServer({ kind: 'status', status: 400, body });
    await expect(collect(server)).rejects.toThrow('the prompt is too long for it (HTTP 400)');
  });

  it.each<[fault: string, behaviour: ModelBehaviour, sentence: string, retryable: boolean]>([
    [
      'a web page',
      { kind: 'html' },
      'answered with a web page: the base address may be wrong',
      false,
    ],
    [
      'some other JSON',
      { kind: 'raw', body: '{"detail":"hello"}', contentType: 'application/json' },
      'answered with something else than a completion',
      false,
    ],
    [
      'a cut connection',
      { kind: 'answer', text: 'Half an', thenFault: 'cut' },
      'the connection was cut',
      true,
    ],
    [
      'an end without a finish',
      { kind: 'answer', text: 'Half', finishReason: null },
      'the connection was cut',
      true,
    ],
    ['an empty stream', { kind: 'raw', body: '' }, 'the connection was cut', true],
    [
      'an error in the stream',
      { kind: 'answer', text: 'Half', thenFault: 'error-object' },
      'reported an error in the middle of its answer',
      true,
    ],
    [
      'broken JSON in the stream',
      { kind: 'answer', text: 'Half', thenFault: 'bad-json' },
      'sent a part of its answer that is not JSON',
      true,
    ],
    [
      'an answer that the server could not finish',
      { kind: 'answer', text: 'Half', finishReason: 'insufficient_system_resource' },
      'broke its answer off',
      true,
    ],
  ])('says so of %s', async (_fault, behaviour, sentence, retryable) => {
    await using server = await startModelServer(behaviour);
    await expect(collect(server)).rejects.toMatchObject({
      name: 'ModelError',
      message: `model deepseek-chat: ${sentence}`,
      retryable,
    });
  });

  it('says so of a server that is not there', async () => {
    const server = await startModelServer({ kind: 'hang' });
    await server.close();
    await expect(collect(server)).rejects.toMatchObject({
      message: 'model deepseek-chat: the connection was refused',
      retryable: true,
    });
  });

  it('says so of a host that does not exist', async () => {
    const client = createOpenAIClient({ baseUrl: 'http://model.invalid/v1', apiKey: key });
    const model = createOpenAIModel({ client, model: 'm', contextTokens: 4096 });
    await expect(drain(model)).rejects.toThrow('model m: the host was not found');
  });

  it('keeps what the server said for the log, without the key that it repeats', async () => {
    const body = {
      error: { message: `Incorrect API key provided: ${key}.`, code: 'invalid_api_key' },
    };
    await using server = await startModelServer({ kind: 'status', status: 401, body });
    const error = await collect(server).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(ModelError);
    expect(String((error as ModelError).cause)).toContain('Incorrect API key provided: [key].');
    expect(everythingIn(error)).not.toContain(key);
  });

  it('leaves the key out of an error in the stream', async () => {
    const body = `data: {"error":{"message":"bad key ${key}"}}\n\n`;
    await using server = await startModelServer({ kind: 'raw', body });
    const error = await collect(server).catch((error: unknown) => error);
    expect(String((error as ModelError).cause)).toContain('bad key [key]');
    expect(everythingIn(error)).not.toContain(key);
  });
});

describe('deadlines', () => {
  it('gives a server up that never answers', async () => {
    await using server = await startModelServer({ kind: 'hang' });
    await expect(collect(server, { deadlines: { firstTokenMs: 30 } })).rejects.toMatchObject({
      message: 'model deepseek-chat: did not answer in 30 ms',
      retryable: true,
    });
    await (
      await server.request(0)
    ).closedEarly;
  });

  it('gives a server up that opens the stream and sends no token', async () => {
    await using server = await startModelServer({ kind: 'answer', thenFault: 'hang' });
    await expect(collect(server, { deadlines: { firstTokenMs: 30 } })).rejects.toThrow(
      'did not answer in 30 ms',
    );
    await (
      await server.request(0)
    ).closedEarly;
  });

  it('gives a server up that stalls after some tokens', async () => {
    await using server = await startModelServer({
      kind: 'answer',
      text: 'Half',
      thenFault: 'hang',
    });
    await expect(collect(server, { deadlines: { stallMs: 30 } })).rejects.toThrow(
      'stopped answering for 30 ms',
    );
    await (
      await server.request(0)
    ).closedEarly;
  });

  it('gives a server up that goes on for ever', async () => {
    const text = Array.from({ length: 10_000 }, () => ' word');
    await using server = await startModelServer({ kind: 'answer', text, tokensPerSecond: 200 });
    await expect(
      collect(server, { deadlines: { totalMs: 60, stallMs: 50, firstTokenMs: 50 } }),
    ).rejects.toThrow('did not finish in 60 ms');
    await (
      await server.request(0)
    ).closedEarly;
  });

  it('gives a server up that refuses and never ends its refusal', async () => {
    await using server = await startModelServer({
      kind: 'raw',
      body: 'x',
      open: true,
      status: 500,
    });
    await expect(collect(server, { deadlines: { firstTokenMs: 30 } })).rejects.toThrow(
      'did not answer in 30 ms',
    );
  });
});

describe('a second try', () => {
  const good: ModelBehaviour = { kind: 'answer', text: 'Да.' };

  it.each([500, 502, 503])('follows HTTP %i once', async (status) => {
    await using server = await startModelServer(({ index }) =>
      index === 0 ? { kind: 'status', status } : good,
    );
    expect(textOf(await collect(server))).toBe('Да.');
    expect(server.requests).toHaveLength(2);
  });

  it('follows too many requests when the server names a short wait', async () => {
    await using server = await startModelServer(({ index }) =>
      index === 0 ? { kind: 'status', status: 429, headers: { 'retry-after': '0' } } : good,
    );
    expect(textOf(await collect(server))).toBe('Да.');
  });

  it('follows a connection that broke before the answer began', async () => {
    await using server = await startModelServer(({ index }) =>
      index === 0 ? { kind: 'reset' } : good,
    );
    expect(textOf(await collect(server))).toBe('Да.');
    expect(server.requests).toHaveLength(2);
  });

  it.each<[what: string, behaviour: ModelBehaviour]>([
    ['a bad request', { kind: 'status', status: 400 }],
    ['a refused key', { kind: 'status', status: 401 }],
    ['an empty balance', { kind: 'status', status: 402 }],
    ['denied access', { kind: 'status', status: 403 }],
    ['an unknown model', { kind: 'status', status: 404 }],
    ['too many requests without a wait', { kind: 'status', status: 429 }],
    ['a long wait', { kind: 'status', status: 429, headers: { 'retry-after': '60' } }],
    [
      'a long wait after a failure',
      { kind: 'status', status: 503, headers: { 'retry-after': '60' } },
    ],
    ['a stream that broke', { kind: 'answer', text: 'Half', thenFault: 'cut' }],
    ['a stream that failed before its first token', { kind: 'answer', thenFault: 'error-object' }],
  ])('does not follow %s', async (_what, behaviour) => {
    await using server = await startModelServer(behaviour);
    await expect(collect(server)).rejects.toThrow(ModelError);
    expect(server.requests).toHaveLength(1);
  });

  it('is the last', async () => {
    await using server = await startModelServer({ kind: 'status', status: 500 });
    await expect(collect(server)).rejects.toThrow('the server failed (HTTP 500)');
    expect(server.requests).toHaveLength(2);
  });

  it('is not made when the wait would pass the deadline', async () => {
    await using server = await startModelServer({
      kind: 'status',
      status: 429,
      headers: { 'retry-after': '2' },
    });
    await expect(collect(server, { deadlines: { firstTokenMs: 1500 } })).rejects.toThrow(
      'too many requests (HTTP 429)',
    );
    expect(server.requests).toHaveLength(1);
  });

  it('is not made when the caller gives up while it waits', async () => {
    await using server = await startModelServer({ kind: 'status', status: 500 });
    const controller = new AbortController();
    const reason = new Error('stop pressed');
    const model = modelOf(server, { retry: { pauseMs: 10_000 } });
    const answer = drain(model, controller.signal);
    await server.request(0);
    controller.abort(reason);
    await expect(answer).rejects.toBe(reason);
    expect(server.requests).toHaveLength(1);
  });
});

function modelOf(server: ModelServer, options: Partial<OpenAIModelOptions> = {}) {
  return createOpenAIModel({
    client: createOpenAIClient({ baseUrl: server.baseUrl, apiKey: key }),
    model: 'deepseek-chat',
    contextTokens: 32_000,
    retry: { pauseMs: 1 },
    ...options,
  });
}

function collect(
  server: ModelServer,
  options: Partial<OpenAIModelOptions> = {},
): Promise<ChatEvent[]> {
  return drain(modelOf(server, options));
}

async function drain(
  model: ReturnType<typeof createOpenAIModel>,
  signal = new AbortController().signal,
): Promise<ChatEvent[]> {
  const events: ChatEvent[] = [];
  const messages: ChatMessage[] = [{ role: 'user', content: 'Сколько?' }];
  for await (const event of model.stream(messages, { signal, maxOutputTokens: 100 })) {
    events.push(event);
  }
  return events;
}

function textOf(events: readonly ChatEvent[]): string {
  return events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('');
}

function everythingIn(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return [
    error.message,
    error.stack,
    JSON.stringify(error, Object.getOwnPropertyNames(error)),
    everythingIn(error.cause),
  ].join('\n');
}

function behaviourOf({ reasoning = [], text = [], end }: ChatPlay): ModelBehaviour {
  switch (end) {
    case 'refuse':
      return { kind: 'status', status: 401 };
    case 'hang':
      return { kind: 'answer', reasoning, text, thenFault: 'hang' };
    case 'break':
      return { kind: 'answer', reasoning, text, thenFault: 'cut' };
    default:
      return {
        kind: 'answer',
        reasoning,
        text,
        finishReason: end === 'content-filter' ? 'content_filter' : end,
      };
  }
}
