import { stem } from '../../../retrieval/text/terms.ts';

import { isLatin } from './noun-phrases.ts';
import { cutWords } from './words.ts';

export type Gender = 'masculine' | 'feminine' | 'neuter' | 'plural';
export type Case =
  | 'nominative'
  | 'genitive'
  | 'dative'
  | 'accusative'
  | 'instrumental'
  | 'prepositional';

/** Whether a name, in whatever case it stands, may be of this gender. Latin letters tell nothing. */
export function mayBe(name: string, gender: Gender): boolean {
  const last = cutWords(name).at(-1)?.text ?? '';
  if (isLatin(last) || !/[а-яё]/iu.test(last)) return true;
  switch (gender) {
    case 'masculine':
      return /(?:[бвгджзйклмнпрстфхцчшщь]|[аяуюеи]|[оеыи]м|ого|ому)$/u.test(last);
    case 'feminine':
      return /(?:[аяыиеуюь]|[оеё]й)$/u.test(last);
    case 'neuter':
      return /(?:[оеаяую]|[оеи]м|ого|ому)$/u.test(last);
    case 'plural':
      return /(?:[аыия]|[оеё]в|ей|[ая]ми?|[ая]х|[иы]х)$/u.test(last);
  }
}

/** A guess by the ending; in the genitive «Байкала» is masculine. */
export function guessGender(name: string, isGenitive: boolean): Gender {
  const last = name.toLowerCase();
  if (isGenitive && /[бвгдзклмнпрстфхцчшщж]а$/u.test(last) && !/[оеё]ва$/u.test(last))
    return 'masculine';
  if (/(?:[ыиую]|ой|ей|ая|я|а)$/u.test(last)) return 'feminine';
  return /[ое]$/u.test(last) && !/[бвгдзклмнпрстфхцчшщж]е$/u.test(last) ? 'neuter' : 'masculine';
}

/** A guess at how a name is called, from any case of it and from what else the texts hold. */
export function inNominative(name: string, gender: Gender, texts: readonly string[]): string {
  const known = texts.flatMap((text) => cutWords(text));
  return mapWords(name, (word) => {
    const forms = known.filter(
      ({ text }) =>
        stem(text.toLowerCase()) === stem(word.toLowerCase()) &&
        /^\p{Lu}/u.test(text) === /^\p{Lu}/u.test(word),
    );
    const seen = forms.find(({ text }) => isNominative(text, gender) && !isOblique(word, text));
    return seen?.text ?? guessNominative(word, gender);
  });
}

/** A name in another case than its nominative, by the usual endings; foreign names stay. */
export function inCase(
  nominative: string,
  wanted: Case,
  { gender, isAnimate }: { gender: Gender; isAnimate: boolean },
): string {
  if (wanted === 'nominative' || gender === 'plural') return nominative;
  if (wanted === 'accusative' && gender !== 'feminine') {
    if (!isAnimate || gender === 'neuter') return nominative;
    return inCase(nominative, 'genitive', { gender, isAnimate });
  }
  const at = caseOrder.indexOf(wanted);
  return mapWords(nominative, (word) => {
    const endings = declensions[gender].find(([ending]) => word.endsWith(ending));
    if (endings === undefined) return word;
    const [ending, cut, forms] = endings;
    const cutWord = word.slice(0, word.length - cut);
    const base = oblique.get(cutWord) ?? cutWord;
    const form = forms.split(' ')[at] ?? '';
    // «Волгы» and «Ольгы» are not written.
    const written = /[гкхжшщч]$/u.test(base) && form === 'ы' ? 'и' : form;
    return ending === '-' ? word : base + written;
  });
}

/** Names that lose a vowel before an ending. */
const oblique = new Map([
  ['Лев', 'Льв'],
  ['Павел', 'Павл'],
  ['Пётр', 'Петр'],
]);

const caseOrder: Case[] = ['genitive', 'dative', 'accusative', 'instrumental', 'prepositional'];

/** What a word ends with, how many letters go, and what comes for each of the cases. */
type Declension = [ending: string, cut: number, forms: string];

