import { takeLinks } from '../../../retrieval/links.ts';
import { detectLanguage } from '../../../retrieval/text/language.ts';
import { splitSentences } from '../../../retrieval/text/sentences.ts';
import { stem } from '../../../retrieval/text/terms.ts';
import type { EarlierTurn } from '../answer-event.ts';

import { isGenitive, nounPhrases, type NounPhrase } from './noun-phrases.ts';
import { guessGender, inNominative, mayBe, type Gender } from './russian-case.ts';
import { cutWords } from './words.ts';

/** What a word that stands for something is looking for. */
export interface Wanted {
  gender: Gender | null;
  /** «Он», "he", "she" may be a person; "it" is none. */
  role: 'person' | 'thing' | 'any' | 'place';
}

export interface Referent {
  /** In the nominative, as far as that can be told. */
  text: string;
  gender: Gender;
  isAnimate: boolean;
  isName: boolean;
}

/** What the last of the earlier turns that has something fitting speaks of, or null. */
export function findReferent(history: readonly EarlierTurn[], wanted: Wanted): Referent | null {
  for (const turn of history.toReversed()) {
    const found = referentOf(turn, wanted);
    if (found !== null) return found;
  }
  return null;
}

/** The first sentence of an answer, without its markers. */
function opening({ answer }: EarlierTurn): string {
  const text = answer.slice(0, 1000).replace(/\s?[[【][\d\s,]*[\]】]/gu, '');
  return splitSentences(text)[0]?.text ?? '';
}

/** Names of the answer's first sentence that the question had not. */
function newNames(turn: EarlierTurn): NounPhrase[] {
  const asked = new Set(cutWords(turn.standaloneQuestion).map(({ folded }) => stem(folded)));
  const text = opening(turn);
  // «Париж — столица …», "Paris, the capital, …": what a sentence begins with is its subject.
  const startsLow = /^\p{Lu}[\p{L}\p{N}-]*(?:,|\s[—–(]|\s(?:is|was|are|were|has)\s)/u.test(text);
  return nounPhrases(text, { startsLow }).filter(
    ({ kind, text }) =>
      kind === 'name' && !cutWords(text).some(({ folded }) => asked.has(stem(folded))),
  );
}

function referentOf(turn: EarlierTurn, wanted: Wanted): Referent | null {
  const question = takeLinks(turn.standaloneQuestion).rest.replace(aboutPage, '');
  const asksWho = whoPattern.test(question.toLowerCase()) && !asksWhoIs.test(question);
  const asksName = namePattern.test(question.toLowerCase());
  const named = nounPhrases(question).filter(({ kind }) => kind === 'name');
  const common = nounPhrases(question).filter(({ kind, isAsked }) => kind === 'common' && !isAsked);
  const found = newNames(turn);

  // Of several things of a question the last is spoken of, of several persons the first.
  const things = wanted.role === 'person' ? named : named.toReversed();
  const answers =
    (asksWho && wanted.role !== 'thing' && wanted.role !== 'place') ||
    (asksName && wanted.role !== 'person') ||
    (wanted.role === 'place' && placePattern.test(question.toLowerCase()));
  const rest = wanted.role === 'person' ? [] : common.toReversed();
  const candidates = answers ? [...found, ...things, ...rest] : [...things, ...rest, ...found];
  if (wanted.gender === 'plural' && named.length > 1 && !answers) return together(named, question);
  const chosen = candidates.find(
    ({ text }) =>
      (wanted.gender === null || mayBe(text, wanted.gender)) &&
      !(wanted.role === 'person' && /\p{N}|\p{Lu}\.?\p{Lu}/u.test(text)),
  );
  if (chosen === undefined) return null;
  const texts = [question, opening(turn)];
  const gender = wanted.gender ?? guessGender(chosen.text, isGenitive(chosen));
  const isRussian = /[а-яё]/iu.test(chosen.text);
  return {
    text: isRussian ? inNominative(chosen.text, gender, texts) : chosen.text,
    gender,
    isAnimate: (asksWho && answers) || livingPattern.test(question.toLowerCase()),
    isName: chosen.kind === 'name',
  };
}

function together(named: readonly NounPhrase[], question: string): Referent {
  const and = detectLanguage(question) === 'ru' ? 'и' : 'and';
  const text = named.map((name) => name.text).join(` ${and} `);
  return { text, gender: 'plural', isAnimate: false, isName: true };
}

const whoPattern =
  /(?<!\p{L})(?:кто|кого|кому|кем|чей|чья|чье|чьё|чьи|who|whom|whose)(?!\p{L})(?! так)/u;
const asksWhoIs = /^[Ww]ho (?:is|are|was|were) (?:the )?\p{Lu}\p{Ll}+(?! of )/u;
const aboutPage = /^(?:О чём эта страница|What is the page about):?\s*/u;
const namePattern =
  /(?<!\p{L})(?:столиц|сам(?:ый|ая|ое)|как (?:называ|зовут|звали)|capital|what is the name|largest|biggest|longest|highest|tallest|oldest|fastest|smallest|first)|^(?:какой|какая|какое|which|what) (?:город|стран|рек|гор|модел|компани|язык|озер|city|country|river|mountain|model|company|language|book|film|lake)(?!\p{L}* (?:do|does|did|can|has|have) )/u;
const placePattern =
  /(?<!\p{L})(?:где|куда|откуда|столиц|город|стран|where|capital|city|country|place)/u;
const livingPattern = /(?<!\p{L})(?:родил|умер|жил|жила|кто так|born|die|died|live)/u;
