import { promisify } from 'node:util';
import {
  brotliDecompress,
  constants,
  gunzip,
  inflate,
  inflateRaw,
  zstdDecompress,
} from 'node:zlib';

import { PageError } from '../errors.ts';
import type { HttpResponse } from './exchange.ts';
import { SENT_TOO_SLOWLY, toPageError } from './page-fault.ts';

export interface ReadBodyOptions {
  /** Bytes a body may have, on the wire and again after decompression. */
  maxBytes: number;
  /** `cut` keeps the first `maxBytes` of an uncompressed body instead of failing. */
  whenOver?: 'fail' | 'cut';
  /**
   * A body that has begun and brings hardly anything for so long is given up. Before its first byte a
   * server may be at work.
   */
  slowAfterMs?: number;
}

/**
 * Reads a body to its end, decompressed (gzip, deflate, brotli, zstd). What the server says about its
 * length is believed only when it is too much. A body given up closes its connection.
 *
 * @throws {PageError} `too large`, `sent too slowly`, `compressed beyond the limit`, `damaged compression`, …
 */
export async function readBody(
  { headers, body }: HttpResponse,
  { maxBytes, whenOver = 'fail', slowAfterMs }: ReadBodyOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const encodings = contentEncodings(headers.get('content-encoding'));
  const unknown = encodings.find((encoding) => !DECODERS.has(encoding));
  if (unknown !== undefined || encodings.length > 2) {
    body.destroy();
    const shown = (unknown ?? encodings.join(', ')).slice(0, 40);
    throw new PageError(`unsupported content encoding ${shown}`, { retryable: false });
  }
  if (whenOver === 'fail' && Number(headers.get('content-length')) > maxBytes) {
    body.destroy();
    throw tooLarge();
  }
  let bytes = await collect(body, { maxBytes, whenOver, slowAfterMs });
  const limit = unpackedLimit(bytes, maxBytes);
  for (const encoding of encodings.toReversed()) bytes = await decompress(bytes, encoding, limit);
  return bytes;
}

/**
 * A file that was compressed before any server had it, as sitemaps are: `sitemap.xml.gz`. Other bytes
 * come back as they are. @throws {PageError} `compressed beyond the limit`, `damaged compression`
 */
export async function unpackFile(bytes: Bytes, maxBytes: number): Promise<Bytes> {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return isGzip ? await decompress(bytes, 'gzip', unpackedLimit(bytes, maxBytes)) : bytes;
}

function unpackedLimit({ length }: Bytes, maxBytes: number): number {
  return Math.min(maxBytes, Math.max(MIN_SUSPECT_BYTES, length * MAX_RATIO));
}

/** Text shrinks five to twenty times, dull tables a hundred; bombs a thousand and more. */
const MAX_RATIO = 200;
const MIN_SUSPECT_BYTES = 256 * 1024;

type Bytes = Uint8Array<ArrayBuffer>;
type Decoder = (bytes: Bytes, limit: { maxOutputLength: number }) => Promise<Buffer<ArrayBuffer>>;

const inflateWrapped = promisify<Bytes, object, Buffer<ArrayBuffer>>(inflate);
const inflateBare = promisify<Bytes, object, Buffer<ArrayBuffer>>(inflateRaw);
const gunzipBytes = promisify<Bytes, object, Buffer<ArrayBuffer>>(gunzip);
const brotliBytes = promisify<Bytes, object, Buffer<ArrayBuffer>>(brotliDecompress);
const zstdBytes = promisify<Bytes, object, Buffer<ArrayBuffer>>(zstdDecompress);

const DECODERS: ReadonlyMap<string, Decoder> = new Map<string, Decoder>([
  ['gzip', gunzipBytes],
  ['x-gzip', gunzipBytes],
  ['br', brotliBytes],
  // RFC 9110 means zlib by "deflate"; many servers send it bare. The first byte tells.
  ['deflate', (bytes, limit) => (isZlib(bytes) ? inflateWrapped : inflateBare)(bytes, limit)],
  // A frame may ask for a window of 128 MiB; RFC 9659 allows 8 MiB in HTTP.
  ['zstd', (bytes, limit) => zstdBytes(bytes, { ...limit, params: ZSTD_PARAMS })],
]);

const ZSTD_PARAMS = { [constants.ZSTD_d_windowLogMax]: 23 };

function isZlib(bytes: Bytes): boolean {
  return ((bytes[0] ?? 0) & 0x0f) === 8;
}

/** In the order they were applied. `utf-8` is a common mistake for no encoding at all. */
function contentEncodings(header = ''): string[] {
  return header
    .toLowerCase()
    .split(',')
    .map((encoding) => encoding.trim())
    .filter((encoding) => !['', 'identity', 'none', 'utf-8', 'utf8'].includes(encoding));
}

async function collect(
  body: HttpResponse['body'],
  { maxBytes, whenOver, slowAfterMs }: CollectOptions,
): Promise<Bytes> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let before = 0;
  let watch: NodeJS.Timeout | undefined;
  const look = (): void => {
    if (length - before < LEAST_BYTES) body.destroy(tooSlow());
    before = length;
  };
  try {
    // Leaving the loop early destroys the stream and with it the connection.
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      chunks.push(chunk);
      length += chunk.length;
      if (slowAfterMs !== undefined) watch ??= setInterval(look, slowAfterMs);
      if (length <= maxBytes) continue;
      if (whenOver === 'fail') throw tooLarge();
      break;
    }
  } catch (error) {
    throw toPageError(error);
  } finally {
    clearInterval(watch);
  }
  return Buffer.concat(chunks, Math.min(length, maxBytes));
}

interface CollectOptions {
  maxBytes: number;
  whenOver: 'fail' | 'cut';
  slowAfterMs: number | undefined;
}

/** Of a watch: the worst telephone line brings some times as much. */
const LEAST_BYTES = 1024;

async function decompress(bytes: Bytes, encoding: string, limit: number): Promise<Bytes> {
  const decoder = DECODERS.get(encoding);
  if (decoder === undefined || bytes.length === 0) return bytes;
  try {
    return await decoder(bytes, { maxOutputLength: limit });
  } catch (error) {
    const isBomb = error instanceof RangeError;
    throw new PageError(isBomb ? 'compressed beyond the limit' : 'damaged compression', {
      retryable: false,
      cause: error,
    });
  }
}

function tooLarge(): PageError {
  return new PageError('too large', { retryable: false });
}

function tooSlow(): PageError {
  return new PageError(SENT_TOO_SLOWLY, { retryable: true });
}
