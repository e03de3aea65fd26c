import { inflateSync } from 'node:zlib';

/**
 * Whether a stream of a PDF unpacks to more than any page needs. The parser unpacks without a limit,
 * so a file of a megabyte could take all memory there is.
 */
export function unpacksToTooMuch(bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  for (;;) {
    const keyword = file.indexOf('stream', at);
    if (keyword === -1) return false;
    const start = afterLineBreak(file, keyword + 'stream'.length);
    if (start === null) {
      at = keyword + 'stream'.length;
      continue;
    }
    const end = file.indexOf('endstream', start);
    const packed = file.subarray(start, end === -1 ? file.length : end);
    const before = file.toString('latin1', Math.max(0, keyword - 400), keyword);
    const dictionary = before.slice(Math.max(0, before.lastIndexOf(' obj')));
    const most = /\/Image\b/u.test(dictionary) ? maxImageBytes : maxUnpackedBytes;
    if (isPackedTwice(dictionary) || (isZlib(packed) && isLarger(packed, most))) return true;
    at = start + packed.length + (end === -1 ? 0 : 'endstream'.length);
  }
}

/** A page of dense text has some 100 KB. */
const maxUnpackedBytes = 48 * 1024 * 1024;

/** Pictures are large, and are not unpacked to read the text; but a stream may say that it is one. */
const maxImageBytes = 400 * 1024 * 1024;

/** The most that deflate can pack into one byte. */
const bestRatio = 1032;

function afterLineBreak(file: Buffer, at: number): number | null {
  if (file[at] === 0x0d && file[at + 1] === 0x0a) return at + 2;
  return file[at] === 0x0a || file[at] === 0x0d ? at + 1 : null;
}

function isZlib(packed: Buffer): boolean {
  const [first = 0, second = 0] = packed;
  return (first & 0x0f) === 8 && (first * 256 + second) % 31 === 0;
}

function isLarger(packed: Buffer, most: number): boolean {
  if (packed.length * bestRatio <= most) return false;
  try {
    inflateSync(packed, { maxOutputLength: most });
    return false;
  } catch (error) {
    return error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
  }
}

/** No program packs twice what packs once; who does hides how large it is. */
function isPackedTwice(dictionary: string): boolean {
  const filters = /\/Filter\s*\[([^\]]*)\]\s*[^[\]]*$/u.exec(dictionary)?.[1] ?? '';
  return (filters.match(/Flate|\/Fl\b|LZW|RunLength|\/RL\b/gu)?.length ?? 0) > 1;
}
