import type { Element, ParentNode } from 'domhandler';
import { blockElements, isElement, isText } from './elements.ts';

/** Where the running text of a page is. */
export interface Prose {
  /** Characters of running text: direct text of an element that is long enough to be a sentence. */
  total: number;
  of: Map<Element, number>;
  /** Paragraphs and list items with text of their own beside the elements in them. */
  sentences: Set<Element>;
  /** Elements that hold the page's main part or its first heading. */
  main: Set<Element>;
  /** Elements that hold what reads like the page's text. */
  likely: Set<Element>;
}

export function measureProse(root: ParentNode, likely: readonly Element[]): Prose {
  const of = new Map<Element, number>();
  const main = new Set<Element>();
  const sentences = new Set<Element>();
  const visit = (parent: ParentNode): { own: number; prose: number } => {
    let own = 0;
    let prose = 0;
    for (const child of parent.children) {
      if (isElement(child)) {
        const below = visit(child);
        prose += below.prose;
        if (child.name !== 'a' && !blockElements.has(child.name)) own += below.own;
      } else if (isText(child)) {
        const length = child.data.trim().length;
        own += length;
        if (length > 20 && isElement(parent) && (parent.name === 'p' || parent.name === 'li')) {
          sentences.add(parent);
        }
      }
    }
    if (!isElement(parent)) return { own: 0, prose };
    // An inline element's text counts where its block ends.
    if (blockElements.has(parent.name) && own >= 60) prose += own;
    of.set(parent, prose);
    if ((parent.name === 'h1' && own > 0) || parent.name === 'main') addWithAncestors(parent, main);
    return { own, prose };
  };
  const { prose: total } = visit(root);
  const holders = new Set<Element>();
  for (const element of likely) addWithAncestors(element, holders);
  return { total, of, sentences, main, likely: holders };
}

function addWithAncestors(element: Element, set: Set<Element>): void {
  for (let at: ParentNode | null = element; at !== null; at = at.parent) {
    if (isElement(at)) set.add(at);
  }
}
