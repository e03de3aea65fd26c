/** A value of a JSON document that is no object or list, and the line that it stands on, from 1. */
export interface JsonLeaf {
  /** As it is written: `"Исток"`, `12`. */
  raw: string;
  line: number;
}

/**
 * The values of a valid JSON document in their order, null and empty strings left out. Names are no
 * values.
 */
export function jsonLeaves(text: string, most = 20_000): JsonLeaf[] {
  const leaves: JsonLeaf[] = [];
  let line = 1;
  for (const [token] of text.matchAll(/\n|"(?:[^"\\]|\\.)*"(?:\s*:)?|[\w.+-]+/gu)) {
    if (token === '\n') line += 1;
    else if (token.startsWith('"') && token.endsWith(':')) line += token.split('\n').length - 1;
    else if (token !== 'null' && token !== '""') leaves.push({ raw: token, line });
    if (leaves.length === most) break;
  }
  return leaves;
}
