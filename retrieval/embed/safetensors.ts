import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

import { EmbedError } from '../errors.ts';

export interface Tensor {
  readonly shape: readonly number[];
  /** So many numbers from the given one on, as floats. */
  read(begin: number, count: number): Float32Array;
}

/** Numbers in a file, read when they are asked for: a large table takes no memory of its own. */
export interface Safetensors {
  readonly names: readonly string[];
  /** Null when the file has none of this name. @throws {EmbedError} when its numbers are not known */
  tensor(name: string): Tensor | null;
  close(): void;
}

/** A header of a model is some kilobytes; the format's own limit is 100 MB. */
const HEADER_BYTES_AT_MOST = 10_000_000;

/**
 * Source: https://huggingface.co/docs/safetensors
 * @throws {EmbedError} when the file cannot be read, is cut off or is none of the format
 */
export function openSafetensors(file: string): Safetensors {
  const descriptor = open(file);
  try {
    const size = fstatSync(descriptor).size;
    const { header, dataBegin } = readHeader(descriptor, size, file);
    const entries = new Map(
      Object.entries(header)
        .filter(([name]) => name !== '__metadata__')
        .map(([name, value]) => [name, toEntry(name, value, size - dataBegin, file)]),
    );
    return {
      names: [...entries.keys()],
      tensor(name) {
        const entry = entries.get(name);
        if (entry === undefined) return null;
        const { begin, shape, width, decode } = entry;
        return {
          shape,
          read(from, count) {
            const bytes = readExactly(
              descriptor,
              dataBegin + begin + from * width,
              count * width,
              file,
            );
            return decode(bytes);
          },
        };
      },
      close: () => closeSync(descriptor),
    };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

interface Entry {
  shape: number[];
  /** Bytes from the end of the header on. */
  begin: number;
  /** Bytes of one number. */
  width: number;
  decode: (bytes: DataView) => Float32Array;
}

const decodeWith =
  (width: number, number: (bytes: DataView, at: number) => number) =>
  (bytes: DataView): Float32Array => {
    const values = new Float32Array(bytes.byteLength / width);
    for (let at = 0; at < values.length; at += 1) values[at] = number(bytes, at * width);
    return values;
  };

const KINDS: Record<string, { width: number; decode: Entry['decode'] }> = {
  F64: { width: 8, decode: decodeWith(8, (bytes, at) => bytes.getFloat64(at, true)) },
  F32: { width: 4, decode: decodeWith(4, (bytes, at) => bytes.getFloat32(at, true)) },
  F16: { width: 2, decode: decodeWith(2, (bytes, at) => bytes.getFloat16(at, true)) },
  I8: { width: 1, decode: decodeWith(1, (bytes, at) => bytes.getInt8(at)) },
  I32: { width: 4, decode: decodeWith(4, (bytes, at) => bytes.getInt32(at, true)) },
  I64: { width: 8, decode: decodeWith(8, (bytes, at) => Number(bytes.getBigInt64(at, true))) },
};

function open(file: string): number {
  try {
    return openSync(file, 'r');
  } catch (cause) {
    throw new EmbedError(`embeddings: ${file} cannot be read`, { retryable: false, cause });
  }
}

function readHeader(
  descriptor: number,
  size: number,
  file: string,
): { header: object; dataBegin: number } {
  if (size < 8) throw damaged(file, 'it is cut off');
  const length = Number(readExactly(descriptor, 0, 8, file).getBigUint64(0, true));
  if (length > HEADER_BYTES_AT_MOST) throw damaged(file, 'it is no safetensors file');
  if (8 + length > size) throw damaged(file, 'it is cut off');
  const { buffer, byteOffset, byteLength } = readExactly(descriptor, 8, length, file);
  let header: unknown;
  try {
    header = JSON.parse(Buffer.from(buffer, byteOffset, byteLength).toString('utf8'));
  } catch (cause) {
    throw damaged(file, 'its header is not JSON', cause);
  }
  if (typeof header !== 'object' || header === null) throw damaged(file, 'its header is empty');
  return { header, dataBegin: 8 + length };
}

function toEntry(name: string, value: unknown, dataBytes: number, file: string): Entry {
  const { dtype, shape, data_offsets: offsets } = (value ?? {}) as Record<string, unknown>;
  const kind = KINDS[String(dtype)];
  if (!isPlace(shape) || !isPlace(offsets) || offsets.length !== 2) {
    throw damaged(file, `its header does not say where «${name}» is`);
  }
  const [begin = 0, end = 0] = offsets;
  if (end > dataBytes) throw damaged(file, 'it is cut off');
  const count = shape.reduce((product, length) => product * length, 1);
  // A tensor of a kind that nobody asks for does no harm.
  if (kind === undefined) {
    const decode = (): never => {
      throw damaged(file, `«${name}» has numbers of the kind ${String(dtype)}, which is not known`);
    };
    return { shape, begin, width: 1, decode };
  }
  if (end - begin !== count * kind.width) {
    throw damaged(file, `its header gives «${name}» a wrong size`);
  }
  return { shape, begin, ...kind };
}

function isPlace(list: unknown): list is number[] {
  return Array.isArray(list) && list.every((number) => Number.isSafeInteger(number) && number >= 0);
}

function readExactly(descriptor: number, position: number, length: number, file: string): DataView {
  const bytes = new Uint8Array(length);
  let read = 0;
  while (read < length) {
    const count = readSync(descriptor, bytes, read, length - read, position + read);
    if (count === 0) throw damaged(file, 'it is cut off');
    read += count;
  }
  return new DataView(bytes.buffer);
}

function damaged(file: string, what: string, cause?: unknown): EmbedError {
  return new EmbedError(`embeddings: ${file} cannot be used: ${what}`, { retryable: false, cause });
}
