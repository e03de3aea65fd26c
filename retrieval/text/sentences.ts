import {
  abbreviations,
  beforeNumber,
  endsAfterNumber,
  endsFreely,
  neverEnds,
  sentenceOpeners,
} from './abbreviations.ts';
import { isStopWord } from './stop-words.ts';
import { fold } from './terms.ts';

export interface Sentence {
  /** Exactly `text.slice(start, end)` of what was given, without white space around it. */
  text: string;
  start: number;
  end: number;
}

/**
 * Sentences of a Russian or English text, in order; together they cover all but the white space.
 * A line break always ends a sentence. Abbreviations, initials, decimals, the number of a list's
 * item and what is said before «— спросил он» do not. Footnotes, closing quotation marks and smileys
 * belong to the sentence before them. Takes time in proportion to the text.
 */
export function splitSentences(text: string): Sentence[] {
  const sentences: Sentence[] = [];
  let start = 0;
  let looked = 0;
  let saysSomething = false;
  for (const match of text.matchAll(boundaryPattern)) {
    const at = match.index;
    const mark = match[0];
    saysSomething ||= /[\p{L}\p{N}]/u.test(text.slice(looked, at));
    looked = at + mark.length;
    if (!/[\n\r\u2028\u2029]/u.test(mark)) {
      // «… Потом он ушёл»: what holds no word is the beginning of the next.
      if (!saysSomething || !endsSentence(text, start, at, mark)) continue;
    }
    push(text, start, at + mark.trimEnd().length, sentences);
    start = looked;
    saysSomething = false;
  }
  push(text, start, text.length, sentences);
  return sentences;
}

function push(text: string, start: number, end: number, sentences: Sentence[]): void {
  const raw = text.slice(start, end);
  const trimmed = raw.trim();
  if (trimmed === '') return;
  const from = start + raw.indexOf(trimmed);
  sentences.push({ text: trimmed, start: from, end: from + trimmed.length });
}

const smiley = String.raw`(?:[:;]-?[)(]+|\p{Extended_Pictographic}[\u{fe0f}\u{200d}\u{1f3fb}-\u{1f3ff}\p{Extended_Pictographic}]*)`;

/** Footnotes, editors' notes («[нет источника]»), smileys, and what closes a quotation. */
const closing = String.raw`(?:\[\d[\d\s,;–-]{0,20}\]|\s?\[\p{Ll}[\p{Ll} ?]{0,30}\]|【\d{1,3}[^】\n]{0,20}】|\s?${smiley}|“(?=\s|$)|["'»”’)\]¹²³⁰⁴-⁹])*`;

// End marks with what closes after them, then white space or, where somebody forgot it, a capital
// letter; full-width marks; a line break or a smiley by itself. Looking back keeps a long run of dots
// or blanks from being tried again at each of its characters.
const boundaryPattern = new RegExp(
  [
    String.raw`(?<![.!?…。！？])[.!?…。！？]+${closing}(?:\s+|$|(?=[«"(]?\p{Lu}\p{Ll}))`,
    String.raw`(?<!\s)\s*[\n\r\u2028\u2029]\s*`,
    String.raw`[。！？]`,
    String.raw`(?<=[\p{Ll}\p{N})»"] ?)${smiley}\s+(?=["«]?\p{Lu})`,
  ].join('|'),
  'gu',
);

