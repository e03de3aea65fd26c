import type { ServerResponse } from 'node:http';

import { hashedVector } from './hashed-embedder.ts';
import { readBody, sendJson, startServer } from './loopback-server.ts';

export interface EmbeddingsRequest {
  model: string;
  input: string[];
  encoding_format?: string;
}

export interface EmbeddingsServer extends AsyncDisposable {
  /** `http://127.0.0.1:4711/v1`. */
  readonly baseUrl: string;
  /** Bodies of all requests in order. */
  readonly requests: readonly EmbeddingsRequest[];
}

/** OpenAI's `/embeddings` on loopback: by hashed words, or however it is told to misbehave. */
export async function startEmbeddingsServer(
  answer: (request: EmbeddingsRequest, response: ServerResponse) => void = answerWell,
): Promise<EmbeddingsServer> {
  const requests: EmbeddingsRequest[] = [];
  const server = await startServer(async (request, response) => {
    const body = JSON.parse(await readBody(request)) as EmbeddingsRequest;
    requests.push(body);
    answer(body, response);
  });
  return {
    baseUrl: `${server.url}/v1`,
    requests,
    [Symbol.asyncDispose]: server.close,
  };
}

function answerWell({ input }: EmbeddingsRequest, response: ServerResponse): void {
  sendVectors(
    response,
    input.map((text) => [...hashedVector(text, 64)].map((value) => value * 3)),
  );
}

/** Vectors as OpenAI's server sends them. */
export function sendVectors(response: ServerResponse, vectors: readonly unknown[]): void {
  const data = vectors.map((embedding, index) => ({ object: 'embedding', index, embedding }));
  sendJson(response, { object: 'list', model: 'stub', data });
}
