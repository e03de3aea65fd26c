import type { ChildNode, ParentNode } from 'domhandler';
import { isElement, isText } from './elements.ts';

/**
 * Ends a head where its first text begins, as browsers do: `</head>` and `<body>` may be left out, and
 * the parser would hold the whole page for its head.
 * https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inhead
 */
export function endHead(document: ParentNode): void {
  for (const parent of [document, ...document.children.filter((node) => isElement(node))]) {
    for (const head of parent.children.filter((node) => isElement(node) && node.name === 'head')) {
      if (isElement(head)) moveText(head, parent);
    }
  }
}

function moveText(head: ParentNode & ChildNode, parent: ParentNode): void {
  const first = head.children.findIndex((child) => !belongs(child));
  if (first === -1) return;
  const moved = head.children.splice(first);
  const after = head.next;
  const kept = head.children.at(-1);
  if (kept !== undefined) kept.next = null;
  for (const [at, node] of moved.entries()) {
    node.parent = parent;
    node.prev = moved[at - 1] ?? head;
    node.next = moved[at + 1] ?? after;
  }
  head.next = moved[0] ?? after;
  if (after !== null) after.prev = moved.at(-1) ?? head;
  const place = parent.children.indexOf(head) + 1;
  // A million nodes are too many arguments for a splice.
  parent.children = [...parent.children.slice(0, place), ...moved, ...parent.children.slice(place)];
}

function belongs(node: ChildNode): boolean {
  if (isText(node)) return node.data.trim() === '';
  return !isElement(node) || ofHead.has(node.name);
}

const ofHead = new Set(
  'base basefont bgsound link meta noframes noscript script style template title'.split(' '),
);
