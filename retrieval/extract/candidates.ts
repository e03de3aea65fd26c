import type { Element, ParentNode } from 'domhandler';
import { blockElements, descendants, isElement, isText, nameWords } from './elements.ts';

/**
 * The elements that hold the page's text, in document order: the best-scored one and those beside
 * it that read like it. Empty when nothing on the page reads like running text.
 */
export function findContent(root: ParentNode): Element[] {
  const measures = measure(root);
  const scores = scoreElements(root, measures);
  const best = bestCandidate(scores, measures);
  if (best === null) return [];
  return joinSiblings(best, scores, measures);
}

/** What an element holds: characters of text, of text in links, and commas. */
export interface Measure {
  characters: number;
  linkCharacters: number;
  commas: number;
}

export function measure(root: ParentNode): Map<Element, Measure> {
  const measures = new Map<Element, Measure>();
  const visit = (parent: ParentNode, inLink: boolean): Measure => {
    const sum: Measure = { characters: 0, linkCharacters: 0, commas: 0 };
    for (const child of parent.children) {
      if (isElement(child)) {
        const isLink = child.name === 'a' && !(child.attribs['href'] ?? '').startsWith('#');
        const below = visit(child, inLink || isLink);
        sum.characters += below.characters;
        sum.linkCharacters += below.linkCharacters;
        sum.commas += below.commas;
      } else if (isText(child)) {
        const text = child.data.replace(/\s+/gu, ' ');
        if (text === ' ' || text === '') continue;
        sum.characters += text.length;
        if (inLink) sum.linkCharacters += text.length;
        sum.commas += countCommas(text);
      }
    }
    if (isElement(parent)) measures.set(parent, sum);
    return sum;
  };
  visit(root, false);
  return measures;
}

export function linkDensity({ characters, linkCharacters }: Measure): number {
  return characters === 0 ? 0 : linkCharacters / characters;
}

const none: Measure = { characters: 0, linkCharacters: 0, commas: 0 };

function countCommas(text: string): number {
  let count = 0;
  for (const character of text) if (',،、，、।。;；'.includes(character)) count += 1;
  return count;
}

const textElements = new Set('p pre td blockquote li dd h2 h3 h4 h5 h6 section div'.split(' '));

/** Each run of text gives to what holds it, less with every step up. */
function scoreElements(root: ParentNode, measures: Map<Element, Measure>): Map<Element, number> {
  const scores = new Map<Element, number>();
  for (const element of descendants(root)) {
    if (!textElements.has(element.name)) continue;
    const isBox = element.name === 'div' || element.name === 'section' || element.name === 'td';
    const measured = isBox ? ownText(element) : (measures.get(element) ?? none);
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
    scores.set(element, score * (1 - linkDensity(measures.get(element) ?? none)));
  }
  return scores;
}

/** Text that stands in an element itself or in inline elements of it. */
function ownText(element: Element): Measure {
  const sum: Measure = { characters: 0, linkCharacters: 0, commas: 0 };
  const visit = (parent: Element, inLink: boolean): void => {
    for (const child of parent.children) {
      if (isText(child)) {
        const length = child.data.trim().length;
        sum.characters += length;
        if (inLink) sum.linkCharacters += length;
        sum.commas += countCommas(child.data);
      } else if (isElement(child) && !blockElements.has(child.name)) {
        visit(child, inLink || child.name === 'a');
      }
    }
  };
  visit(element, false);
  return sum;
}

const tagScores: Record<string, number> = {
  article: 15,
  main: 10,
  div: 5,
  section: 3,
  pre: 3,
  td: 3,
  blockquote: 3,
  ol: -3,
  ul: -3,
  dl: -3,
  dd: -3,
  dt: -3,
  li: -3,
  form: -3,
  address: -3,
};

const goodNames =
  /(?:^| )(?:article|articlebody|body|content|entry|hentry|main|page|post|text|blog|story|storybody|readme|markdown|prose|doc|docs|document)(?= |$)/u;
const poorNames =
  /(?:^| )(?:hidden|banner|comment|comments|contact|footer|masthead|media|meta|outbrain|promo|related|scroll|share|sidebar|sponsor|shopping|tags|widget|teaser|list|card|gallery|excerpt)(?= |$)/u;

function startingScore(element: Element): number {
  const names = nameWords(element);
  let score = tagScores[element.name] ?? 0;
  if (goodNames.test(names)) score += 25;
  if (poorNames.test(names)) score -= 25;
  if ((element.attribs['itemprop'] ?? '').toLowerCase() === 'articlebody') score += 40;
  return score;
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
    const outer = measures.get(at) ?? none;
    const inner = measures.get(best) ?? none;
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
  const threshold = Math.max(10, (scores.get(best) ?? 0) * 0.2);
  const joined: Element[] = [];
  for (const sibling of parent.children) {
    if (!isElement(sibling)) continue;
    if (sibling === best) {
      joined.push(sibling);
      continue;
    }
    const measured = measures.get(sibling) ?? none;
    const sameClass =
      (sibling.attribs['class'] ?? '') !== '' && sibling.attribs['class'] === best.attribs['class'];
    const bonus = sameClass ? (scores.get(best) ?? 0) * 0.2 : 0;
    if ((scores.get(sibling) ?? 0) + bonus >= threshold) joined.push(sibling);
    else if (sibling.name === 'p') {
      const density = linkDensity(measured);
      if (measured.characters > 80 && density < 0.25) joined.push(sibling);
      else if (measured.characters > 0 && density === 0 && measured.commas > 0)
        joined.push(sibling);
    }
  }
  return joined;
}
