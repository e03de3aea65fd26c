import { detectType } from '../crawl/content-type.ts';
import { FileError } from '../errors.ts';
import type { UnreadableKind } from '../errors.ts';
import { codeLanguageOf, looksLikeCode } from '../extract/source-code.ts';

/** What a file turns out to be. */
export type FileKind = 'pdf' | 'html' | 'markdown' | 'json' | 'table' | 'code' | 'text';

export interface SniffedFile {
  kind: FileKind;
  /** Media type, for whatever reads it. */
  contentType: string;
  /** Of source code, as highlighters call it: `python`; null where nothing tells. */
  codeLanguage: string | null;
  /** Its name says that it is something else: a picture is no less one for being called .txt. */
  isMisnamed: boolean;
}

/**
 * Tells by its bytes what a file is. Its name only chooses between kinds of text.
 * @throws {FileError} `empty`, or `unsupported` with what it is instead of text
 */
export function sniffFile(bytes: Uint8Array, name: string): SniffedFile {
  const ending = endingOf(name);
  const start = Buffer.from(bytes.subarray(0, sniffedBytes));
  if (bytes.every((byte) => byte === 0 || blank.has(byte))) throw new FileError('empty');
  const type = detectType(null, bytes);
  const other = otherThanText(type, start, ending);
  if (other !== null) throw new FileError('unsupported', { found: other });
  const plain = { contentType: 'text/plain', codeLanguage: null, isMisnamed: false };
  if (type === 'application/pdf') {
    const isMisnamed = ending !== '' && ending !== 'pdf';
    return { ...plain, kind: 'pdf', contentType: type, isMisnamed };
  }
  const isCalledBinary = binaryEndings.has(ending);
  if (isDocument(start) || (htmlEndings.has(ending) && /<[a-z!][^>]*>/iu.test(start.toString()))) {
    const isMisnamed = isCalledBinary || (ending !== '' && !htmlEndings.has(ending));
    return { ...plain, kind: 'html', contentType: 'text/html', isMisnamed };
  }
  const isMisnamed = isCalledBinary || htmlEndings.has(ending);
  if (jsonEndings.has(ending)) {
    return { ...plain, kind: 'json', contentType: 'application/json', codeLanguage: 'json' };
  }
  if (markdownEndings.has(ending)) {
    return { ...plain, kind: 'markdown', contentType: 'text/markdown' };
  }
  if (ending === 'csv' || ending === 'tsv') return { ...plain, kind: 'table' };
  const codeLanguage = codeLanguageOf(name);
  if (codeLanguage !== null) return { ...plain, kind: 'code', codeLanguage };
  if (type === 'application/json') {
    return { ...plain, kind: 'json', contentType: type, codeLanguage: 'json', isMisnamed };
  }
  // Notes hold code as well: only what has no name of text is looked at.
  const isCode = ending !== 'txt' && ending !== 'text' && looksLikeCode(start.toString());
  return { ...plain, kind: isCode ? 'code' : 'text', isMisnamed };
}

/** The last part of a name behind a dot, in lower case; empty where there is none. */
function endingOf(name: string): string {
  return /\.([\p{L}\p{N}]{1,10})$/u.exec(name.toLowerCase())?.[1] ?? '';
}

const sniffedBytes = 64 * 1024;

/** Tab, line breaks, space and the marks of byte order. */
const blank: ReadonlySet<number> = new Set([
  0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20, 0xef, 0xbb, 0xbf, 0xfe, 0xff,
]);

const htmlEndings: ReadonlySet<string> = new Set(['html', 'htm', 'xhtml']);
const jsonEndings: ReadonlySet<string> = new Set(['json', 'jsonl', 'ndjson', 'geojson', 'ipynb']);
const markdownEndings: ReadonlySet<string> = new Set(['md', 'mdx', 'markdown', 'rmd']);

/** Names of what is no text at all: text under one of them is misnamed. */
const binaryEndings: ReadonlySet<string> = new Set(
  'pdf doc docx xls xlsx ppt pptx odt ods odp epub zip rar 7z gz tar png jpg jpeg gif webp mp3 mp4 ogg exe'.split(
    ' ',
  ),
);

const officeEndings: ReadonlySet<string> = new Set(
  'doc docx docm xls xlsx xlsm ppt pptx odt ods odp rtf epub pages numbers key'.split(' '),
);

function otherThanText(type: string, start: Buffer, ending: string): UnreadableKind | null {
  const head = start.toString('latin1', 0, 16);
  if (head.startsWith('{\\rtf') || head.startsWith('\xD0\xCF\x11\xE0')) return 'office';
  if (type === 'application/zip') return officeEndings.has(ending) ? 'office' : 'archive';
  if (type.startsWith('image/') || /^(?:BM.{4}\0\0\0\0|II\*\0|MM\0\*)/su.test(head))
    return 'picture';
  if (/^(?:audio|video)\/|\/ogg$/u.test(type)) return 'sound';
  if (/gzip|compressed/u.test(type) || /^(?:BZh|\xFD7zXZ|\x28\xB5\x2F\xFD)/u.test(head)) {
    return 'archive';
  }
  return type === 'application/octet-stream' ? 'binary' : null;
}

function isDocument(start: Buffer): boolean {
  return /^(?:\uFEFF)?\s*(?:<!--[^]*?-->\s*)*<(?:!doctype html|html)[\s>]/iu.test(
    start.toString('utf8').replaceAll('\0', ''),
  );
}
