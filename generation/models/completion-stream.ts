import type { ChatCompletionChunk } from 'openai/resources/chat/completions';

import { NotAStreamError } from './model-failure.ts';

/** What one chunk of a completion adds. */
export interface CompletionPiece {
  content: string;
  reasoning: string;
  /** As the server wrote it, in the chunk that ends the answer. */
  finishReason: string | null;
}

/**
 * A completion as pieces, whatever the server made of the wish for a stream: server-sent events, or
 * the whole completion as one JSON object. @throws {NotAStreamError} when it is a web page.
 */
export function readCompletion(
  chunks: AsyncIterable<ChatCompletionChunk>,
  response: Response,
): AsyncIterable<CompletionPiece> {
  const type = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === 'text/html') {
    void response.body?.cancel().catch(() => {});
    throw new NotAStreamError('answered with a web page: the base address may be wrong');
  }
  return type === 'application/json' ? wholeCompletion(response) : chunkPieces(chunks);
}

async function* chunkPieces(
  chunks: AsyncIterable<ChatCompletionChunk>,
): AsyncGenerator<CompletionPiece> {
  for await (const chunk of chunks) {
    const piece = pieceOf(chunk, 'delta');
    if (piece !== null) yield piece;
  }
}

async function* wholeCompletion(response: Response): AsyncGenerator<CompletionPiece> {
  const body: unknown = JSON.parse(await response.text());
  const piece = pieceOf(body, 'message');
  if (piece === null) throw new NotAStreamError('answered with something else than a completion');
  yield piece;
}

/** Servers differ from the types: anything may be missing, null or of another kind. */
function pieceOf(chunk: unknown, part: 'delta' | 'message'): CompletionPiece | null {
  const choices = field(chunk, 'choices');
  const choice: unknown = Array.isArray(choices) ? choices[0] : undefined;
  if (choice === undefined) return null;
  const message = field(choice, part);
  const finishReason = field(choice, 'finish_reason');
  return {
    content: text(field(message, 'content')),
    reasoning: text(field(message, 'reasoning_content')) || text(field(message, 'reasoning')),
    finishReason: typeof finishReason === 'string' && finishReason !== '' ? finishReason : null,
  };
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** Half a character, as a server that cuts its tokens by bytes sends it, is nothing to read. */
function text(value: unknown): string {
  return typeof value === 'string' ? value.replaceAll('\uFFFD', '') : '';
}
