import { Agent } from 'undici';
import { describe, expect, it, vi } from 'vitest';

import { createOpenAIClient } from '../../../bot/connections/openai.ts';
import { sendJson, startServer } from '../../support/loopback-server.ts';
import { startModelServer } from '../../support/model-server.ts';

const key = 'sk-very-secret-0123456789';

describe('the connection to a model server', () => {
  it('goes through the dispatcher that it was given', async () => {
    await using server = await startModelServer({ kind: 'answer', text: 'Да.' });
    await using pool = disposable(new Agent());
    const { dispatcher } = pool;
    const dispatch = vi.spyOn(dispatcher, 'dispatch');
    const client = createOpenAIClient({ baseUrl: server.baseUrl, apiKey: key, dispatcher });
    const completion = await ask(client);
    expect(completion.choices[0]?.message.content).toBe('Да.');
    expect(dispatch).toHaveBeenCalledOnce();
    expect(dispatch.mock.calls[0]?.[0]).toMatchObject({
      method: 'POST',
      path: '/v1/chat/completions',
    });
  });

  it('does not reach around a dispatcher that is closed', async () => {
    await using server = await startModelServer({ kind: 'answer', text: 'Да.' });
    const dispatcher = new Agent();
    await dispatcher.close();
    const client = createOpenAIClient({ baseUrl: server.baseUrl, apiKey: key, dispatcher });
    await expect(ask(client)).rejects.toThrow('Connection error.');
    expect(server.requests).toHaveLength(0);
  });

  it('sends the key, and nothing about the account', async () => {
    await using server = await startModelServer({ kind: 'answer', text: 'Да.' });
    vi.stubEnv('OPENAI_ORG_ID', 'org-of-somebody');
    vi.stubEnv('OPENAI_PROJECT_ID', 'project-of-somebody');
    try {
      await ask(createOpenAIClient({ baseUrl: `${server.baseUrl}/`, apiKey: key }));
    } finally {
      vi.unstubAllEnvs();
    }
    const { headers, path } = await server.request(0);
    expect(path).toBe('/v1/chat/completions');
    expect(headers.authorization).toBe(`Bearer ${key}`);
    expect(headers).not.toHaveProperty('openai-organization');
    expect(headers).not.toHaveProperty('openai-project');
  });

  it.each([null, ''])('sends no authorization without a key', async (apiKey) => {
    await using server = await startModelServer({ kind: 'answer', text: 'Да.' });
    vi.stubEnv('OPENAI_API_KEY', key);
    try {
      await ask(createOpenAIClient({ baseUrl: server.baseUrl, apiKey }));
    } finally {
      vi.unstubAllEnvs();
    }
    expect((await server.request(0)).headers).not.toHaveProperty('authorization');
  });

  it.each([429, 500, 503])('asks once when the server answers HTTP %i', async (status) => {
    await using server = await startModelServer({
      kind: 'status',
      status,
      headers: { 'retry-after': '0' },
    });
    await expect(ask(createOpenAIClient({ baseUrl: server.baseUrl, apiKey: key }))).rejects.toThrow(
      `${status} refused with ${status}`,
    );
    expect(server.requests).toHaveLength(1);
  });

  it('takes the key out of what a server says, and logs nothing', async () => {
    const log = ['error', 'warn', 'info', 'debug', 'log'] as const;
    const spies = log.map((level) => vi.spyOn(console, level));
    await using server = await startServer((_request, response) => {
      sendJson(response, { error: { message: `no such key: ${key}` } }, 401);
    });
    const client = createOpenAIClient({ baseUrl: server.url, apiKey: key });
    const error = await ask(client).catch((error: unknown) => error);
    expect(String(error)).toContain('no such key: [key]');
    expect(JSON.stringify(error)).not.toContain(key);
    for (const spy of spies) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
  });

  it('gives up waiting for an answer after its timeout', async () => {
    await using server = await startModelServer({ kind: 'hang' });
    const client = createOpenAIClient({ baseUrl: server.baseUrl, apiKey: key, timeoutMs: 30 });
    await expect(ask(client)).rejects.toThrow('Request timed out.');
  });

  it('keeps a connection whose server ends the response a little after [DONE]', async () => {
    const sockets = new Set<unknown>();
    await using server = await startServer(async (request, response) => {
      sockets.add(request.socket);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      await new Promise((resolve) => void response.write('data: {}\n\ndata: [DONE]\n\n', resolve));
      for (let turn = 0; turn < 50; turn += 1) {
        await new Promise((resolve) => void setImmediate(resolve));
      }
      response.end();
    });
    // With one connection at most, the second question waits for the end of the first.
    await using pool = disposable(new Agent({ connections: 1 }));
    const { dispatcher } = pool;
    const client = createOpenAIClient({ baseUrl: server.url, apiKey: key, dispatcher });
    for (let turn = 0; turn < 3; turn += 1) {
      const stream = await client.chat.completions.create({
        model: 'm',
        messages: [],
        stream: true,
      });
      await Array.fromAsync(stream);
    }
    expect(server.requests).toHaveLength(3);
    expect(sockets.size).toBe(1);
  });

  it.each<[baseUrl: string, message: string]>([
    ['api.example.org/v1', 'the base address of the model server is not an http or https address'],
    ['file:///etc/passwd', 'the base address of the model server is not an http or https address'],
    [
      'https://me:word@example.org',
      'the base address of the model server holds a user name or password',
    ],
  ])('refuses %s and does not repeat it', (baseUrl, message) => {
    expect(() => createOpenAIClient({ baseUrl, apiKey: key })).toThrow(new TypeError(message));
  });
});

function disposable(dispatcher: Agent): AsyncDisposable & { dispatcher: Agent } {
  return { dispatcher, [Symbol.asyncDispose]: () => dispatcher.destroy() };
}

function ask(client: ReturnType<typeof createOpenAIClient>) {
  return client.chat.completions.create({
    model: 'm',
    messages: [{ role: 'user', content: 'Ты здесь?' }],
  });
}
