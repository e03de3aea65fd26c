import { stem } from './terms.ts';

/** The alphabets that a name may be written in. */
export type Script = 'cyrillic' | 'latin';

/** Of a folded word: null when it mixes scripts, has digits or is of another script. */
export function scriptOf(word: string): Script | null {
  if (/^[a-z]+$/u.test(word)) return 'latin';
  return /^[а-я]+$/u.test(word) ? 'cyrillic' : null;
}

/**
 * Roughly how a folded word sounds, in Latin letters, so that a name meets itself in the other
 * script: "deepseek" and «дипсик» are both `dipsik`. A Russian word has a second key where it may
 * have lost a case ending. Less than four letters have none, for they meet by chance.
 */
export function soundKeys(word: string, script: Script): string[] {
  const spellings =
    script === 'latin' ? [word] : [word, stem(word)].map((form) => spellInLatin(form));
  return [...new Set(spellings.map(soundOf))].filter((key) => key.length >= 4);
}

function soundOf(spelling: string): string {
  return (
    soundRules
      .reduce((word, [letters, sound]) => word.replace(letters, sound), spelling)
      .replace(/(.)\1+/gu, '$1')
      // Endings of cases and mute vowels.
      .replace(/[aeiou]+$/u, '')
  );
}

function spellInLatin(word: string): string {
  return word.replaceAll('дж', 'g').replace(/[а-я]/gu, (letter) => latinOf[letter] ?? '');
}

const latinOf: Readonly<Record<string, string>> = Object.fromEntries(
  `а a|б b|в v|г g|д d|е e|ж zh|з z|и i|й i|к k|л l|м m|н n|о o|п p|р r|с s|т t|у u|ф f|х h|ц ts|ч ch|
   ш sh|щ sh|ы i|э e|ю iu|я ia`
    .split('|')
    .map((pair) => pair.trim().split(' '))
    .map(([letter, spelt]) => [letter, spelt]),
);

// In this order: a rule may need what an earlier one left.
const soundRules: readonly (readonly [RegExp, string])[] = [
  [/ph/gu, 'f'],
  [/th/gu, 't'],
  [/wh/gu, 'v'],
  [/q[uw]?/gu, 'kv'],
  [/ck/gu, 'k'],
  [/x/gu, 'ks'],
  [/ee|ea/gu, 'i'],
  [/oo|ou/gu, 'u'],
  [/au|aw/gu, 'o'],
  [/c(?=[eiy])/gu, 's'],
  [/c(?!h)/gu, 'k'],
  [/w/gu, 'v'],
  [/y/gu, 'i'],
  [/j/gu, 'g'],
];
