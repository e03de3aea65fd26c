import { isUtf8 } from 'node:buffer';

import { correctCyrillic, guessCyrillic } from './cyrillic-charset.ts';
import type { CyrillicCharset } from './cyrillic-charset.ts';

/**
 * Decodes a page's bytes. The order mark decides, then the label (Content-Type, meta, XML
 * declaration) unless the bytes contradict it, then the bytes alone. NUL characters are dropped.
 * Never throws; what cannot be decoded becomes U+FFFD.
 */
export function decodeText(bytes: Uint8Array, contentTypeHeader: string | null): string {
  return new TextDecoder(detectCharset(bytes, contentTypeHeader))
    .decode(bytes)
    .replaceAll('\0', '');
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
    return mostlyUtf8(bytes) ? 'utf-8' : (guessCyrillic(bytes) ?? 'windows-1252');
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

function byteOrderMark(bytes: Uint8Array): string | null {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return null;
}

/** UTF-16 without a mark: markup puts a zero into every other byte. */
function utf16Shape(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const start = bytes.subarray(0, 256);
  if (start.length < 8) return null;
  const zeros = [0, 0];
  start.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  const many = start.length * 0.3;
  if (odd > many && even === 0) return 'utf-16le';
  return even > many && odd === 0 ? 'utf-16be' : null;
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

/** TextDecoder's name for a label, null when it is none. */
function known(label: string | undefined): string | null {
  if (label === undefined) return null;
  try {
    return new TextDecoder(label.replace(/^(?:win|cp)-?(?=125\d$)/i, 'windows-')).encoding;
  } catch {
    return null;
  }
}

/** UTF-8 with a few broken bytes (cut in a character, a stray quotation mark) is still UTF-8. */
function mostlyUtf8(bytes: Uint8Array): boolean {
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

function isCyrillic(label: string): label is CyrillicCharset {
  return CYRILLIC.has(label);
}
