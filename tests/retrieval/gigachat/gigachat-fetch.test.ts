import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { once } from 'node:events';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { connectGigaChat } from '../../../bot/connections/gigachat.ts';
import { createGigaChatAgent } from '../../../retrieval/gigachat/gigachat-agent.ts';
import { createGigaChatFetch } from '../../../retrieval/gigachat/gigachat-fetch.ts';
import { createGigaChatTokens } from '../../../retrieval/gigachat/gigachat-token.ts';
import { startGigaChatServer } from '../../support/gigachat-server.ts';
import type { GigaChatServer } from '../../support/gigachat-server.ts';
import { readBody, sendJson } from '../../support/loopback-server.ts';
import { selfSignedCertificate } from '../../support/self-signed-certificate.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const credentials = 'aWQ6dmVyeS1zZWNyZXQ=';

function fetchOf({ authUrl }: GigaChatServer) {
  const scope = 'GIGACHAT_API_PERS';
  return createGigaChatFetch({
    tokens: createGigaChatTokens({ credentials, scope, authUrl, now: () => 0 }),
  });
}

describe('a request to GigaChat', () => {
  it('carries the token, and nothing that was there before', async () => {
    await using server = await startGigaChatServer();
    const response = await fetchOf(server)(`${server.baseUrl}/models`, {
      headers: { authorization: 'Bearer none' },
    });
    expect(response.status).toBe(200);
    expect(server.authorizations).toEqual(['Bearer token-1']);
  });

  it('is sent again, whole, with another token when the first one ended early', async () => {
    const bodies: string[] = [];
    await using server = await startGigaChatServer({
      answer: async (request, response) => {
        bodies.push(await readBody(request));
        sendJson(response, {});
      },
    });
    const fetch = fetchOf(server);
    await fetch(server.baseUrl, { method: 'POST', body: 'one' });
    server.accepted = new Set(['token-2']);
    const response = await fetch(server.baseUrl, { method: 'POST', body: 'two' });
    expect(response.status).toBe(200);
    expect(bodies).toEqual(['one', 'two']);
    expect(server.authorizations).toEqual(['Bearer token-1', 'Bearer token-1', 'Bearer token-2']);
  });

  it('is refused after the second token, and does not repeat it', async () => {
    await using server = await startGigaChatServer();
    server.accepted = new Set();
    const response = await fetchOf(server)(server.baseUrl);
    expect(response.status).toBe(401);
    expect(await response.text()).toBe('{"status":401,"message":"Token [token] has expired"}');
    expect(server.authorizations).toHaveLength(2);
    expect(server.tokenRequests).toHaveLength(2);
  });

  it('renews the token once for many requests that were refused together', async () => {
    await using server = await startGigaChatServer();
    const fetch = fetchOf(server);
    await fetch(server.baseUrl);
    server.accepted = new Set(['token-2']);
    const responses = await Promise.all(Array.from({ length: 10 }, () => fetch(server.baseUrl)));
    expect(responses.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(server.tokenRequests).toHaveLength(2);
  });

  it('is answered with 401 when the credentials are refused', async () => {
    await using server = await startGigaChatServer({
      giveToken: (_at, response) => sendJson(response, {}, 400),
    });
    const response = await fetchOf(server)(server.baseUrl);
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({
      error: { message: 'gigachat: the credentials or their scope were refused (HTTP 400)' },
    });
    expect(server.authorizations).toEqual([]);
  });

  it('goes through the openai package', async () => {
    await using server = await startGigaChatServer({
      answer: (_request, response) =>
        sendJson(response, { data: [{ index: 0, embedding: [0, 1] }] }),
    });
    const { authUrl, baseUrl } = server;
    const scope = 'GIGACHAT_API_PERS';
    const connection = connectGigaChat({ credentials, scope, authUrl, baseUrl, caFile: null });
    const answer = await connection.client.embeddings.create({
      model: 'Embeddings',
      input: ['a'],
      encoding_format: 'float',
    });
    expect(answer.data[0]?.embedding).toEqual([0, 1]);
    expect(server.authorizations).toEqual(['Bearer token-1']);
    await connection.close();
  });
});

describe('certificates', () => {
  it('are trusted when their authority stands in the file, and never otherwise', async () => {
    await using folder = await temporaryFolder();
    const { key, cert } = selfSignedCertificate({ host: 'localhost' });
    const caFile = join(folder.path, 'ca.pem');
    await writeFile(caFile, cert);
    const server = createServer({ key, cert }, (_request, response) => {
      sendJson(response, { access_token: 'over-tls', expires_at: 9e15 });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : null;
    const tokensWith = (file: string | null) => {
      const dispatcher = createGigaChatAgent({ caFile: file });
      const authUrl = `https://localhost:${port}/oauth`;
      return createGigaChatTokens({ credentials, scope: 'GIGACHAT_API_B2B', authUrl, dispatcher });
    };
    const { signal } = new AbortController();
    try {
      await expect(tokensWith(null).token({ signal })).rejects.toThrow(
        `gigachat: the certificate of localhost:${port} is not trusted: GIGACHAT_CA_FILE names the file of its authority`,
      );
      expect(await tokensWith(caFile).token({ signal })).toBe('over-tls');
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });

  it('must be there and be certificates', async () => {
    await using folder = await temporaryFolder();
    const missing = join(folder.path, 'missing.pem');
    expect(() => createGigaChatAgent({ caFile: missing })).toThrow(
      `gigachat: the file of GIGACHAT_CA_FILE, ${missing}, cannot be read`,
    );
    const wrong = join(folder.path, 'wrong.pem');
    await writeFile(wrong, 'hello');
    expect(() => createGigaChatAgent({ caFile: wrong })).toThrow(
      `gigachat: the file of GIGACHAT_CA_FILE, ${wrong}, holds no certificate in PEM form`,
    );
  });
});
