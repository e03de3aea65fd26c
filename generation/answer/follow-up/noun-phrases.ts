import { zipfFrequency } from '../../../retrieval/text/word-frequency.ts';
import { stem } from '../../../retrieval/text/terms.ts';

import { cutWords, isLight, isPreposition, isVerb, type Word } from './words.ts';

/** A thing that a question names: «DeepSeek-V3», «Эйфелева башня», «2023», «boiling point». */
export interface NounPhrase {
  kind: 'name' | 'number' | 'common';
  /** With its article, without its preposition. */
  text: string;
  start: number;
  end: number;
  /** The article before it, folded, or null; part of the text. */
  article: string | null;
  /** The preposition before it, folded, or null. */
  preposition: string | null;
  /** Where the preposition begins, or the phrase itself where there is none. */
  from: number;
  /** «Сколько параметров», "which year": the question asks for it. */
  isAsked: boolean;
  /** "How many people": it asks for their number. */
  isCounted: boolean;
  /** Whether a word that is no verb stands right before it: «длина Волги». */
  followsNoun: boolean;
}

/**
 * The things a question names, in order. `startsLow`: its first word would have no capital if it
 * were no name.
 */
export function nounPhrases(text: string, { startsLow = false } = {}): NounPhrase[] {
  const words = cutWords(text).map((word) => ({ ...word, opens: !startsLow && opens(word, text) }));
  const phrases: NounPhrase[] = [];
  for (let at = 0; at < words.length;) {
    const end = endOfPhrase(words, at, text);
    if (end > at) phrases.push(phraseOf(words, at, end, text));
    at = Math.max(end, at + 1);
  }
  return phrases;
}

/** Whether it stands where Russian has a genitive: «длина Байкала», «у Байкала». */
export function isGenitive({ preposition, followsNoun }: NounPhrase): boolean {
  return (
    followsNoun || /^(?:у|для|из|от|до|без|около|после|против|среди)$/u.test(preposition ?? '')
  );
}

/** Runs of capitalised and Latin words of any text: «Александр Флеминг», «War and Peace». */
export function namesIn(text: string): NounPhrase[] {
  return nounPhrases(text).filter(({ kind }) => kind === 'name');
}

interface PlacedWord extends Word {
  /** Whether it begins a sentence, and has its capital anyway. */
  opens: boolean;
}

