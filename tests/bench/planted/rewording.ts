import type { SourcePassage } from './passages.ts';
import {
  englishEndings,
  englishOpenings,
  englishRewordings,
  englishTimeFirst,
} from './reword-english.ts';
import {
  russianEndings,
  russianOpenings,
  russianRewordings,
  russianTimeFirst,
} from './reword-russian.ts';

/** What is looked for, and what says the same of each match (the match, then its groups). */
export type Rewording = [RegExp, (match: [string, ...(string | undefined)[]]) => string];

/**
 * A claim that says what the passage says in other words: figures rescaled, dates written otherwise,
 * two sentences joined, one shortened or its time moved. Null where that leaves a substring of the passage.
 */
export function rewordFaithfully(passage: SourcePassage, random: () => number): string | null {
  const usable = passage.sentences.flatMap((sentence, at) => (isWhole(sentence) ? [at] : []));
  const at = usable[Math.floor(random() * usable.length)];
  const sentence = at === undefined ? undefined : passage.sentences[at];
  if (at === undefined || sentence === undefined) return null;
  const choice = random();
  const next = passage.sentences[at + 1] ?? '';
  const reworded = rewordFacts(sentence, passage.language, random);
  let claim = reworded;
  if (choice < 0.3 && isWhole(next) && words(sentence) + words(next) <= 45) {
    claim = `${reworded.replace(/\.$/u, '')}; ${rewordFacts(next, passage.language, random)}`;
  } else if (choice < 0.7 || reworded === sentence) {
    claim = shorten(reworded, passage.language);
  }
  return isSubstring(claim, passage.text) ? null : claim;
}

function rewordFacts(sentence: string, language: 'ru' | 'en', random: () => number): string {
  const rewordings = language === 'ru' ? russianRewordings : englishRewordings;
  const places: { start: number; end: number; text: string }[] = [];
  for (const [pattern, write] of rewordings) {
    for (const match of sentence.matchAll(pattern)) {
      const place = { start: match.index, end: match.index + match[0].length };
      const isFree = places.every(({ start, end }) => end <= place.start || place.end <= start);
      if (!isFree || random() < 0.2) continue;
      const [whole, ...groups] = match;
      places.push({ ...place, text: write([whole, ...groups]) });
    }
  }
  let reworded = sentence;
  for (const { start, end, text } of places.toSorted((one, other) => other.start - one.start)) {
    reworded = reworded.slice(0, start) + text + reworded.slice(end);
  }
  return reworded;
}

function shorten(sentence: string, language: 'ru' | 'en'): string {
  const opening = language === 'ru' ? russianOpenings : englishOpenings;
  const ending = language === 'ru' ? russianEndings : englishEndings;
  const steps: ((text: string) => string)[] = [
    (text) => text.replace(/ \([^()]*\)(?![\p{L}\d])/gu, ''),
    (text) => text.replace(opening, ''),
    (text) => text.replace(ending, '.'),
    (text) => moveTimeBack(text, language),
  ];
  let shortened = sentence;
  for (const step of steps) {
    const shorter = step(shortened);
    if (words(shorter) >= 6) shortened = shorter;
  }
  return shortened.charAt(0).toUpperCase() + shortened.slice(1);
}

/** "In 1822, a town was founded." → "A town was founded in 1822." */
function moveTimeBack(sentence: string, language: 'ru' | 'en'): string {
  const pattern = language === 'ru' ? russianTimeFirst : englishTimeFirst;
  const [, time = '', rest = ''] = pattern.exec(sentence) ?? [];
  return rest === '' ? sentence : `${rest} ${time.charAt(0).toLowerCase()}${time.slice(1)}.`;
}

/** A sentence by itself: with an end, without loose brackets or quotation marks. */
function isWhole(sentence: string): boolean {
  const count = (mark: string): number => sentence.split(mark).length;
  return (
    /^[\p{Lu}\d].*[^.]\.$/u.test(sentence) &&
    words(sentence) >= 6 &&
    words(sentence) <= 40 &&
    count('(') === count(')') &&
    count('«') === count('»') &&
    count('"') % 2 === 1 &&
    !/[?:]|\.\.\./u.test(sentence)
  );
}

export function isSubstring(claim: string, text: string): boolean {
  const plain = (part: string): string =>
    part
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
  return ` ${plain(text)} `.includes(` ${plain(claim)} `);
}

function words(text: string): number {
  return text.split(' ').length;
}
