import type { AnyNode, Element, ParentNode, Text } from 'domhandler';

/** Elements that a browser sets on lines of their own. */
export const blockElements: ReadonlySet<string> = new Set(
  `address article aside blockquote body caption center dd details dialog dir div dl dt fieldset
   figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol
   option p pre search section summary table tbody td tfoot th thead tr ul`.split(/\s+/u),
);

export function isElement(node: AnyNode | null | undefined): node is Element {
  return node?.type === 'tag' || node?.type === 'script' || node?.type === 'style';
}

export function isText(node: AnyNode): node is Text {
  return node.type === 'text';
}

export function childElements(parent: ParentNode): Element[] {
  return parent.children.filter((child) => isElement(child));
}

/** All elements below, in document order. */
export function descendants(parent: ParentNode): Element[] {
  const found: Element[] = [];
  const visit = (node: ParentNode): void => {
    for (const child of node.children) {
      if (!isElement(child)) continue;
      found.push(child);
      visit(child);
    }
  };
  visit(parent);
  return found;
}

/** The text of everything below as it stands in the source, cut at about `maxCharacters`. */
export function rawText(node: AnyNode, maxCharacters = Infinity): string {
  if (isText(node)) return node.data.slice(0, maxCharacters);
  if (!('children' in node)) return '';
  let text = '';
  for (const child of node.children) {
    if (text.length >= maxCharacters) break;
    text += rawText(child, maxCharacters - text.length);
    if (isElement(child) && (child.name === 'br' || blockElements.has(child.name))) text += ' ';
  }
  return text;
}

/**
 * Takes out of the tree what `unwanted` says; what is inside it is not asked about, nor what is inside
 * an element that is `closed`.
 */
export function removeWhere(
  parent: ParentNode,
  unwanted: (element: Element) => boolean,
  closed: (element: Element) => boolean = () => false,
): void {
  const kept = parent.children.filter((child) => !isElement(child) || !unwanted(child));
  if (kept.length !== parent.children.length) parent.children = kept;
  for (const child of kept) {
    if (isElement(child) && !closed(child)) removeWhere(child, unwanted, closed);
  }
}

/** The words of an element's class and id, lower-case, apart by single spaces: `social share bar`. */
export function nameWords(element: Element): string {
  const names = `${element.attribs['class'] ?? ''} ${element.attribs['id'] ?? ''}`;
  if (names.length < 2) return '';
  return names
    .slice(0, 500)
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replace(/[\s_\-:/]+/gu, ' ')
    .trim();
}
