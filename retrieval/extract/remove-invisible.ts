import type { Element, ParentNode } from 'domhandler';
import { isElement, rawText, removeWhere } from './elements.ts';

/** Takes out what a browser does not show as text: scripts, hidden elements, controls. */
export function removeInvisible(root: ParentNode): void {
  removeWhere(
    root,
    (element) =>
      (neverText.has(element.name) && !isQuestionOfList(element)) ||
      isHidden(element) ||
      isBracketedMark(element),
  );
}

const neverText = new Set(
  `title script style noscript template svg iframe object embed canvas audio video head link meta
   button select input textarea datalist progress meter dialog map label`.split(/\s+/u),
);

/** A heading that opens its answer when it is pressed. */
function isQuestionOfList(element: Element): boolean {
  const { parent } = element;
  return element.name === 'button' && isElement(parent) && /^h[1-6]$/u.test(parent.name);
}

/** «[1]» of a footnote and «[править]» of a heading: the answer's own markers look like that. */
function isBracketedMark(element: Element): boolean {
  const { parent } = element;
  const isPlace =
    element.name === 'sup' ||
    (isElement(parent) && /^h[1-6]$/u.test(parent.name) && element.name === 'span');
  return isPlace && /^\s*\[[^[\]]{1,60}\]\s*$/u.test(rawText(element, 100));
}

function isHidden(element: Element): boolean {
  const { attribs } = element;
  if ('hidden' in attribs && attribs['hidden'] !== 'until-found') return true;
  if (attribs['aria-hidden'] === 'true' && element.name !== 'math') return true;
  const style = attribs['style'];
  return style !== undefined && /display\s*:\s*none|visibility\s*:\s*hidden/iu.test(style);
}
