import { describe, expect, test } from 'vitest';

import type { Appearance } from '../../retrieval/releases/release.ts';
import { ReleaseSourceError, UNCONDITIONAL } from '../../retrieval/releases/release-source.ts';
import type { CollectOptions, ReleaseSource } from '../../retrieval/releases/release-source.ts';
import { startServer } from '../support/loopback-server.ts';
import type { LoopbackHandler } from '../support/loopback-server.ts';

export interface ReleaseSourceContract {
  name: string;
  /** Made for a server that answers for its service; closed by the scope. */
  open(baseUrl: string): Promise<AsyncDisposable & { source: ReleaseSource }>;
  /** What the service sends for one item of that title, and of what type. */
  oneItem(title: string): { type: string; body: string };
  /** Also asked on the way; answered 404. */
  isBeside?: (path: string) => boolean;
}

/** Reads a source to its end. */
export async function collectAll(
  source: ReleaseSource,
  options: Partial<CollectOptions> = {},
): Promise<Appearance[]> {
  const found: Appearance[] = [];
  const all = source.collect({
    since: new Date('2026-03-01T00:00:00Z'),
    signal: new AbortController().signal,
    conditions: UNCONDITIONAL,
    onNote: () => {},
    ...options,
  });
  for await (const appearance of all) found.push(appearance);
  return found;
}

/** What every source does, whatever its service. */
export function describeReleaseSource(contract: ReleaseSourceContract): void {
  const { isBeside = (path) => path === '/robots.txt' } = contract;

  const against = async <Result>(
    handler: LoopbackHandler,
    work: (source: ReleaseSource) => Promise<Result>,
  ): Promise<Result> => {
    await using server = await startServer((request, response) => {
      if (isBeside(request.url ?? '')) response.writeHead(404).end();
      else return handler(request, response);
    });
    await using opened = await contract.open(server.url);
    return await work(opened.source);
  };

  const failureOf = (handler: LoopbackHandler): Promise<unknown> =>
    against(handler, (source) =>
      collectAll(source).then(
        () => null,
        (error: unknown) => error,
      ),
    );

  describe(`${contract.name} as a source of releases`, () => {
    test('gives what its service has', async () => {
      const { type, body } = contract.oneItem('Lumira-2-7B');
      const found = await against(
        (_request, response) => {
          response.writeHead(200, { 'content-type': type }).end(body);
        },
        (source) => collectAll(source),
      );
      expect(found).toHaveLength(1);
      expect(found[0]?.title).toContain('Lumira-2-7B');
      expect(URL.canParse(found[0]?.url ?? '')).toBe(true);
    });

    test.each([
      [429, 'rate-limited'],
      [500, 'failed'],
      [404, 'missing'],
      [403, 'refused'],
    ] as const)('tells HTTP %i as %s', async (status, reason) => {
      const error = await failureOf((_request, response) => {
        if (status === 429) response.setHeader('retry-after', '3600');
        response.writeHead(status, { 'content-type': 'text/plain' });
        response.end('no');
      });
      expect(error).toBeInstanceOf(ReleaseSourceError);
      expect(error).toMatchObject({ reason });
    });

    test('tells a connection that is cut', async () => {
      const error = await failureOf((_request, response) => {
        response.destroy();
      });
      expect(error).toMatchObject({ name: 'ReleaseSourceError', reason: 'unreachable' });
    });

    test.each([
      ['text/html; charset=utf-8', '<!DOCTYPE html><html><body><p>Sign in</p></body></html>'],
      ['application/json', '{"items": [{"id": "acme/mod'],
      ['application/xml', '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>a'],
      ['application/json', '[1, "two", null, {"id": 5}]'],
    ])('tells what no such service sends (%s)', async (type, body) => {
      const error = await failureOf((_request, response) => {
        response.writeHead(200, { 'content-type': type }).end(body);
      });
      expect(error).toMatchObject({ name: 'ReleaseSourceError', reason: 'unreadable' });
    });

    test('reads no answer that is larger than its limit', async () => {
      const error = await failureOf((_request, response) => {
        response.writeHead(200, { 'content-type': contract.oneItem('x').type });
        const part = Buffer.alloc(1_000_000, 'x');
        const more = (): void => {
          while (response.write(part));
        };
        response.on('drain', more);
        more();
      });
      expect(error).toMatchObject({ name: 'ReleaseSourceError', reason: 'too-large' });
    });

    test('ends with the reason of its signal', async () => {
      const controller = new AbortController();
      const reason = new Error('enough');
      const error = await against(
        () => {
          controller.abort(reason);
        },
        (source) =>
          collectAll(source, { signal: controller.signal }).catch((thrown: unknown) => thrown),
      );
      expect(error).toBe(reason);
    });
  });
}