function opens({ start }: Word, text: string): boolean {
  return /(?:^|[.!?…\n])\s*["«“(]?$/u.test(text.slice(0, start));
}

function endOfPhrase(words: readonly PlacedWord[], from: number, text: string): number {
  const word = words[from];
  if (word === undefined) return from;
  const quoted = endOfQuotation(words, from, text);
  if (quoted > from) return quoted;
  if (isNumber(word)) return from + 1;
  if (isName(words, from, text)) return endOfName(words, from, text);
  if (!isCommon(words, from)) return from;
  // "How long does a cheetah live?", "where does it happen?"
  const asksWithDo = words.slice(0, from).some(({ folded }) => /^(?:do|does|did)$/u.test(folded));
  const before = words[from - 1];
  const isLast = from === words.length - 1;
  if (
    asksWithDo &&
    isLast &&
    before !== undefined &&
    !isPreposition(before) &&
    !articles.has(before.folded)
  )
    return from;
  let end = from + 1;
  while (
    isCommon(words, end) &&
    !isName(words, end, text) &&
    !isNumber(words[end] ?? word) &&
    touches(words, end, text) &&
    (isLatin(word.text) || isAdjective(words[end - 1]?.folded ?? ''))
  )
    end += 1;
  if (asksWithDo && end === words.length && end - from > 1) return end - 1;
  return end;
}

/** A title in quotation marks is one name with its marks. */
function endOfQuotation(words: readonly PlacedWord[], from: number, text: string): number {
  const first = words[from];
  if (first === undefined || !/[«“"„]$/u.test(text.slice(0, first.start))) return from;
  const closed = text.slice(first.start).search(/[»”"“]/u);
  if (closed < 0) return from;
  const end = words.findIndex((word) => word.start >= first.start + closed);
  return end < 0 ? words.length : end;
}

function endOfName(words: readonly PlacedWord[], from: number, text: string): number {
  let end = from + 1;
  for (;;) {
    const next = words[end];
    const previous = words[end - 1];
    if (next === undefined || previous === undefined || !touches(words, end, text)) return end;
    const isPart =
      isCapitalised(next.text) ||
      (/^\p{N}+$/u.test(next.text) && isLatin(previous.text) && next.text.length < 4) ||
      // «Эйфелева башня», «Чёрное море»
      (isAdjective(previous.folded) && isCommon(words, end) && !isLatin(next.text));
    if (isPart) {
      if (isLatin(next.text) !== isLatin(previous.text) && !/^\p{N}+$/u.test(next.text)) return end;
      end += 1;
      continue;
    }
    // "War and Peace", "Lord of the Rings", «Иван да Марья»
    const joined = [1, 2].find(
      (length) =>
        words.slice(end, end + length).every(({ folded }) => joining.has(folded)) &&
        words[end + length] !== undefined &&
        isLatin(previous.text) &&
        /^[A-Z]/u.test(words[end + length]?.text ?? ''),
    );
    if (joined === undefined) return end;
    end += joined + 1;
  }
}

// "The President of France" names France.
const titles = new Set(
  'ceo cto president minister king queen chancellor mayor governor head director chairman emperor pope'.split(
    ' ',
  ),
);
const joining = new Set('and of the de la da di du van von der'.split(' '));

function phraseOf(
  words: readonly PlacedWord[],
  from: number,
  end: number,
  text: string,
): NounPhrase {
  const first = words[from];
  const last = words[end - 1];
  if (first === undefined || last === undefined) throw new Error('a phrase has words');
  let at = from - 1;
  const article = articles.has(words[at]?.folded ?? '') ? (words[at]?.folded ?? null) : null;
  if (article !== null) at -= 1;
  const before = words[at];
  const preposition = before !== undefined && isPreposition(before) ? before.folded : null;
  const asking = preposition === null ? before : words[at - 1];
  const opened = /[«“"„]$/u.test(text.slice(0, first.start)) ? 1 : 0;
  const closed = opened === 1 && /^[»”"“]/u.test(text.slice(last.end)) ? 1 : 0;
  const start = (article === null ? first.start : (words[from - 1]?.start ?? 0)) - opened;
  const phraseEnd = last.end + closed;
  return {
    kind:
      opened === 1 || isName(words, from, text) ? 'name' : isNumber(first) ? 'number' : 'common',
    text: text.slice(start, phraseEnd),
    start,
    end: phraseEnd,
    article,
    preposition,
    from: preposition === null ? start : (before?.start ?? start),
    isCounted: asking !== undefined && /^(?:many|сколько)$/u.test(asking.folded),
    isAsked: asking !== undefined && askingForNoun.test(asking.folded),
    followsNoun:
      preposition === null && before !== undefined && !isLight(before) && !isVerb(before),
  };
}

const articles = new Set(['a', 'an', 'the']);
const askingForNoun =
  /^(?:сколько|как(?:ой|ая|ое|ие|ого|ую|ом|их|им|ому|ими)|каков[аоы]?|which|what|many|much)$/u;

function isNumber(word: Word): boolean {
  return (/^\p{N}/u.test(word.text) && !/\p{L}/u.test(word.text)) || isTime(word.folded);
}

/** Gives way to another time, or stands at the end. */
export function isTime(word: string): boolean {
  return /^(?:сегодня|завтра|вчера|послезавтра|сейчас|теперь|раньше|today|tomorrow|yesterday|now)$/u.test(
    word,
  );
}

/** A capital that the beginning of a sentence explains is none, unless the word is not a usual one. */
function isName(words: readonly PlacedWord[], at: number, text: string): boolean {
  const word = words[at];
  if (word === undefined || isNumber(word) || titles.has(word.folded)) return false;
  if (/\p{Ll}\p{Lu}|\p{L}-?\p{N}|\p{N}\p{L}/u.test(word.text)) return true;
  if (isLatin(word.text) && /[а-яё]/iu.test(text) && word.text.length > 1) return true;
  if (!isCapitalised(word.text)) return false;
  if (isLight(word)) return !word.opens && /^\p{Lu}{2,}$/u.test(word.text);
  if (!word.opens) return true;
  return (
    zipfFrequency(stem(word.folded)) < 4 ||
    /^\p{Lu}{2}/u.test(word.text) ||
    (words.length > at + 1 && isCapitalised(words[at + 1]?.text ?? ''))
  );
}

function isCommon(words: readonly PlacedWord[], at: number): boolean {
  const word = words[at];
  if (word === undefined || isLight(word) || !/^\p{L}/u.test(word.text)) return false;
  // "who discovered", "what causes"
  const before = words[at - 1]?.folded ?? '';
  // "how old", "how far"
  if (/^(?:who|that|how)$/u.test(before) || (before === 'what' && word.folded.endsWith('s')))
    return false;
  return !isVerb(word);
}

export function isAdjective(word: string): boolean {
  return /(?:[ыи]й|[оеая]я|[оеы]е|[ую]ю|[оеыи]го|[оеыи]му|[ыи]х|[ыи]ми?|[оеё]в[аоу]|[оеё]вой|ской|[нкгх]ой)$/u.test(
    word,
  );
}

export function isLatin(text: string): boolean {
  return /^[\p{N}.-]*\p{Script=Latin}/u.test(text);
}

function isCapitalised(text: string): boolean {
  return /^\p{Lu}/u.test(text);
}

/** Nothing but a space between it and the word before. */
function touches(words: readonly PlacedWord[], at: number, text: string): boolean {
  return text.slice(words[at - 1]?.end ?? 0, words[at]?.start).trim() === '';
}
