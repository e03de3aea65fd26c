import { Text } from 'domhandler';
import type { Element, ParentNode } from 'domhandler';
import { descendants, isElement, isText, rawText } from './elements.ts';

/**
 * Puts the source of each formula in its place: what a page draws of it is a picture, or letters in
 * an order that says nothing. To be called before anything hidden goes.
 */
export function writeMaths(root: ParentNode): void {
  for (const element of descendants(root)) {
    if (element.name === 'math') replaceChildren(element, sourceOfMath(element));
    else if (element.name === 'img' && isFormula(element)) {
      const text = plainTex(element.attribs['alt'] ?? '');
      element.name = 'span';
      element.attribs = {};
      replaceChildren(element, text);
    } else if (element.name === 'table' && isEquation(element)) flattenEquation(element);
  }
}

function sourceOfMath(math: Element): string {
  const stated = math.attribs['alttext'] ?? '';
  if (stated.trim() !== '') return plainTex(stated);
  const annotation = descendants(math).find(
    ({ name, attribs }) => name === 'annotation' && /tex/iu.test(attribs['encoding'] ?? ''),
  );
  return annotation === undefined ? rawText(math, 2000) : plainTex(rawText(annotation, 2000));
}

/** Without what only says how large to draw it. */
function plainTex(source: string): string {
  return source
    .slice(0, 2000)
    .trim()
    .replace(/^\{?\\(?:displaystyle|textstyle)\s*([^]*?)\}?$/u, (whole, inner: string) =>
      whole.startsWith('{') && whole.endsWith('}') ? inner : whole.replace(/^\\\w+\s*/u, ''),
    )
    .trim();
}

function isFormula({ attribs }: Element): boolean {
  if ((attribs['alt'] ?? '').trim() === '') return false;
  return /(?:^|[\s_-])(?:math|tex|latex|mathjax|mwe-math-fallback-image-\w+)(?=$|[\s_-])/iu.test(
    attribs['class'] ?? '',
  );
}

/** A table whose one text is a formula is how generators set its number beside it. */
function isEquation(table: Element): boolean {
  return /(?:^|\s)(?:ltx_eqn_table|ltx_equationgroup)(?=$|\s)/u.test(table.attribs['class'] ?? '');
}

/** Each line a paragraph, with no cells. */
function flattenEquation(table: Element): void {
  table.name = 'div';
  for (const element of descendants(table)) {
    if (element.name === 'tr') element.name = 'p';
    else if (element.name === 'td' || element.name === 'th') element.name = 'span';
    else if (element.name === 'tbody') element.name = 'div';
  }
}

function replaceChildren(element: Element, text: string): void {
  const node = new Text(text);
  node.parent = element;
  element.children = [node];
  // Formulas stand close to each other in the source, and to words.
  const { next } = element;
  if (isElement(element.parent) && next !== null && !isText(next)) node.data += ' ';
}
