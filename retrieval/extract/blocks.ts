import type { AnyNode, Element } from 'domhandler';
import type { Block, BlockKind } from '../passage.ts';
import { codeLanguageOf } from './code-language.ts';
import { blockElements, childElements, isElement, isText, rawText } from './elements.ts';
import { isLayoutRow, tableBlocks } from './tables.ts';
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
      // A label that only its style sets apart: «Abstract:We ask».
      if (/\p{L}:$/u.test(line) && /^\p{L}/u.test(node.data)) line += ' ';
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
      const codeLanguage = codeLanguageOf(node);
      const said = codeLanguage === null ? {} : { codeLanguage };
      if (text !== '') blocks.push({ kind: 'code', text, ...said, linkShare: 0 });
      return;
    }
    if (name === 'table') {
      const rows = tableBlocks(node);
      if (rows !== null) {
        close();
        for (const child of childElements(node)) if (child.name === 'caption') visit(child);
        for (const row of rows) blocks.push({ ...row, linkShare: 0 });
        return;
      }
    }
    if (name === 'tr') {
      close();
      if (childElements(node).length <= 1 || isLayoutRow(node)) visitAll(node);
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

/** Some highlighters set each line in an element of its own, with no line break after it. */
function codeText(node: AnyNode): string {
  if (isText(node)) return node.data;
  if (!isElement(node)) return '';
  if (node.name === 'br') return '\n';
  const text = node.children.map((child) => codeText(child)).join('');
  const isLine =
    node.name === 'div' || node.name === 'p' || node.name === 'li' || node.name === 'tr';
  return isLine && !text.endsWith('\n') ? `${text}\n` : text;
}
