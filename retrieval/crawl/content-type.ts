import { utf16Shape } from './charset.ts';

/** The media type of a Content-Type header, lower case, without parameters; null when there is none. */
export function mediaType(header: string | undefined): string | null {
  const type = header?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return /^[\w!#$&^.+*-]+\/[\w!#$&^.+*-]+$/.test(type) ? type : null;
}

/** Types that text can be extracted from. */
export function isReadable(type: string): boolean {
  return READABLE.has(type) || /^application\/[\w.-]+\+(?:json|xml)$/.test(type);
}

/** The server did not say: its word is no reason to leave the body unread. */
export function isUnknown(type: string | null): boolean {
  return type === null || UNKNOWN.has(type);
}

/**
 * What a body is: the server's word, corrected by the first bytes where it is missing or plainly
 * wrong (a PDF or a picture called HTML, HTML called plain text).
 */
export function detectType(declared: string | null, bytes: Uint8Array): string {
  const signature = signatureOf(bytes);
  if (signature !== null) return signature;
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, SNIFFED_BYTES));
  if (looksBinary(start)) return 'application/octet-stream';
  const text = start
    .toString('latin1')
    .replaceAll('\0', '')
    .replace(/^(?:ï»¿|ÿþ|þÿ)?\s+/, '');
  if (declared !== null && declared !== 'application/pdf' && isReadable(declared)) {
    const isDocument = /^(?:ï»¿|ÿþ|þÿ)?<(?:!doctype html|html)[\s>]/i.test(text);
    return isDocument && !MARKUP.has(declared) ? 'text/html' : declared;
  }
  return typeOfText(text);
}

const SNIFFED_BYTES = 1024;

const READABLE: ReadonlySet<string> = new Set([
  'text/html',
  'application/xhtml+xml',
  'text/plain',
  'text/markdown',
  'text/x-markdown',
  'application/json',
  'application/xml',
  'text/xml',
  'application/pdf',
]);

const MARKUP: ReadonlySet<string> = new Set(['text/html', 'application/xhtml+xml']);

const UNKNOWN: ReadonlySet<string> = new Set([
  'application/octet-stream',
  'binary/octet-stream',
  'application/unknown',
  'application/x-unknown',
  'unknown/unknown',
  'content/unknown',
  'application/x-pdf',
  '*/*',
]);

/** Latin-1 prefixes, by WHATWG MIME Sniffing. */
const SIGNATURES: readonly (readonly [prefix: string, type: string])[] = [
  ['%PDF-', 'application/pdf'],
  ['\x89PNG\r\n', 'image/png'],
  ['\xFF\xD8\xFF', 'image/jpeg'],
  ['GIF8', 'image/gif'],
  ['PK\x03\x04', 'application/zip'],
  ['\x1F\x8B\x08', 'application/gzip'],
  ['OggS\0', 'application/ogg'],
  ['ID3', 'audio/mpeg'],
  ['\x1AE\xDF\xA3', 'video/webm'],
  ['Rar!\x1A\x07', 'application/x-rar-compressed'],
  ['7z\xBC\xAF', 'application/x-7z-compressed'],
];

function signatureOf(bytes: Uint8Array): string | null {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 16));
  const text = start.toString('latin1');
  if (/^RIFF....WEBP/s.test(text)) return 'image/webp';
  if (/^....ftyp/s.test(text)) return 'video/mp4';
  // Some generators put a line break or a byte order mark in front of a PDF.
  const pdf = text.replace(/^(?:ï»¿)?\s+/, '');
  const known = SIGNATURES.find(([prefix]) => text.startsWith(prefix));
  return pdf.startsWith('%PDF-') ? 'application/pdf' : (known?.[1] ?? null);
}

/** Control characters that no text has; UTF-16 has its own zeros. */
function looksBinary(start: Buffer): boolean {
  if ((start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff)) {
    return false;
  }
  const wide = utf16Shape(start);
  if (wide !== null) {
    const text = new TextDecoder(wide).decode(start.subarray(0, start.length & ~1));
    return (text.match(NO_TEXT)?.length ?? 0) > text.length * 0.05;
  }
  let controls = 0;
  for (const byte of start) {
    if (byte < 0x20 && !TEXT_CONTROLS.has(byte)) controls += 1;
  }
  return controls > start.length * 0.05;
}

/** Control characters, halves of pairs, and characters that nobody has given a meaning. */
const NO_TEXT = /[\p{Cs}\p{Cn}\p{Co}\uFFFD]|(?![\t\n\f\r\u001B])\p{Cc}/gu;

/** Tab, line feed, form feed, carriage return, escape (ISO-2022-JP). */
const TEXT_CONTROLS: ReadonlySet<number> = new Set([0x09, 0x0a, 0x0c, 0x0d, 0x1b]);

function typeOfText(text: string): string {
  const start = text.replace(/^(?:ï»¿|ÿþ|þÿ)/, '');
  if (/^<\?xml\b/i.test(start)) {
    return /<html[\s>]/i.test(start) ? 'application/xhtml+xml' : 'application/xml';
  }
  if (HTML_START.test(start)) return 'text/html';
  return /^(?:\{\s*["}]|\[\s*[[{"\]])/.test(start) ? 'application/json' : 'text/plain';
}

const HTML_START =
  /^<(?:!doctype html|!--|html|head|body|title|meta|link|script|style|h[1-6]|div|p|table|article|main|section|a|br|b|font|iframe)(?:[\s/>]|(?<=--))/i;
