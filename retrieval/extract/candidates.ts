import type { Element, ParentNode } from 'domhandler';
import { isElement } from './elements.ts';
import { scoreElements } from './score-elements.ts';
import { linkDensity, measureText, noText } from './text-measure.ts';
import type { Measure } from './text-measure.ts';

/**
 * The elements that hold the page's text, in document order: the best-scored one and those beside
 * it that read like it. Empty when nothing on the page reads like running text.
 */
export function findContent(root: ParentNode): Element[] {
  const measures = measureText(root);
  const scores = scoreElements(root, measures);
  const best = bestCandidate(scores, measures);
  if (best === null) return [];
  return joinSiblings(best, scores, measures);
}

function bestCandidate(
  scores: Map<Element, number>,
  measures: Map<Element, Measure>,
): Element | null {
  const ranked = [...scores]
    .filter(([, score]) => score > 0)
    .toSorted((one, other) => other[1] - one[1])
    .slice(0, 6);
  const first = ranked[0];
  if (first === undefined) return null;
  let [best] = first;
  const bestScore = first[1];
  // Several good candidates under one roof are parts of one text.
  const strong = ranked
    .filter(([, score]) => score >= bestScore * 0.75)
    .map(([element]) => element);
  if (strong.length >= 4) {
    for (let at = best.parent; isElement(at) && at.name !== 'body'; at = at.parent) {
      const roof = at;
      if (strong.filter((element) => isInside(element, roof)).length >= 4) {
        best = roof;
        break;
      }
    }
  }
  // A parent whose score rises holds more of the same text.
  let last = scores.get(best) ?? bestScore;
  const floor = last / 3;
  for (let at = best.parent; isElement(at) && at.name !== 'body'; at = at.parent) {
    const score = scores.get(at);
    if (score === undefined) continue;
    if (score < floor) break;
    if (score > last) {
      best = at;
      break;
    }
    last = score;
  }
  // An only child speaks for its parent.
  for (let at = best.parent; isElement(at) && at.name !== 'body'; at = at.parent) {
    const outer = measures.get(at) ?? noText;
    const inner = measures.get(best) ?? noText;
    if (outer.characters > inner.characters) break;
    best = at;
  }
  return best;
}

function isInside(element: Element, ancestor: Element): boolean {
  for (let at: ParentNode | null = element; at !== null; at = at.parent) {
    if (at === ancestor) return true;
  }
  return false;
}

function joinSiblings(
  best: Element,
  scores: Map<Element, number>,
  measures: Map<Element, Measure>,
): Element[] {
  const parent = best.parent;
  if (parent === null) return [best];
  const threshold = Math.max(10, (scores.get(best) ?? 0) * 0.3);
  const joined: Element[] = [];
  for (const sibling of parent.children) {
    if (!isElement(sibling)) continue;
    if (sibling === best) {
      joined.push(sibling);
      continue;
    }
    const measured = measures.get(sibling) ?? noText;
    const sameClass =
      (sibling.attribs['class'] ?? '') !== '' && sibling.attribs['class'] === best.attribs['class'];
    const bonus = sameClass ? (scores.get(best) ?? 0) * 0.2 : 0;
    const density = linkDensity(measured);
    // Teasers of other pages score well too, but each leads with a link.
    if ((scores.get(sibling) ?? 0) + bonus >= threshold && density < 0.25) joined.push(sibling);
    else if (sibling.name === 'p') {
      if (measured.characters > 80 && density < 0.25) joined.push(sibling);
      else if (measured.characters > 0 && density === 0 && measured.commas > 0)
        joined.push(sibling);
    }
  }
  return joined;
}
