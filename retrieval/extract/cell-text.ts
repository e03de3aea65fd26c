import type { Element, ParentNode } from 'domhandler';
import { blockElements, isElement, isText, rawText } from './elements.ts';
import { foldText } from './text-folding.ts';

/** The text of a table's cell in one line: items of a list in it are set apart by commas. */
export function cellText(cell: Element): string {
  const parts: Part[] = [{ text: '', isItem: false }];
  if (!collect(cell, parts, false)) return foldText(rawText(cell));
  const shown = parts
    .map(({ text, isItem }) => ({ text: foldText(text), isItem }))
    .filter(({ text }) => text !== '');
  return shown.reduce((line, { text, isItem }, at) => {
    const last = shown[at - 1];
    if (last === undefined) return text;
    const isApart = isItem && last.isItem && !/[,;:.!?]$/u.test(last.text);
    return `${line}${isApart ? ',' : ''} ${text}`;
  }, '');
}

interface Part {
  text: string;
  isItem: boolean;
}

/** Whether there is a list in it. */
function collect(parent: ParentNode, parts: Part[], isItem: boolean): boolean {
  let found = false;
  for (const child of parent.children) {
    if (isText(child)) add(parts, child.data);
    if (!isElement(child)) continue;
    if (child.name !== 'li') {
      found = collect(child, parts, isItem) || found;
      if (child.name === 'br' || blockElements.has(child.name)) add(parts, ' ');
      continue;
    }
    found = true;
    parts.push({ text: '', isItem: true });
    collect(child, parts, true);
    parts.push({ text: '', isItem });
  }
  return found;
}

function add(parts: readonly Part[], text: string): void {
  const part = parts.at(-1);
  if (part !== undefined) part.text += text;
}
