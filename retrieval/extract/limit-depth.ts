import { Text } from 'domhandler';
import type { ChildNode, ParentNode } from 'domhandler';
import { isElement, isText } from './elements.ts';

/**
 * Turns what is nested deeper than `maxDepth` into plain text, so that whoever walks the tree by
 * calling itself cannot overflow. `simplifySource` follows the parser's stack closely, but markup
 * made to mislead it gets past; this sees the tree itself.
 */
export function limitDepth(root: ParentNode, { maxDepth = 300 }: { maxDepth?: number } = {}): void {
  const pending: { node: ParentNode; depth: number }[] = [{ node: root, depth: 0 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, depth } = next;
    if (depth >= maxDepth && node.children.some((child) => isElement(child))) {
      const text = new Text(textBelow(node));
      text.parent = node;
      node.children = [text];
      continue;
    }
    for (const child of node.children) {
      if (isElement(child)) pending.push({ node: child, depth: depth + 1 });
    }
  }
}

function textBelow(root: ParentNode): string {
  const texts: string[] = [];
  const pending: ChildNode[] = root.children.toReversed();
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (isText(node)) texts.push(node.data);
    else if (isElement(node)) for (const child of node.children.toReversed()) pending.push(child);
  }
  return texts.join(' ');
}
