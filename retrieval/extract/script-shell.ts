import type { ParentNode } from 'domhandler';
import { descendants, rawText } from './elements.ts';
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
  let shown = 0;
  let body: ParentNode = document;
  let asksForScripts = false;
  let emptyMount = false;
  for (const element of descendants(document)) {
    if (element.name === 'body') body = element;
    if (element.name === 'noscript') {
      const text = rawText(element, 10_000);
      asksForScripts ||= /javascript/iu.test(text);
      shown -= foldText(text).length;
    } else if (mountPoints.has((element.attribs['id'] ?? '').toLowerCase())) {
      emptyMount ||= foldText(rawText(element, 1000)) === '';
    }
  }
  for (const child of body.children) {
    if (child.type === 'tag' && child.name === 'head') continue;
    shown += foldText(rawText(child)).length;
  }
  if (shown > 200) return false;
  return asksForScripts || emptyMount || (scriptCharacters > 20_000 && shown < 50);
}

const mountPoints = new Set(
  'root app __next __nuxt main-app react-root app-root ___gatsby'.split(' '),
);
