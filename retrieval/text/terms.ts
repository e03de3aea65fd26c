import { stemmer as stemEnglish } from '@orama/stemmers/english';
import { stemmer as stemRussian } from '@orama/stemmers/russian';

import { baseOfIrregularForm } from './irregular-verbs.ts';

export interface Token {
  /** Lower case, ё as е, without stress marks: what is compared. */
  word: string;
  /** Snowball stem of the word; a number or a word of another script is its own stem. */
  stem: string;
  /** Where it stands in the text that was given, in UTF-16 units. */
  start: number;
  end: number;
}

/**
 * Words and numbers of a text in order, with places. A number keeps its separators inside
 * (`22,338,618` and `22 338 618` are both `22338618`, `37,6` and `37.6` are both `37.6`).
 * A word that is joined by a hyphen, or mixes letters and digits, comes apart at the hyphen only.
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(tokenPattern)) {
    const raw = match[0];
    const isNumber = /^\p{Nd}/u.test(raw) && !/\p{L}/u.test(raw);
    const word = isNumber ? normalizeNumber(raw) : fold(raw).replace(/'s$/u, '');
    if (word === '') continue;
    tokens.push({ word, stem: stem(word), start: match.index, end: match.index + raw.length });
  }
  return tokens;
}

/** Stems of a text in order, stop words included. */
export function stems(text: string): string[] {
  return tokenize(text).map((token) => token.stem);
}

/** Lower case, ё as е, stress marks and soft hyphens gone, one kind of apostrophe. й stays й. */
export function fold(text: string): string {
  // Nothing in these has a mark to lose, and nearly all words are of these.
  if (/^[\x20-\x7eА-Яа-яЁё]*$/u.test(text)) return text.toLowerCase().replaceAll('ё', 'е');
  return (
    text
      // Sorting an endless run of marks takes the square of its length; no script stacks so many.
      .replace(/(\p{M}{8})\p{M}+/gu, '$1')
      .normalize('NFKD')
      .replace(/[\u0300\u0301\u00ad\u200b-\u200d\u2060\ufeff]/gu, '')
      .normalize('NFC')
      .toLowerCase()
      .replaceAll('ё', 'е')
      .replaceAll('i\u0307', 'i')
      .replaceAll('’', "'")
  );
}

/** Snowball stem of a folded word, Russian or English by its letters. */
export function stem(word: string): string {
  const known = stemCache.get(word);
  if (known !== undefined) return known;
  const made = /^[а-я]+$/u.test(word)
    ? stemRussian(word)
    : /^[a-z]+$/u.test(word)
      ? stemEnglish(baseOfIrregularForm.get(word) ?? word)
      : word;
  if (stemCache.size >= stemCacheLimit) stemCache.clear();
  stemCache.set(word, made);
  return made;
}

// Stemming is the dearest part of analysis and words repeat; bounded, so that no text can fill memory.
const stemCache = new Map<string, string>();
const stemCacheLimit = 50_000;

// A number in groups of three, a decimal (a date or a version is none), a language of the C family, or
// a word. A combining mark or an invisible break continues a word: «Вы́ставочный». So does an apostrophe
// between letters: "don't"; the 's of a genitive is cut off.
const tokenPattern =
  /(?!0)\p{Nd}{1,3}(?:\.\p{Nd}{3}){2,}(?![.,]?[\p{L}\p{N}])|(?!0)\p{Nd}{1,3}(?:[ \u00a0\u202f\u2009,]\p{Nd}{3})+(?![\p{L}\p{N}])(?:[.,]\p{Nd}+(?![.,]?\p{N}))?|(?<!\p{Nd}[.,])\p{Nd}+[.,]\p{Nd}+(?!\p{L}|[.,]?\p{N})|[CcFf](?:\+\+|#)(?![\p{L}\p{N}])|[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}\u00ad\u200b-\u200d\u2060\ufeff]|['’](?=\p{L}))*/gu;

function normalizeNumber(raw: string): string {
  const number = raw.normalize('NFKC');
  if (/^\d{1,3}(?:\.\d{3}){2,}$/u.test(number)) return number.replaceAll('.', '');
  if (/^(?!0)\d{1,3}(?:[ ,]\d{3})+(?:[.,]\d+)?$/u.test(number)) {
    return number.replace(/[ ,](?=\d{3}(?:\D|$))/gu, '').replace(',', '.');
  }
  return number.replace(',', '.');
}
