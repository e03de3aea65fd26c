import type { IncomingMessage, ServerResponse } from 'node:http';

import { readBody, sendJson, startServer } from './loopback-server.ts';

export interface TokenRequest {
  authorization: string | undefined;
  rqUid: string | undefined;
  body: string;
}

export interface GigaChatServer extends AsyncDisposable {
  readonly authUrl: string;
  /** `http://127.0.0.1:4711/api/v1`. */
  readonly baseUrl: string;
  readonly tokenRequests: readonly TokenRequest[];
  /** The `authorization` of each request to the API, in order. */
  readonly authorizations: readonly (string | undefined)[];
  /** From now on these tokens alone are accepted; null: all. */
  accepted: ReadonlySet<string> | null;
}

/** Tokens `token-1`, `token-2` … and an API that checks them, as GigaChat has them. */
export async function startGigaChatServer({
  giveToken = (at, response) =>
    sendJson(response, { access_token: `token-${at}`, expires_at: 1_800_000 }),
  answer = (_request, response) => sendJson(response, { data: [] }),
}: {
  giveToken?: (at: number, response: ServerResponse) => void | Promise<void>;
  answer?: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;
} = {}): Promise<GigaChatServer> {
  const tokenRequests: TokenRequest[] = [];
  const authorizations: (string | undefined)[] = [];
  const state: { accepted: ReadonlySet<string> | null } = { accepted: null };
  const server = await startServer(async (request, response) => {
    const { authorization } = request.headers;
    if (request.url === '/oauth') {
      const rqUid = request.headers['rquid'];
      tokenRequests.push({ authorization, rqUid: String(rqUid), body: await readBody(request) });
      await giveToken(tokenRequests.length, response);
      return;
    }
    authorizations.push(authorization);
    const token = authorization?.replace('Bearer ', '') ?? '';
    if (state.accepted !== null && !state.accepted.has(token)) {
      sendJson(response, { status: 401, message: `Token ${token} has expired` }, 401);
    } else {
      await answer(request, response);
    }
  });
  return {
    authUrl: `${server.url}/oauth`,
    baseUrl: `${server.url}/api/v1`,
    tokenRequests,
    authorizations,
    get accepted() {
      return state.accepted;
    },
    set accepted(tokens) {
      state.accepted = tokens;
    },
    [Symbol.asyncDispose]: server.close,
  };
}
