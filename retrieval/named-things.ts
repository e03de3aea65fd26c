import type { Passage } from './passage.ts';
import { scriptOf, soundKeys } from './text/sound-keys.ts';
import { isStopWord } from './text/stop-words.ts';
import { tokenize, type Token } from './text/terms.ts';
import { zipfFrequency } from './text/word-frequency.ts';

/** A thing that a question names, word by word; each word with the forms it may be met in. */
export type NamedThing = readonly (readonly string[])[];

/**
 * What a question names: «Сравни DeepSeek-V3 и GPT-4o» names two things. Runs of capitals, of Latin
 * letters in a Russian question, and words with digits; where a comparison has none of these, its
 * rarer words.
 */
export function namedThings(question: string): NamedThing[] {
  const tokens = tokenize(question);
  const isRussian = /\p{Script=Cyrillic}/u.test(question);
  const names: Token[][] = [];
  let before: Token | null = null;
  for (const [at, token] of tokens.entries()) {
    const raw = question.slice(token.start, token.end);
    if (isStopWord(token.word) || !isName(raw, { isFirst: at === 0, isRussian })) {
      before = null;
      continue;
    }
    const between = before === null ? '' : question.slice(before.end, token.start);
    if (before !== null && /^[ \u00a0-]$/u.test(between)) names.at(-1)?.push(token);
    else names.push([token]);
    before = token;
  }
  if (names.length < 2 && comparison.test(question)) {
    const rare = tokens.filter(
      ({ word, stem }) => !isStopWord(word) && !comparison.test(word) && zipfFrequency(stem) < 5,
    );
    return rare.map((token) => [formsOf(token)]);
  }
  return names.map((name) => name.map(formsOf));
}

/** How a passage speaks of a thing: `about` when its title, heading or opening names it. */
export function mentions(passage: Passage, thing: NamedThing): 'about' | 'mentioned' | 'none' {
  const head = `${passage.title}\n${passage.heading ?? ''}\n${passage.text.slice(0, openingLength)}`;
  if (holds(head, thing)) return 'about';
  return holds(`${passage.title}\n${passage.text}`, thing) ? 'mentioned' : 'none';
}

const openingLength = 100;

function holds(text: string, thing: NamedThing): boolean {
  const held = new Set(tokenize(text).flatMap(formsOf));
  return thing.every((forms) => forms.some((form) => held.has(form)));
}

/** Stems and sounds never meet each other: a sound has a space before it. */
function formsOf({ word, stem }: Token): string[] {
  const script = scriptOf(word);
  const sounds = script === null ? [] : soundKeys(word, script);
  return [stem, ...sounds.map((sound) => ` ${sound}`)];
}

function isName(raw: string, { isFirst, isRussian }: { isFirst: boolean; isRussian: boolean }) {
  if (/\p{L}/u.test(raw) && /\p{Nd}/u.test(raw)) return true;
  if (isRussian && /^\p{Script=Latin}/u.test(raw)) return true;
  // The first word of a question has a capital in any case; a capital inside is a name's.
  return isFirst ? /^\P{Lu}*\p{L}\p{Ll}*\p{Lu}/u.test(raw) : /^\p{Lu}/u.test(raw);
}

const comparison =
  /(?<!\p{L})(?:сравни\p{L}*|отлича\p{L}*|отличи\p{L}*|разниц\p{L}*|различи\p{L}*|лучше|хуже|или|против|compar\p{L}*|differ\p{L}*|versus|vs|better|worse|or)(?!\p{L})/iu;