const declensions: Record<Exclude<Gender, 'plural'>, Declension[]> = {
  masculine: [
    ['ский', 2, 'ого ому ого им ом'],
    ['цкий', 2, 'ого ому ого им ом'],
    ['ый', 2, 'ого ому ого ым ом'],
    ['ой', 2, 'ого ому ого ым ом'],
    ['ий', 1, 'я ю я ем и'],
    ['й', 1, 'я ю я ем е'],
    ['ь', 1, 'я ю я ем е'],
    ['Лев', 0, 'а у а ом е'],
    ['ов', 0, 'а у а ым е'],
    ['ев', 0, 'а у а ым е'],
    ['ин', 0, 'а у а ым е'],
    ['а', 1, 'ы е у ой е'],
    ['я', 1, 'и е ю ей е'],
    ...[...'бвгджзклмнпрстфхцчшщ'].map((letter): Declension => [letter, 0, 'а у а ом е']),
  ],
  feminine: [
    ['ова', 1, 'ой ой у ой ой'],
    ['ева', 1, 'ой ой у ой ой'],
    ['ия', 1, 'и и ю ей и'],
    ['ая', 2, 'ой ой ую ой ой'],
    ['яя', 2, 'ей ей юю ей ей'],
    ['а', 1, 'ы е у ой е'],
    ['я', 1, 'и е ю ей е'],
    ['ь', 1, 'и и ь ью и'],
  ],
  neuter: [
    ['ое', 2, 'ого ому ое ым ом'],
    ['ие', 1, 'я ю е ем и'],
    ['ее', 2, 'его ему ее им ем'],
    ['ре', 1, 'я ю е ем е'],
    ['ле', 1, 'я ю е ем е'],
    ['ро', 1, 'а у о ом е'],
    ['во', 1, 'а у о ом е'],
  ],
};

function guessNominative(word: string, gender: Gender): string {
  if (isLatin(word) || !/[а-яё]$/iu.test(word)) return word;
  const [pattern, replacement] = nominativeOf[gender].find(([ending]) => ending.test(word)) ?? [];
  return pattern === undefined ? word : word.replace(pattern, replacement ?? '');
}

const nominativeOf: Record<Gender, [RegExp, string][]> = {
  masculine: [
    [/(?<=ск|цк)(?:ого|ому|им|ом)$/u, 'ий'],
    [/(?:ого|ому)$/u, 'ой'],
    [/(?<=[ое]в|[иы]н)ым$/u, ''],
    [/(?<=[бвгджзклмнпрстфхцчшщ])(?:ом|а|у|е)$/u, ''],
    [/(?<=[аеиоуыэя])(?:ем|я|ю|е)$/u, 'й'],
    [/(?<=и)и$/u, 'й'],
    [/(?:ем|я|ю)$/u, 'ь'],
  ],
  feminine: [
    [/(?<=[ое]в|[иы]н)(?:ой|у)$/u, 'а'],
    [/(?:ую|[оаы]й)$/u, 'ая'],
    [/(?<=и)(?:и|ю|ей)$/u, 'я'],
    [/(?<=[гкхжшщч])и$/u, 'а'],
    [/(?:ы|у)$/u, 'а'],
    [/(?:и|ю|ей)$/u, 'я'],
    [/(?<=[бвгдзклмнпрстфхцчшщж])е$/u, 'а'],
  ],
  neuter: [
    [/(?:ого|ому|ым)$/u, 'ое'],
    [/(?<=[рл])(?:я|ю|ем)$/u, 'е'],
    [/(?<=и)(?:я|ю|ем|и)$/u, 'е'],
    [/(?:а|у|ом)$/u, 'о'],
  ],
  plural: [],
};

function isNominative(word: string, gender: Gender): boolean {
  switch (gender) {
    case 'masculine':
      return /[бвгджзйклмнпрстфхцчшщь]$/u.test(word) && !/[оеы]м$/u.test(word);
    case 'feminine':
      return /[аяь]$/u.test(word);
    case 'neuter':
      return /[ое]$/u.test(word);
    case 'plural':
      return false;
  }
}

/** «Пушкин» is no shape of «Пушкинский». */
function isOblique(word: string, form: string): boolean {
  return Math.abs(word.length - form.length) > 3;
}

function mapWords(name: string, map: (word: string) => string): string {
  const words = cutWords(name);
  return words.reduceRight(
    (text, word) => text.slice(0, word.start) + map(word.text) + text.slice(word.end),
    name,
  );
}
