import type { Element, ParentNode } from 'domhandler';
import { isBrowserWall } from './browser-wall.ts';
import { isElement, isText, rawText } from './elements.ts';
import type { SimplifiedSource } from './simplify-source.ts';
import { foldText } from './text-folding.ts';

/**
 * Whether a page shows its text only in a browser: an empty shell that scripts fill, or a wall that
 * asks for scripts, for consent or for a sign of a human. A shell has hardly any text beside its
 * navigation, and an empty mount point, a request to switch scripts on, or far more script than text.
 * To be asked before anything is removed.
 */
export function isScriptShell(
  document: ParentNode,
  { scripts, scriptCharacters }: SimplifiedSource,
): boolean {
  const seen: Seen = { title: '', text: '', asksForScripts: false, emptyMount: false };
  look(document, seen, false);
  if (seen.text.length >= longestWall) return false;
  if (isBrowserWall({ title: foldText(seen.title), text: foldText(seen.text) })) return true;
  const shown = foldText(seen.text).length;
  if (scripts === 0 || shown > 200) return false;
  return seen.asksForScripts || seen.emptyMount || (scriptCharacters > 20_000 && shown < 50);
}

/** What is longer is a page with a notice on it. */
const longestWall = 3000;

interface Seen {
  title: string;
  /** Of the body, without navigation and what stands there for browsers without scripts. */
  text: string;
  asksForScripts: boolean;
  emptyMount: boolean;
}

function look(parent: ParentNode, seen: Seen, isAround: boolean): void {
  for (const child of parent.children) {
    if (seen.text.length >= longestWall) return;
    if (isText(child)) {
      if (!isAround) seen.text += `${foldText(child.data.slice(0, longestWall))} `;
      continue;
    }
    if (!isElement(child)) continue;
    const { name } = child;
    if (name === 'title') seen.title ||= rawText(child, 300);
    else if (name === 'noscript') seen.asksForScripts ||= /javascript/iu.test(rawText(child, 5000));
    else if (name === 'textarea' || name === 'option') continue;
    else {
      seen.emptyMount ||= isMountPoint(child) && isBlank(child);
      look(child, seen, isAround || around.has(name));
    }
  }
}

const around = new Set('head nav header footer'.split(' '));

/** Where frameworks put what they draw: by id, by a custom element, by their attributes. */
function isMountPoint({ name, attribs }: Element): boolean {
  if (/^(?:app|my|main|root)-(?:root|app|shell|main)$|^ng-view$/u.test(name)) return true;
  if ('ng-view' in attribs || 'data-reactroot' in attribs || 'ui-view' in attribs) return true;
  return mountPoints.has((attribs['id'] ?? '').toLowerCase());
}

const mountPoints = new Set(
  `root app __next __nuxt main-app react-root app-root ___gatsby q-app svelte ember-app
   app-container application react-app vue-app app-mount`.split(/\s+/u),
);

/** Nothing yet, but a word that says so: «Loading…», «Загрузка». */
function isBlank(element: Element): boolean {
  const text = foldText(rawText(element, 1000));
  return text === '' || (text.length <= 40 && /^(?:loading|please wait|загру|подожд)/iu.test(text));
}
