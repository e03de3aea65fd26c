import type { Site } from './site.ts';

/** A document's bytes in its site's charset; what that lacks becomes a character reference. */
export function encodeDocument(html: string, charset: Site['charset']): Buffer {
  if (charset === 'utf-8') return Buffer.from(html, 'utf8');
  const parts = Array.from(html, (character) => {
    const byte = windows1251.get(character);
    return byte === undefined
      ? Buffer.from(`&#${character.codePointAt(0) ?? 0};`, 'latin1')
      : Buffer.of(byte);
  });
  return Buffer.concat(parts);
}

// TextDecoder knows the table, only in the other direction.
const decoder = new TextDecoder('windows-1251');
const windows1251 = new Map(
  Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte] as const),
);