function endsSentence(text: string, start: number, at: number, mark: string): boolean {
  const after = text.slice(at + mark.length, at + mark.length + 40);
  if (after === '') return true;
  const next = after.match(/^["'«„“‘([—–-]*\s*(\p{L}[\p{L}\p{M}'’-]*\.?|.)/su)?.[1] ?? '';
  const before = text.slice(Math.max(start, at - 30), at);
  const word = before.match(/[\p{L}\p{N}\p{M}.'/-]*$/u)?.[0] ?? '';
  if (!/\s$/u.test(mark) && !endsWithoutSpace(word, mark, next)) return /[。！？]$/u.test(mark);

  // What goes on in lower case goes on: «Что? — спросил он», "Yahoo! was sold". A name like «ruGPT»
  // may begin a sentence, and some write without any capitals.
  if (/^\p{Ll}/u.test(next) && !startsWithLowerCaseName(next)) {
    return startsInLowerCase(text, start) && /^\p{Ll}/u.test(after) && isWholeWord(word);
  }
  if (!/^[\p{L}\p{N}]/u.test(next) && !/^["'«„“‘([•*—–\p{Extended_Pictographic}]/u.test(after)) {
    return false;
  }
  if (goesOnAfterClosing(text, start, at + mark.trimEnd().length)) return false;
  if (!mark.startsWith('.')) return !/^\p{Extended_Pictographic}/u.test(mark) || !isVerb(mark);
  if (mark.startsWith('..')) return true;
  if (word === '') return true;
  return endsAfterWord(text.slice(start, at), before.slice(0, -word.length), word, next);
}

/** Whether one full stop behind a word ends the sentence or belongs to the word. */
function endsAfterWord(sentence: string, before: string, whole: string, next: string): boolean {
  if (isItemNumber(sentence) || isLabel(sentence)) return false;
  const word = whole.slice(whole.lastIndexOf('/') + 1);
  const previous = before.trimEnd();
  // «Состав: 1. Мука. 2. Сахар.»
  if (/^\p{N}{1,2}$/u.test(word) && /[:;]$/u.test(previous)) return false;
  const abbreviation = joinParts(previous, word.toLowerCase());
  const opensSentence = opensAnother(next);
  if (isInitial(word) && !(word.includes('.') && endsFreely.has(abbreviation))) {
    return opensSentence || endsWithCapital(previous, word, next);
  }
  // «1500 об/мин. Ротор …»
  if (word !== whole && !abbreviations.has(whole.toLowerCase())) return true;
  if (endsAfterNumber.has(abbreviation)) {
    if (/^\p{N}/u.test(next)) return false;
    return /(?:\p{N}(?:-\p{Ll}{1,2})?|[IVXLC]|(?<!\p{L})(?:кв|куб|тыс|млн|млрд)\.?)$/u.test(
      previous,
    )
      ? opensSentence || !isTimeAlone(sentence)
      : opensSentence && abbreviation.length > 1;
  }
  if (endsFreely.has(abbreviation)) {
    if (/^\p{N}/u.test(next)) return false;
    return abbreviation !== 'н.э' || opensSentence || !isTimeAlone(sentence);
  }
  if (beforeNumber.has(abbreviation)) return !/^(?:\p{N}|[IVXLC]+(?!\p{L}))/u.test(next);
  if (neverEnds.has(abbreviation)) return false;
  // «тройка, где a × b = c. Решение …»
  if (/[=<>≤≥≈]$/u.test(previous)) return true;
  return opensSentence || !abbreviations.has(abbreviation);
}

/** «ruMT-Bench», «iPhone», «xAI»: small at the beginning on purpose. */
export function startsWithLowerCaseName(text: string): boolean {
  return /^\p{Ll}+\p{Lu}/u.test(text);
}

/**
 * «Он ушёл.Потом вернулся.» But «Яндекс.Музыка» is a name, and "fmt.Println" a call: between Latin
 * letters only a word that begins sentences tells.
 */
function endsWithoutSpace(word: string, mark: string, next: string): boolean {
  if (/[)\]»”]/u.test(mark) || /^[.…]{2,}|^…/u.test(mark)) return true;
  const last = word.slice(word.lastIndexOf('.') + 1);
  if (/^[А-ЯЁ][а-яё]/u.test(next)) {
    return mark.startsWith('.') ? /^(?:[а-яё][а-яё-]+|\p{N}+)$/u.test(last) : /[а-яё]$/u.test(last);
  }
  return /^[a-z][a-z-]+$/u.test(last) && next.length > 1 && opensAnother(next);
}

function startsInLowerCase(text: string, start: number): boolean {
  return /^\s*\p{Ll}+(?![\p{L}])/u.test(text.slice(start, start + 40));
}

/** Russian is shortened behind a consonant: what ends otherwise is no abbreviation. */
function isWholeWord(word: string): boolean {
  if (/^[a-z]{4,}$/u.test(word)) return !abbreviations.has(word);
  return /^[а-яё-]{2,}[аеёиоуыэюяьй]$/u.test(word) && !abbreviations.has(word);
}

/** "I ❤ Paris" */
function isVerb(smileys: string): boolean {
  return /^[❤♥💙💚💛💜🧡🖤🤍🤎💖💕]/u.test(smileys);
}

/**
 * Whether the place is inside of brackets or of a short quotation that the sentence opened before and
 * goes on after: «Байкал (бур. Байгал далай) — озеро», «игра „Что? Где? Когда?“ вышла».
 */
function goesOnAfterClosing(text: string, start: number, at: number): boolean {
  const from = Math.max(start, at - 300);
  const before = text.slice(from, at);
  const after = text.slice(at, at + 300);
  const bracket = before.lastIndexOf('(');
  if (bracket > before.lastIndexOf(')') && /\S/u.test(text.slice(start, from + bracket))) {
    const closes = after.search(/[()]/u);
    if (after[closes] === ')') return true;
  }
  const opened = before.slice(-80).lastIndexOf('«');
  if (opened === -1 || before.slice(-80).indexOf('»', opened) !== -1) return false;
  const closed = after.slice(0, 80).search(/[«»]/u);
  return /^»,?\s*(?:[—–-]\s*)?\p{Ll}/u.test(after.slice(closed, closed + 8));
}

/** «т. д.» is written with and without a blank. */
function joinParts(previous: string, word: string): string {
  const joined = `${previous.match(/(?<!\p{L})\p{L}\.$/u)?.[0].toLowerCase() ?? ''}${word}`;
  return endsFreely.has(joined) || neverEnds.has(joined) ? joined : word;
}

/** «Он», "The": a word with a capital that is no name begins a sentence; «И.» may be an initial. */
function opensAnother(next: string): boolean {
  if (!/^\p{Lu}/u.test(next) || /^\p{L}\.$/u.test(next)) return false;
  const word = fold(next.replace(/\.$/u, ''));
  return (isStopWord(word) && !alsoNames.has(word)) || sentenceOpeners.has(word);
}

/** «1. Первый пункт», «1.2. Второй», "b. Second item", «II. Методы». */
function isItemNumber(sentence: string): boolean {
  if (sentence.length > 10) return false;
  return /^\s*[([]?(?:\p{N}{1,3}(?:\.\p{N}{1,3})*|\p{Ll}|[IVXLC]{1,5})$/u.test(sentence);
}

/** «Рис. 5. Схема завода», "Chapter 2. The Fall", «§ 12. Права» */
function isLabel(sentence: string): boolean {
  if (sentence.length > 24) return false;
  return /^\s*(?:рис(?:унок|\.)|табл(?:ица|\.)|глава|гл\.|статья|ст\.|раздел|часть|шаг|этап|пункт|п\.|приложение|fig(?:ure|\.)|table|chapter|ch\.|section|sec\.|article|part|step|appendix|[§№#])\s*(?:\p{N}[\p{N}.]*|[IVXLC]{1,5})$/iu.test(
    sentence,
  );
}

/** «В 1990 г. Иван …», «К концу XIX в. Россия …»: there must be more of a sentence than its time. */
function isTimeAlone(sentence: string): boolean {
  if (sentence.length > 80) return false;
  return /^[^\p{L}]*(?:во?|ко?|со?|до|после|около|на|от|из|за|между|по|начиная|весной|летом|осенью|зимой)\s(?:\S+\s+){0,4}\S+$/iu.test(
    sentence.trim(),
  );
}

/** «А. С. Пушкин», "J. R. R. Tolkien", "U.S. Army": one capital letter and a full stop. */
function isInitial(word: string): boolean {
  return /^(?:\p{Lu}|\p{Lu}\p{Ll}?(?:\.\p{Lu})+)$/u.test(word);
}

/** A lone capital that is no initial: «витамин C. Он …», «5 °C. Потом …», «Пётр I. Россия …». */
function endsWithCapital(previous: string, word: string, next: string): boolean {
  if (/[°º=]$/u.test(previous)) return true;
  const isLatinAmongCyrillic =
    /^[A-Z]$/u.test(word) && /[а-яё]$/iu.test(previous) && /^[А-ЯЁ]/u.test(next);
  const lastWord = previous.match(/[\p{L}\p{N}]+$/u)?.[0] ?? '';
  return (
    isLatinAmongCyrillic ||
    /^(?:витамин\p{L}*|vitamin|type|class|group|групп\p{L}*|тип\p{L}*|класс\p{L}*|фаза|план|plan)$/iu.test(
      lastWord,
    )
  );
}

// "J. Will", "Sen. May"
const alsoNames = new Set('may will can do am us no'.split(' '));
