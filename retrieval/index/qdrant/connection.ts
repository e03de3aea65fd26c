import { QdrantClient } from '@qdrant/js-client-rest';

import { IndexError } from '../../errors.ts';
import { isPassing, toIndexError } from './failure.ts';
import type { FailurePlace } from './failure.ts';

export interface ConnectionOptions {
  /** Without a slash at its end. Port 6333 when it names none. */
  url: string;
  apiKey: string | null;
  collection: string;
  timeoutMs?: number;
  /** How long to wait before each repetition; with none left, the failure is told. */
  pausesMs?: readonly number[];
  pause?: (ms: number) => Promise<void>;
}

/**
 * Requests to one Qdrant. What failed only for now is asked again after a pause: every request
 * that Istok makes may be repeated, for it names what shall be and not what shall be added.
 */
export class QdrantConnection {
  readonly place: FailurePlace;
  readonly #client: QdrantClient;
  readonly #pausesMs: readonly number[];
  readonly #pause: (ms: number) => Promise<void>;

  constructor({
    url,
    apiKey,
    collection,
    timeoutMs = 30_000,
    pausesMs = [100, 400, 1600],
    pause = waitFor,
  }: ConnectionOptions) {
    const { protocol, hostname, port, pathname, host } = new URL(url);
    this.place = { host, collection };
    this.#pausesMs = pausesMs;
    this.#pause = pause;
    this.#client = new QdrantClient({
      host: hostname,
      port: port === '' ? DEFAULT_PORT : Number(port),
      https: protocol === 'https:',
      ...(pathname === '/' ? {} : { prefix: pathname }),
      timeout: timeoutMs,
      // Both would write to the console. The version is checked below.
      checkCompatibility: false,
      ...(apiKey === null ? {} : { headers: { 'api-key': apiKey } }),
    });
  }

  /** @throws {IndexError} */
  async ask<Result>(request: (client: QdrantClient) => Promise<Result>): Promise<Result> {
    try {
      return await this.attempt(request);
    } catch (error) {
      throw toIndexError(error, this.place);
    }
  }

  /** Like `ask`, for who can do something about a failure: it comes as the client throws it. */
  async attempt<Result>(request: (client: QdrantClient) => Promise<Result>): Promise<Result> {
    for (let repetition = 0; ; repetition += 1) {
      try {
        return await request(this.#client);
      } catch (error) {
        const pauseMs = this.#pausesMs[repetition];
        if (pauseMs === undefined || !isPassing(error)) throw error;
        await this.#pause(pauseMs);
      }
    }
  }

  /** @throws {IndexError} when the server is too old, or no Qdrant */
  async checkVersion(): Promise<void> {
    const { version } = await this.ask((client) => client.versionInfo());
    const [major, minor] = (version ?? '').split('.').map(Number);
    const { host } = this.place;
    if (major === undefined || minor === undefined || Number.isNaN(major + minor)) {
      throw new IndexError(`what answers at ${host} is no Qdrant: check QDRANT_URL`, {
        retryable: false,
      });
    }
    if (major > 1 || (major === 1 && minor >= OLDEST_MINOR)) return;
    throw new IndexError(
      `Qdrant at ${host} is version ${version} and Istok needs 1.${OLDEST_MINOR} or newer: update the server`,
      { retryable: false },
    );
  }
}

const DEFAULT_PORT = 6333;
/** The first that keeps notes of ours with a collection. */
const OLDEST_MINOR = 16;

function waitFor(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
