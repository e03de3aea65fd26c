import type { Element, ParentNode } from 'domhandler';
import { clutterNames, discussionNames } from './clutter-names.ts';
import { blockElements, isElement, nameWords, removeWhere } from './elements.ts';
import { measureProse } from './prose.ts';
import type { Prose } from './prose.ts';

/**
 * Takes out what is not the page's own text: navigation, forms, and boxes whose tag, class or id
 * says that they stand beside it. To be called after `removeInvisible`. `likely` is what reads like
 * the page's text: nothing that holds it goes for its name alone.
 */
export function removeClutter(root: ParentNode, likely: readonly Element[]): void {
  const prose = measureProse(root, likely);
  const unwanted = (element: Element): boolean => {
    if (keptElements.has(element.name) || !isClutter(element)) return false;
    if (isPartOfSentence(element, prose)) return false;
    // Some sites call the whole page a widget: what holds much of its prose is no clutter.
    const share = (prose.of.get(element) ?? 0) / Math.max(prose.total, 1);
    if (share < 0.3) return !prose.likely.has(element) || clutterElements.has(element.name);
    return isDiscussion(element) && !prose.main.has(element);
  };
  // Highlighters call parts of code `comment`, `meta` and `title`.
  removeWhere(root, unwanted, ({ name }) => name === 'pre');
}

const keptElements = new Set('html body main article pre code table tbody tr td th'.split(' '));

const clutterElements = new Set('nav footer aside menu figcaption'.split(' '));

const clutterRoles = new Set(
  'navigation banner contentinfo complementary search dialog alertdialog menu menubar toolbar'.split(
    ' ',
  ),
);

function isClutter(element: Element): boolean {
  if (clutterElements.has(element.name)) return true;
  if (clutterRoles.has(element.attribs['role'] ?? '')) return true;
  const names = nameWords(element);
  if (names === '' || !clutterNames.test(names)) return false;
  // «anchorWithStickyNavbar» is no part of the bar: a heading goes by whole names alone.
  return !/^h[1-6]$/u.test(element.name) || clutterNames.test(wholeNames(element));
}

/** A word in the middle of a paragraph, such as a link to a topic, belongs to the sentence. */
function isPartOfSentence(element: Element, { sentences }: Prose): boolean {
  return (
    !blockElements.has(element.name) && isElement(element.parent) && sentences.has(element.parent)
  );
}

function isDiscussion(element: Element): boolean {
  return discussionNames.test(nameWords(element));
}

function wholeNames({ attribs }: Element): string {
  const names = `${attribs['class'] ?? ''} ${attribs['id'] ?? ''}`.slice(0, 500);
  return names.toLowerCase().replace(/[\s_\-:/]+/gu, ' ');
}
