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
  removeWhere(root, (element) => {
    if (keptElements.has(element.name) || !isClutter(element)) return false;
    if (isPartOfSentence(element, prose)) return false;
    // Some sites call the whole page a widget: what holds much of its prose is no clutter.
    const share = (prose.of.get(element) ?? 0) / Math.max(prose.total, 1);
    if (share < 0.3) return !prose.likely.has(element) || clutterElements.has(element.name);
    return isDiscussion(element) && !prose.main.has(element);
  });
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
  return names !== '' && clutterNames.test(names);
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
