import type { Element, ParentNode } from 'domhandler';
import { childElements, isElement, isText, rawText, removeWhere } from './elements.ts';
import { foldText } from './text-folding.ts';

/**
 * Takes out what generators of pages add to a text and name in their markup: signs of permalinks,
 * links to edit a section, numbers of code's lines, what a forum shows of its members, footnotes and
 * lists of references. What is not found here may still go by the looks of it later.
 */
export function removeFurniture(root: ParentNode): void {
  removeWhere(root, (element) => isFurniture(element));
}

function isFurniture(element: Element): boolean {
  const { name, attribs } = element;
  if (name === 'a') return isSignOfLink(element);
  if (furnitureRoles.has(attribs['role'] ?? '')) return true;
  if (name === 'cite' && isNumbers(element)) return true;
  if (name === 'p' && isElement(element.parent) && element.parent.attribs['class'] === 'codebox') {
    return true;
  }
  const classes = attribs['class'];
  if (classes === undefined || classes.length > 500 || !furniture.test(classes)) return false;
  return name !== 'body' && name !== 'main' && name !== 'article';
}

const furnitureRoles = new Set('tablist doc-endnotes doc-bibliography doc-backlink'.split(' '));

const furniture = new RegExp(
  `(?:^|\\s)(?:${[
    // MediaWiki
    'mw-editsection|mw-cite-backlink|references|mw-references-wrap|printfooter|catlinks|mw-jump-link|vector-dropdown|mw-portlet',
    // LaTeXML
    'ltx_note|ltx_bibliography|ltx_page_logo|ltx_authors|ltx_tag_equation',
    // Highlighters of code
    'linenos|lineno|linenodiv|line-numbers-rows|gutter|linenumber|hljs-ln-numbers|rouge-gutter',
    // phpBB, SMF, XenForo, vBulletin
    'postprofile|poster|message-user|userinfo|post-buttons|signature|message-signature|post-signature|moderatorbar|quickbuttons|online-list|action-bar',
    // Sphinx, Docusaurus
    'headerlink|hash-link|table-of-contents|theme-doc-(?:footer|version-badge|toc-mobile)',
  ].join('|')})(?=\\s|$)`,
  'u',
);

/** «¶» at a heading, «↑» at a quotation: an anchor of one sign. */
function isSignOfLink(element: Element): boolean {
  if (!(element.attribs['href'] ?? '').includes('#')) return false;
  if (isElement(element.parent) && element.parent.name === 'pre') return false;
  return (
    childElements(element).length === 0 && /^[¶#§↑↩^🔗]$/u.test(foldText(rawText(element, 20)))
  );
}

/** «[1, 2]»: the answer's own markers look like that. The space before it goes with it. */
function isNumbers(element: Element): boolean {
  if (!/^\s*[[(][\d\s,;–-]{1,60}[\])]\s*$/u.test(rawText(element, 100))) return false;
  const { prev, next } = element;
  if (
    prev !== null &&
    isText(prev) &&
    next !== null &&
    isText(next) &&
    /^[,.;:)]/u.test(next.data)
  ) {
    prev.data = prev.data.trimEnd();
  }
  return true;
}
