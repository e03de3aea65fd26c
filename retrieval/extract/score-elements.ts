import type { Element, ParentNode } from 'domhandler';
import { descendants, isElement, nameWords } from './elements.ts';
import { linkDensity, measureOwnText, noText } from './text-measure.ts';
import type { Measure } from './text-measure.ts';

/** Each run of text gives to what holds it, less with every step up. */
export function scoreElements(
  root: ParentNode,
  measures: Map<Element, Measure>,
): Map<Element, number> {
  const scores = new Map<Element, number>();
  for (const element of descendants(root)) {
    if (!textElements.has(element.name)) continue;
    const isBox = element.name === 'div' || element.name === 'section' || element.name === 'td';
    const measured = isBox ? measureOwnText(element) : (measures.get(element) ?? noText);
    if (measured.characters < 25) continue;
    if (element.name === 'li' && linkDensity(measured) > 0.3) continue;
    const points = 1 + measured.commas + Math.min(measured.characters / 100, 3);
    let level = isBox ? 0 : 1;
    let at: ParentNode | null = isBox ? element : element.parent;
    while (isElement(at) && level < 5) {
      const known = scores.get(at) ?? startingScore(at);
      scores.set(at, known + points / (level <= 1 ? 1 : level === 2 ? 2 : level * 3));
      at = at.parent;
      level += 1;
    }
  }
  for (const [element, score] of scores) {
    scores.set(element, score * (1 - linkDensity(measures.get(element) ?? noText)));
  }
  return scores;
}

const textElements = new Set('p pre td blockquote li dd h2 h3 h4 h5 h6 section div'.split(' '));

const tagScores: ReadonlyMap<string, number> = new Map([
  ['article', 15],
  ['main', 10],
  ['div', 5],
  ['section', 3],
  ['pre', 3],
  ['td', 3],
  ['blockquote', 3],
  ['ol', -3],
  ['ul', -3],
  ['dl', -3],
  ['dd', -3],
  ['dt', -3],
  ['li', -3],
  ['form', -3],
  ['address', -3],
]);

const goodNames =
  /(?:^| )(?:article|articlebody|body|content|entry|hentry|main|page|post|text|blog|story|storybody|readme|markdown|prose|doc|docs|document)(?= |$)/u;
const poorNames =
  /(?:^| )(?:hidden|banner|comment|comments|contact|footer|masthead|media|meta|outbrain|promo|related|scroll|share|sidebar|sponsor|shopping|tags|widget|teaser|list|card|gallery|excerpt)(?= |$)/u;

function startingScore(element: Element): number {
  const names = nameWords(element);
  let score = tagScores.get(element.name) ?? 0;
  if (goodNames.test(names)) score += 25;
  if (poorNames.test(names)) score -= 25;
  if ((element.attribs['itemprop'] ?? '').toLowerCase() === 'articlebody') score += 40;
  return score;
}
