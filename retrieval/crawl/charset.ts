import { isUtf8 } from 'node:buffer';

import { correctCyrillic, guessCyrillic } from './cyrillic-charset.ts';
import type { CyrillicCharset } from './cyrillic-charset.ts';
import { decodeMixed, isMostlyUtf8 } from './mixed-charset.ts';

/**
 * Decodes a page's bytes. The order mark decides, then the label (Content-Type, meta, XML
 * declaration) unless the bytes contradict it, then the bytes alone; pieces in two charsets are told
 * apart. NUL characters are dropped. Never throws; what cannot be decoded becomes U+FFFD.
 */
export function decodeText(bytes: Uint8Array, contentTypeHeader: string | null): string {
  const charset = detectCharset(bytes, contentTypeHeader);
  const mixed =
    MIXABLE.has(charset) && byteOrderMark(bytes) === null && !isUtf8(bytes)
      ? decodeMixed(bytes, (others) => detectCharset(others, contentTypeHeader))
      : null;
  return (mixed ?? new TextDecoder(charset).decode(bytes)).replaceAll('\0', '');
}

/** The charset to decode with, by the name TextDecoder gives it: `utf-8`, `windows-1251`. */
export function detectCharset(bytes: Uint8Array, contentTypeHeader: string | null): string {
  const marked = byteOrderMark(bytes);
  if (marked !== null) return marked;
  const label =
    known(/charset\s*=\s*["']?([^\s"';,]+)/i.exec(contentTypeHeader ?? '')?.[1]) ??
    labelInside(bytes);
  const wide = utf16Shape(bytes);
  if (wide !== null) return wide;
  if (isUtf8(bytes)) return label === 'iso-2022-jp' ? label : 'utf-8';
  if (label === null || label === 'utf-8' || label.startsWith('utf-16')) {
    return isMostlyUtf8(bytes) ? 'utf-8' : (guessCyrillic(bytes) ?? 'windows-1252');
  }
  if (WESTERN.has(label)) return guessCyrillic(bytes) ?? label;
  if (isCyrillic(label)) return correctCyrillic(bytes, label);
  return label;
}

const DECLARATION_BYTES = 4096;

/** Labels that servers put on everything. */
const WESTERN: ReadonlySet<string> = new Set(['windows-1252', 'iso-8859-15', 'macintosh']);

const CYRILLIC: ReadonlySet<string> = new Set([
  'windows-1251',
  'koi8-r',
  'koi8-u',
  'ibm866',
  'iso-8859-5',
  'x-mac-cyrillic',
]);

/** What UTF-8 is found mixed with. */
const MIXABLE: ReadonlySet<string> = new Set(['utf-8', 'windows-1252', ...CYRILLIC]);

function byteOrderMark(bytes: Uint8Array): string | null {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return null;
}

/** UTF-16 without a mark: markup puts a zero into every other byte, and Russian letters a four. */
export function utf16Shape(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const start = bytes.subarray(0, 256);
  if (start.length < 8) return null;
  const zeros = [0, 0];
  start.forEach((byte, index) => {
    if (byte === 0 || byte === 4) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  const many = start.length * 0.3;
  const few = start.length * 0.03;
  if (odd > many && even <= few) return 'utf-16le';
  return even > many && odd <= few ? 'utf-16be' : null;
}

/** A label written inside the document: HTML's meta or XML's declaration. */
function labelInside(bytes: Uint8Array): string | null {
  const start = Buffer.from(bytes.subarray(0, DECLARATION_BYTES))
    .toString('latin1')
    .replaceAll(/<!--.*?-->/gs, '');
  const meta = /<meta\s[^>]*?charset\s*=\s*["']?\s*([^\s"'/>;]+)/i.exec(start)?.[1];
  const xml = /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([^"']+)/i.exec(start)?.[1];
  return known(meta) ?? known(xml);
}

/** Labels as they are written by hand, as TextDecoder knows them. */
function spelled(label: string): string {
  return label
    .replace(/^(?:windows|win|cp|ms)?[-_]?(?=125\d$)/i, 'windows-')
    .replace(/^koi[-_]?8(?:[-_]?r)?$/i, 'koi8-r')
    .replace(/^(?:x-?)?mac-?cyrillic$/i, 'x-mac-cyrillic')
    .replace(/^(?:cp|ibm|dos)?[-_]?866$/i, 'ibm866');
}

/** TextDecoder's name for a label, null when it is none. */
function known(label: string | undefined): string | null {
  if (label === undefined) return null;
  try {
    return new TextDecoder(spelled(label)).encoding;
  } catch {
    return null;
  }
}

function isCyrillic(label: string): label is CyrillicCharset {
  return CYRILLIC.has(label);
}
