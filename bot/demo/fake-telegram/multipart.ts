import type { Upload } from './request-body.ts';

/** One part of a form: a text value, or a file where it has a name for one. */
export interface FormPart {
  name: string;
  value: string | Upload;
}

/**
 * Reads multipart/form-data. Node's own reader is too strict: clients of the Bot API write names of
 * files in any script, with or without quotation marks.
 * @throws when it is no such form.
 */
export function parseMultipart(content: Buffer, contentType: string): FormPart[] {
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/iu.exec(contentType);
  const delimiter = Buffer.from(`\r\n--${boundary?.[1] ?? boundary?.[2] ?? ''}`);
  // The first delimiter may stand at the very start.
  const form = Buffer.concat([Buffer.from('\r\n'), content]);
  let from = form.indexOf(delimiter);
  if (boundary === null || from === -1) throw new Error('The form has no parts.');
  const parts: FormPart[] = [];
  for (;;) {
    from += delimiter.length;
    if (form.subarray(from, from + 2).equals(END)) return parts;
    const to = form.indexOf(delimiter, from);
    if (to === -1) throw new Error('The form breaks off.');
    parts.push(parsePart(form.subarray(from, to)));
    from = to;
  }
}

const END = Buffer.from('--');
const BLANK_LINE = Buffer.from('\r\n\r\n');

function parsePart(part: Buffer): FormPart {
  const headersEnd = part.indexOf(BLANK_LINE);
  if (headersEnd === -1) throw new Error('A part of the form has no headers.');
  const headers = part.subarray(0, headersEnd).toString('utf8');
  const content = part.subarray(headersEnd + BLANK_LINE.length);
  const name = attributeOf(headers, 'name');
  if (name === null) throw new Error('A part of the form has no name.');
  const fileName = attributeOf(headers, 'filename');
  if (fileName === null) return { name, value: content.toString('utf8') };
  const mimeType = /^content-type:\s*(\S+)/imu.exec(headers)?.[1] ?? 'application/octet-stream';
  return { name, value: { fileName, mimeType, content: new Uint8Array(content) } };
}

function attributeOf(headers: string, name: string): string | null {
  const pattern = new RegExp(`;\\s*${name}=(?:"([^"\\r\\n]*)"|([^;\\r\\n]*))`, 'iu');
  const match = pattern.exec(headers);
  return match === null ? null : (match[1] ?? match[2] ?? '').trim();
}
