import type { Block, Place } from '../passage.ts';
import { jsonLeaves } from './json-lines.ts';
import type { JsonLeaf } from './json-lines.ts';
import { sourceCodeBlocks } from './source-code.ts';
import { foldText } from './text-folding.ts';

/**
 * One line for each value of a JSON document, under the names that lead to it: `model.name: Исток`.
 * Of JSON Lines each line is a document. What cannot be parsed is shown as it is.
 */
export function jsonBlocks(source: string): Block[] {
  const text = source.replace(/^\uFEFF/u, '');
  const value = parse(text);
  if (value !== undefined) return valueBlocks(value, text.includes('\n') ? jsonLeaves(text) : []);
  const lines = text.slice(0, maxCharacters).split('\n', maxLines);
  if (parse(lines[0] ?? '') === undefined) {
    return sourceCodeBlocks(text.slice(0, maxCharacters), 'json');
  }
  const blocks: Block[] = [];
  for (const [at, line] of lines.entries()) {
    if (blocks.length >= maxLines) break;
    const place = { unit: 'line', from: at + 1, to: at + 1 } as const;
    for (const block of valueBlocks(parse(line) ?? line)) blocks.push({ ...block, place });
  }
  return blocks;
}

const maxCharacters = 2_000_000;

/** Undefined, which no JSON is, for what cannot be parsed. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function valueBlocks(value: unknown, leaves: readonly JsonLeaf[] = []): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  // A list of what is left to visit: nesting has no limit in JSON, the call stack has.
  const pending: { path: string; value: unknown }[] = [{ path: '', value }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (blocks.length >= maxLines) break;
    const { path, value } = next;
    if (typeof value === 'object' && value !== null) {
      const entries = Object.entries(value).slice(0, maxLines);
      for (const [name, below] of entries.toReversed()) {
        if (pending.length > maxPending) break;
        pending.push({ path: join(path, name, Array.isArray(value)), value: below });
      }
    } else if (value !== null && value !== '') {
      const text = foldText(path === '' ? String(value) : `${path}: ${String(value)}`);
      const place = placeOf(leaves[at], value);
      at += 1;
      if (text !== '') blocks.push({ kind: 'list-item', text, ...(place !== null && { place }) });
    }
  }
  return blocks;
}

/** Names that are numbers are sorted when they are parsed: what stands elsewhere has no line. */
function placeOf(leaf: JsonLeaf | undefined, value: unknown): Place | null {
  if (leaf === undefined || parse(leaf.raw) !== value) return null;
  return { unit: 'line', from: leaf.line, to: leaf.line };
}

const maxLines = 20_000;
const maxPending = 100_000;

/** Positions in lists say nothing to a reader. */
function join(path: string, name: string, isList: boolean): string {
  if (isList || path.length > 200) return path;
  return path === '' ? name : `${path}.${name}`;
}
