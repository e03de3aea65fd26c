import { createHash } from 'node:crypto';

/** A UUID (version 8, RFC 9562) that the same passage gets in every engine and every process. */
export function passageId(passage: { scope: string; url: string; position: number }): string {
  const hash = createHash('sha256')
    .update(`${passage.scope}\n${passage.url}\n${passage.position}`)
    .digest('hex');
  const variant = ((Number.parseInt(hash.charAt(16), 16) & 3) | 8).toString(16);
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `${variant}${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-');
}
