import type { AnyNode, Element } from 'domhandler';
import type { Block, BlockKind } from '../passage.ts';
import { blockElements, childElements, isElement, isText, rawText } from './elements.ts';
import { foldCode, foldHeading, foldText } from './text-folding.ts';

/** A block and how much of it is a link, from 0 to 1: what tells a sentence from a signpost. */
export interface LinkedBlock extends Block {
  linkShare: number;
}

/** Turns elements into blocks of text in reading order. Empty ones are left out. */
export function toBlocks(elements: readonly AnyNode[]): LinkedBlock[] {
  const blocks: LinkedBlock[] = [];
  let line = '';
  let linkCharacters = 0;
  let links = 0;
  let kind: BlockKind = 'paragraph';

  const close = (): void => {
    const text = kind === 'heading' ? foldHeading(line) : foldText(line);
    if (text !== '') {
      blocks.push({ kind, text, linkShare: Math.min(1, linkCharacters / text.length) });
    }
    line = '';
    linkCharacters = 0;
  };

  const visit = (node: AnyNode): void => {
    if (isText(node)) {
      line += node.data;
      if (links > 0) linkCharacters += foldText(node.data).length;
      return;
    }
    if (!isElement(node)) return;
    const { name } = node;
    if (isLink(node)) {
      links += 1;
      visitAll(node);
      links -= 1;
      return;
    }
    if (name === 'br') {
      line += ' ';
      // Two in a row are how old pages part paragraphs.
      if (followedByBreak(node)) close();
      return;
    }
    if (name === 'pre') {
      close();
      const text = foldCode(codeText(node));
      if (text !== '') blocks.push({ kind: 'code', text, linkShare: 0 });
      return;
    }
    if (name === 'tr') {
      close();
      if (isLayoutRow(node)) visitAll(node);
      else {
        const cells = childElements(node).map((cell) => foldText(rawText(cell)));
        const text = cells.filter((cell) => cell !== '').join(' | ');
        if (text !== '') blocks.push({ kind: 'table-row', text, linkShare: 0 });
      }
      close();
      return;
    }
    if (!blockElements.has(name)) {
      visitAll(node);
      return;
    }
    close();
    const outer = kind;
    kind = kindOf(name, outer);
    visitAll(node);
    close();
    kind = outer;
  };
  const visitAll = (element: Element): void => {
    for (const child of element.children) visit(child);
  };

  for (const element of elements) {
    visit(element);
    close();
  }
  return blocks;
}

function kindOf(name: string, outer: BlockKind): BlockKind {
  if (/^h[1-6]$/u.test(name)) return 'heading';
  if (name === 'blockquote') return 'quotation';
  if (name === 'li' || name === 'dd' || name === 'dt') return 'list-item';
  return outer;
}

/** An anchor within the page is part of its text: a heading's own, a footnote's. */
function isLink(element: Element): boolean {
  if (element.name !== 'a') return false;
  const target = element.attribs['href'];
  return target !== undefined && !target.startsWith('#');
}

function followedByBreak(node: Element): boolean {
  let next = node.next;
  while (next !== null && isText(next) && next.data.trim() === '') next = next.next;
  return isElement(next) && next.name === 'br';
}

function codeText(node: AnyNode): string {
  if (isText(node)) return node.data;
  if (!isElement(node)) return '';
  if (node.name === 'br') return '\n';
  return node.children.map((child) => codeText(child)).join('');
}

/** A row that holds paragraphs or another table arranges the page; it is no data. */
function isLayoutRow(row: Element): boolean {
  const cells = childElements(row);
  const holdsBlocks = (element: Element): boolean =>
    childElements(element).some(
      (child) =>
        ['p', 'table', 'pre', 'ul', 'ol', 'h1', 'h2', 'h3', 'blockquote'].includes(child.name) ||
        holdsBlocks(child),
    );
  return cells.length <= 1 || cells.some((cell) => rawText(cell).length > 400 && holdsBlocks(cell));
}
