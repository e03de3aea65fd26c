import { isUtf8 } from 'node:buffer';

/**
 * Decodes text that was put together from pieces of two charsets: comments of an old forum within a
 * page of UTF-8, a banner of UTF-8 within an old page. Null where there is but one, or where the
 * pieces cannot be told apart. `otherCharset` is asked for what is not UTF-8, all of it together.
 */
export function decodeMixed(
  bytes: Uint8Array,
  otherCharset: (bytes: Uint8Array) => string,
): string | null {
  const pieces = toPieces(bytes);
  if (sizeOf(pieces, 'utf-8') < leastBytes) return null;
  for (const piece of pieces) {
    if (piece.kind === 'other' && isMostlyUtf8(bytesOf(piece))) piece.kind = 'utf-8';
  }
  if (sizeOf(pieces, 'other') < leastBytes) return null;
  const others = pieces.filter(({ kind }) => kind === 'other');
  const decoders = {
    'utf-8': new TextDecoder(),
    other: new TextDecoder(otherCharset(Buffer.concat(others.map(bytesOf)))),
  };
  return pieces
    .map(({ kind, ...piece }) => decoders[kind ?? 'utf-8'].decode(bytesOf(piece)))
    .join('');

  function bytesOf({ from, to }: { from: number; to: number }): Uint8Array {
    return bytes.subarray(from, to);
  }
}

interface Piece {
  from: number;
  to: number;
  /** Null where all of it is ASCII. */
  kind: 'utf-8' | 'other' | null;
  /** Bytes beyond ASCII. */
  size: number;
}

/** What lies between tags and line breaks, neighbours of one charset together. */
function toPieces(bytes: Uint8Array): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  let size = 0;
  const close = (to: number): void => {
    const isWide = size > 0 && isUtf8(bytes.subarray(from, to));
    const kind = size === 0 ? null : isWide ? 'utf-8' : 'other';
    const last = pieces.at(-1);
    if (last !== undefined && (last.kind === kind || kind === null || last.kind === null)) {
      last.to = to;
      last.size += size;
      last.kind ??= kind;
    } else pieces.push({ from, to, kind, size });
    from = to;
    size = 0;
  };
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte >= 0x80) size += 1;
    else if (byte === lessThan || byte === lineFeed) close(at);
    else if (byte === greaterThan) close(at + 1);
  }
  close(bytes.length);
  return pieces;
}

const lineFeed = 0x0a;
const lessThan = 0x3c;
const greaterThan = 0x3e;

/** Fewer may be a stray sign, or letters that happen to be valid UTF-8. */
const leastBytes = 16;

/** UTF-8 with a few broken bytes (cut in a character, a stray quotation mark) is still UTF-8. */
export function isMostlyUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder().decode(bytes);
  let broken = 0;
  let whole = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit === 0xfffd) broken += 1;
    else if (unit > 0x7f) whole += 1;
  }
  return whole > broken * 4;
}

function sizeOf(pieces: readonly Piece[], kind: Piece['kind']): number {
  return pieces.reduce((sum, piece) => sum + (piece.kind === kind ? piece.size : 0), 0);
}
