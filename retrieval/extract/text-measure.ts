import type { Element, ParentNode } from 'domhandler';
import { blockElements, isElement, isText } from './elements.ts';

/** What an element holds: characters of text, of text in links, and commas. */
export interface Measure {
  characters: number;
  linkCharacters: number;
  commas: number;
}

/** What each element below holds. The tree is no deeper than `simplifySource` lets it be. */
export function measureText(root: ParentNode): Map<Element, Measure> {
  const measures = new Map<Element, Measure>();
  const visit = (parent: ParentNode, inLink: boolean): Measure => {
    const sum: Measure = { characters: 0, linkCharacters: 0, commas: 0 };
    for (const child of parent.children) {
      if (isElement(child)) {
        const isLink = child.name === 'a' && !(child.attribs['href'] ?? '').startsWith('#');
        const below = visit(child, inLink || isLink);
        sum.characters += below.characters;
        sum.linkCharacters += below.linkCharacters;
        sum.commas += below.commas;
      } else if (isText(child)) {
        addText(sum, child.data, inLink);
      }
    }
    if (isElement(parent)) measures.set(parent, sum);
    return sum;
  };
  visit(root, false);
  return measures;
}

export function linkDensity({ characters, linkCharacters }: Measure): number {
  return characters === 0 ? 0 : linkCharacters / characters;
}

/** What an element holds that has no text. */
export const noText: Measure = { characters: 0, linkCharacters: 0, commas: 0 };

/** Text that stands in an element itself or in inline elements of it. */
export function measureOwnText(element: Element): Measure {
  const sum: Measure = { characters: 0, linkCharacters: 0, commas: 0 };
  const visit = (parent: Element, inLink: boolean): void => {
    for (const child of parent.children) {
      if (isText(child)) {
        addText(sum, child.data, inLink);
      } else if (isElement(child) && !blockElements.has(child.name)) {
        visit(child, inLink || child.name === 'a');
      }
    }
  };
  visit(element, false);
  return sum;
}

/** Adds a run of text, its white space folded. One loop: this sees every character of a page. */
function addText(sum: Measure, text: string, inLink: boolean): void {
  let characters = 0;
  let isGap = false;
  let isBlank = true;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code <= 32 || code === 160) {
      if (!isGap) characters += 1;
      isGap = true;
      continue;
    }
    characters += 1;
    isGap = false;
    isBlank = false;
    if (code === 44 || code === 59 || (code > 1500 && farCommas.has(code))) sum.commas += 1;
  }
  if (isBlank) return;
  sum.characters += characters;
  if (inLink) sum.linkCharacters += characters;
}

/** Arabic, Chinese and Japanese signs that part a sentence. */
const farCommas: ReadonlySet<number> = new Set([...'،、，。；'].map((sign) => sign.charCodeAt(0)));
