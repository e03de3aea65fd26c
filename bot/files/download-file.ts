import type { Api } from 'grammy';

/** Why a file did not come. The message is one sentence without the bot's token. */
export class DownloadError extends Error {
  override name = 'DownloadError';
  readonly fault: 'too-big' | 'unavailable';

  constructor(fault: DownloadError['fault'], { cause }: { cause?: unknown } = {}) {
    super(fault === 'too-big' ? 'the file is too big' : 'the file could not be downloaded', {
      cause: cause instanceof Error ? cause.name : undefined,
    });
    this.fault = fault;
  }
}

/** @throws {DownloadError}, or the signal's reason. */
export type DownloadFile = (
  file: { fileId: string; size: number | null },
  options: { signal: AbortSignal },
) => Promise<Uint8Array>;

export interface DownloadFileOptions {
  api: Pick<Api, 'getFile'>;
  /** Without a slash at its end. */
  apiRoot: string;
  /** Of the bot: it stands in the address of every file, so no error may hold that. */
  token: string;
  /** What Telegram lets a bot fetch. */
  maxBytes?: number;
  timeoutMs?: number;
  /** How often a download that broke off begins anew. */
  tries?: number;
}

/** Fetches what people send to the bot, within bounds of size and time. */
export function createDownloadFile({
  api,
  apiRoot,
  token,
  maxBytes = 20 * 1024 * 1024,
  timeoutMs = 60_000,
  tries = 3,
}: DownloadFileOptions): DownloadFile {
  return async ({ fileId, size }, { signal }) => {
    if (size !== null && size > maxBytes) throw new DownloadError('too-big');
    const bounded = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    for (let left = tries; ; left -= 1) {
      try {
        return await fetchOnce(fileId, bounded);
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof DownloadError) throw error;
        if (isTooBig(error)) throw new DownloadError('too-big', { cause: error });
        if (left <= 1 || bounded.aborted || isRefusal(error)) {
          throw new DownloadError('unavailable', { cause: error });
        }
      }
    }
  };

  async function fetchOnce(fileId: string, signal: AbortSignal): Promise<Uint8Array> {
    // grammY's signal type is that of a polyfill; at run time it takes Node's own.
    const { file_path: path } = await api.getFile(fileId, signal as never);
    if (path === undefined) throw new DownloadError('unavailable');
    const response = await fetch(`${apiRoot}/file/bot${token}/${path}`, {
      signal,
      redirect: 'error',
    });
    if (!response.ok || response.body === null) throw new Error('refused');
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of response.body) {
      length += chunk.length;
      if (length > maxBytes) throw new DownloadError('too-big');
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }
}

function isTooBig(error: unknown): boolean {
  return error instanceof Error && /file is too big/iu.test(error.message);
}

/** Telegram does not change its mind about a file that it does not know. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'error_code' in error && error.error_code === 400;
}
