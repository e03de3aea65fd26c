import { serveCalls } from '../workers/serve-calls.ts';
import { joinPage, toFailure } from './messages.ts';
import type { ReaderReply, ReaderRequest } from './messages.ts';
import { passagesOfPage } from './passages-of-page.ts';

/** Worker: reads one page after the other. What a page does to it ends with it. */
serveCalls(answer, { toFailure, transferOf });

async function answer(request: ReaderRequest): Promise<ReaderReply> {
  if (request.kind === 'warm') return { kind: 'warm' };
  const { page, scope } = request;
  return { kind: 'passages', page: joinPage(await passagesOfPage(page, { scope })) };
}

function transferOf(reply: ReaderReply): ArrayBuffer[] {
  if (reply.kind !== 'passages') return [];
  return [reply.page.terms, reply.page.grams].flatMap(({ lengths, indices, values }) => [
    lengths.buffer,
    indices.buffer,
    values.buffer,
  ]);
}
