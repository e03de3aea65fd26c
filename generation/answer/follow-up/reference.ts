import { isQuestionWord } from '../../../retrieval/text/stop-words.ts';
import type { EarlierTurn } from '../answer-event.ts';

import { isAdjective, isLatin, namesIn, nounPhrases, type NounPhrase } from './noun-phrases.ts';
import { caseOf, pronounAt, type Pronoun } from './pronouns.ts';
import { findReferent, type Referent } from './referent.ts';
import { inCase } from './russian-case.ts';
import { cutWords, isLight, isPreposition, type Word } from './words.ts';

/**
 * A question with what its pronoun stands for in the pronoun's place: «Какова его глубина?» →
 * «Какова глубина Байкала?» Null when it has none that looks beyond the question, or nothing
 * earlier fits.
 */
export function resolveReference(text: string, history: readonly EarlierTurn[]): string | null {
  const words = cutWords(text);
  if (words.length > 20) return null;
  let question = text;
  const said = new Set<string>();
  // «Когда он её написал?»: what is put in at the end leaves the places before it where they were.
  for (const at of [...words.keys()].toReversed()) {
    const pronoun = pronounAt(words, at);
    if (pronoun === null || !looksBeyond(words, at, { pronoun, text })) continue;
    const referent = findReferent(history, pronoun.wanted);
    if (referent === null || said.has(referent.text)) continue;
    if (pronoun.use === 'named' && !referent.isName) continue;
    said.add(referent.text);
    question = put(referent, { pronoun, text: question, words, at });
  }
  if (said.size === 0) return null;
  // «Во Второй мировой», «об Эвересте»
  return question
    .replace(/(?<!\p{L})([вВ]) (?=[ВФ][^аеёиоуыэюя])/gu, '$1о ')
    .replace(/(?<!\p{L})([оО]) (?=[АИОУЭ]\p{Ll})/gu, '$1б ');
}

/** Whether what a pronoun stands for cannot be in the question itself. */
function looksBeyond(
  words: readonly Word[],
  at: number,
  { pronoun: { use }, text }: { pronoun: Pronoun; text: string },
): boolean {
  const pronoun = words[at];
  const previous = words[at - 1]?.folded ?? '';
  if (pronoun === undefined) return false;
  const names = namesIn(text);
  if (names.some(({ start }) => start < pronoun.start || use === 'named')) return false;
  // "Other than his work, what was Tesla known for?"
  if (!words.slice(0, at).some(asks) && words.slice(at).some(asks) && names.length > 0)
    return false;
  // What the rest of a sentence says may speak of its own beginning: "when it …", «который он …»
  if (at > 1 && conjunctions.test(previous)) return false;
  // "Who lost his …" speaks of whoever lost it; "who was he" does not.
  const isPersonal = /^(?:his|her|their|he|she|they)$/u.test(pronoun.folded);
  const linked = words.slice(1, at).every(({ folded }) => linking.test(folded));
  if (/^who(?:se)?$/u.test(words[0]?.folded ?? '') && isPersonal && !linked) return false;
  return nounPhrases(text).every((phrase) => {
    if (phrase.start >= pronoun.start || phrase.kind === 'number') return true;
    if (isAdjective(phrase.text.toLowerCase())) return true;
    // "When did he invent it": a verb.
    if (/(?:^| )(?:he|she|they|it) $/iu.test(text.slice(0, phrase.start))) return true;
    return phrase.isAsked ? !mayMean(phrase, words, pronoun) : belongsTo(phrase, words, at);
  });
}

function asks({ folded }: Word): boolean {
  return isQuestionWord(folded);
}

const conjunctions =
  /^(?:when|while|after|before|since|because|although|if|that|as|котор\p{L}+|что|когда|если|чтобы|потому|хотя|где)$/u;

/** «Какова площадь его …», "what is the name of its …": a noun that belongs to what the pronoun names. */
function belongsTo({ end }: NounPhrase, words: readonly Word[], at: number): boolean {
  const next = words.findIndex(({ start }) => start >= end);
  if (next === at) return !isLatin(words[at]?.text ?? '');
  return words[next]?.folded === 'of' && next + 1 === at;
}

/**
 * "What country lost its …" speaks of that country; "how many people live in its …" and "what country
 * is it in" of something else.
 */
function mayMean(phrase: NounPhrase, words: readonly Word[], pronoun: Word): boolean {
  const between = words.filter(({ start }) => start >= phrase.end && start < pronoun.start);
  if (between.every((word) => isPreposition(word) || linking.test(word.folded))) return false;
  if (isLatin(pronoun.text)) return !phrase.isCounted || /^the(?:y|ir|m)$/u.test(pronoun.folded);
  return /^(?:его|ее|их)$/u.test(pronoun.folded);
}

const linking = /^(?:do|does|did|is|are|was|were|can|could|will|would|then)$/u;

function put(
  referent: Referent,
  {
    pronoun,
    text,
    words,
    at,
  }: { pronoun: Pronoun; text: string; words: readonly Word[]; at: number },
): string {
  const word = words[at];
  if (word === undefined) return text;
  const before = text.slice(0, word.start);
  const after = text.slice(word.end);
  if (pronoun.use === 'named') {
    const end = endOfNoun(words, at + 1);
    const noun = text.slice(word.end, end).trimStart();
    return `${before}${isLatin(word.text) ? 'the ' : ''}${noun} ${referent.text}${text.slice(end)}`;
  }
  if (pronoun.use === 'subject') return before + referent.text + after;
  if (isLatin(word.text)) return before + inEnglish(pronoun, referent) + after;
  if (pronoun.use === 'place') return before + placed(word.folded, referent) + after;
  if (pronoun.use === 'possessive') {
    const end = endOfNoun(words, at + 1);
    const owned = text.slice(word.end, end).trimStart();
    return `${before}${owned} ${inCase(referent.text, 'genitive', referent)}${text.slice(end)}`;
  }
  const last = words[at - 1];
  const preposition = last !== undefined && isPreposition(last) ? last.folded : null;
  return before + inCase(referent.text, caseOf(word.folded, preposition), referent) + after;
}

function inEnglish({ use }: Pronoun, { text }: Referent): string {
  if (use === 'possessive') return text.endsWith('s') ? `${text}'` : `${text}'s`;
  return use === 'place' ? `in ${text}` : text;
}

function placed(word: string, referent: Referent): string {
  if (word === 'туда') return `в ${inCase(referent.text, 'accusative', referent)}`;
  if (word === 'оттуда') return `из ${inCase(referent.text, 'genitive', referent)}`;
  return `в ${inCase(referent.text, 'prepositional', referent)}`;
}

/** «Его максимальная глубина»: the owner is named after the noun. */
function endOfNoun(words: readonly Word[], from: number): number {
  let at = from;
  for (;;) {
    const next = words[at + 1];
    if (next === undefined || isLight(next) || !isAdjective(words[at]?.folded ?? '')) break;
    at += 1;
  }
  return words[at]?.end ?? 0;
}
