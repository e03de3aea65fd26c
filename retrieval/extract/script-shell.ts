import type { ParentNode } from 'domhandler';
import { descendants, isElement, isText, rawText } from './elements.ts';
import type { SimplifiedSource } from './simplify-source.ts';
import { foldText } from './text-folding.ts';

/**
 * Whether a page is an empty shell that scripts fill in a browser: hardly any text, and an empty
 * mount point, a request to switch scripts on, or far more script than text. To be asked before
 * anything is removed.
 */
export function isScriptShell(
  document: ParentNode,
  { scripts, scriptCharacters }: SimplifiedSource,
): boolean {
  if (scripts === 0) return false;
  let asked = 0;
  let body: ParentNode = document;
  let asksForScripts = false;
  let emptyMount = false;
  for (const element of descendants(document)) {
    if (element.name === 'body') body = element;
    if (element.name === 'noscript') {
      const text = rawText(element, 10_000);
      asksForScripts ||= /javascript/iu.test(text);
      asked += foldText(text).length;
    } else if (mountPoints.has((element.attribs['id'] ?? '').toLowerCase())) {
      emptyMount ||= foldText(rawText(element, 1000)) === '';
    }
  }
  const shown = charactersOf(body, asked + 201) - asked;
  if (shown > 200) return false;
  return asksForScripts || emptyMount || (scriptCharacters > 20_000 && shown < 50);
}

/** Characters of text below, counted up to about `enough`: a page that is none is long. */
function charactersOf(parent: ParentNode, enough: number): number {
  let sum = 0;
  for (const child of parent.children) {
    if (sum >= enough) break;
    if (isText(child)) sum += foldText(child.data).length;
    else if (isElement(child) && child.name !== 'head') sum += charactersOf(child, enough - sum);
  }
  return sum;
}

const mountPoints = new Set(
  'root app __next __nuxt main-app react-root app-root ___gatsby'.split(' '),
);
