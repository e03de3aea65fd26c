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
        const text = child.data.replace(/\s+/gu, ' ');
        if (text === ' ' || text === '') continue;
        sum.characters += text.length;
        if (inLink) sum.linkCharacters += text.length;
        sum.commas += countCommas(text);
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
        const length = child.data.trim().length;
        sum.characters += length;
        if (inLink) sum.linkCharacters += length;
        sum.commas += countCommas(child.data);
      } else if (isElement(child) && !blockElements.has(child.name)) {
        visit(child, inLink || child.name === 'a');
      }
    }
  };
  visit(element, false);
  return sum;
}

function countCommas(text: string): number {
  let count = 0;
  for (const character of text) if (',،、，、।。;；'.includes(character)) count += 1;
  return count;
}
