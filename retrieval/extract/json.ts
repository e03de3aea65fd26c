import type { Block } from '../passage.ts';
import { foldCode, foldText } from './text-folding.ts';

/**
 * One line for each value of a JSON document, under the names that lead to it: `model.name: Исток`.
 * JSON that cannot be parsed is shown as it is.
 */
export function jsonBlocks(source: string): Block[] {
  let value: unknown;
  try {
    value = JSON.parse(source.replace(/^\uFEFF/u, ''));
  } catch {
    const text = foldCode(source);
    return text === '' ? [] : [{ kind: 'code', text }];
  }
  const blocks: Block[] = [];
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
      if (text !== '') blocks.push({ kind: 'list-item', text });
    }
  }
  return blocks;
}

const maxLines = 20_000;
const maxPending = 100_000;

/** Positions in lists say nothing to a reader. */
function join(path: string, name: string, isList: boolean): string {
  if (isList || path.length > 200) return path;
  return path === '' ? name : `${path}.${name}`;
}
