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
 * item and what is said before «— спросил он» do not.
 */
export function splitSentences(text: string): Sentence[] {
  const sentences: Sentence[] = [];
  let start = 0;
  for (const match of text.matchAll(boundaryPattern)) {
    const end = match.index + match[0].trimEnd().length;
    const isLineBreak = /[\n\r\u2028\u2029]/u.test(match[0]);
    if (!isLineBreak && !endsSentence(text, start, match.index, match[0])) continue;
    push(text, start, end, sentences);
    start = match.index + match[0].length;
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

// End marks with what closes after them, then white space; or a line break by itself. Looking back
// keeps a long run of dots or blanks from being tried again at each of its characters.
const boundaryPattern =
  /(?<![.!?…。！？])[.!?…。！？]+(?:\[\d[\d\s,;–-]{0,20}\]|【\d{1,3}[^】\n]{0,20}】|["'»”’)\]])*(?:\s+|$)|(?<!\s)\s*[\n\r\u2028\u2029]\s*|[。！？]/gu;

function endsSentence(text: string, start: number, at: number, mark: string): boolean {
  const after = text.slice(at + mark.length, at + mark.length + 40);
  if (after === '') return true;
  // What goes on in lower case goes on: «Что? — спросил он», "Yahoo! was sold". A name like «ruGPT»
  // may begin a sentence.
  const next = after.match(/^["'«„“‘([—–-]*\s*(\p{L}[\p{L}\p{M}'’]*\.?|.)/su)?.[1] ?? '';
  const isLowerCase = /^\p{Ll}/u.test(next) && !startsWithLowerCaseName(next);
  const mayStart = /^[\p{L}\p{N}]/u.test(next) || /^["'«„“‘([•*—–]/u.test(after);
  if (isLowerCase || !mayStart) return false;
  if (!mark.startsWith('.') || mark.startsWith('..')) return true;

  const before = text.slice(Math.max(start, at - 30), at);
  const word = before.match(/[\p{L}\p{N}\p{M}.'-]*$/u)?.[0] ?? '';
  if (word === '') return true;
  // «Байкал (бур. Байгал далай) — озеро»: what names a language inside brackets ends nothing.
  if (/^\p{Ll}/u.test(word) && isInBrackets(text, start, at)) return false;
  const previous = before.slice(0, before.length - word.length).trimEnd();
  if (isItemNumber(text.slice(start, at))) return false;

  const abbreviation = joinParts(previous, word.toLowerCase());
  const opensSentence = opensAnother(next);
  if (isInitial(word)) return opensSentence || endsWithCapital(previous, word, next);
  if (endsAfterNumber.has(abbreviation)) {
    if (/^\p{N}/u.test(next)) return false;
    return /(?:\p{N}|[IVXLC]|(?<!\p{L})(?:кв|куб|тыс|млн|млрд)\.?)$/u.test(previous)
      ? opensSentence || !isTimeAlone(text.slice(start, at))
      : opensSentence && abbreviation.length > 1;
  }
  if (endsFreely.has(abbreviation)) return !/^\p{N}/u.test(next);
  if (beforeNumber.has(abbreviation)) return !/^(?:\p{N}|[IVXLC]+(?!\p{L}))/u.test(next);
  if (neverEnds.has(abbreviation)) return false;
  return opensSentence || !abbreviations.has(abbreviation);
}

/** «ruMT-Bench», «iPhone», «xAI»: small at the beginning on purpose. */
export function startsWithLowerCaseName(text: string): boolean {
  return /^\p{Ll}+\p{Lu}/u.test(text);
}

/** Whether a bracket that was opened in this sentence is closed soon after the place. */
function isInBrackets(text: string, start: number, at: number): boolean {
  const opened = text.lastIndexOf('(', at);
  if (opened < start || at - opened > 300) return false;
  const closed = text.indexOf(')', opened);
  return closed > at && closed - at <= 300;
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
  return isStopWord(word) && !alsoNames.has(word);
}

/** «1. Первый пункт», "b. Second item". */
function isItemNumber(sentence: string): boolean {
  return sentence.length < 8 && /^\s*[([]?(?:\p{N}{1,3}|\p{Ll})$/u.test(sentence);
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
  if (/[°º]$/u.test(previous)) return true;
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

// «в 1990 г. Он …» ends, «г. Москва» does not.
const endsAfterNumber = wordSet('г гг в вв с д ч м км кг см мм');

const endsFreely = wordSet(`
  т.д т.п др пр н.э э руб коп долл тыс млн млрд трлн чел экз шт
  etc al inc ltd co corp bros jr sr a.m p.m am pm b.c a.d
`);

const beforeNumber = wordSet(`
  рис табл стр гл no nos vol vols fig figs eq sec pp
`);

// After these the sentence always goes on.
const neverEnds = wordSet(`
  т.е т.к т.н т.о и.о т.ч см ср напр англ нем фр лат греч e.g i.e vs viz cf mr mrs ms dr
`);

const abbreviations = wordSet(`
  т е им ул пер просп пл наб обл р оз с ст п пп прим кв пос дер тов гр дж вл
  рус кит яп исп итал сокр букв проф акад доц канд д-р г-н г-жа св свв ген адм
  кап полк лейт изд ред авт сост вып ок род ум мин макс ф к о по жен муж нач кон сер соч
  prof st gen col lt sgt capt maj rev hon sen rep gov pres
  ch p ed eds approx ca c est dept univ mt ft jan feb mar apr jun jul aug sep
  sept oct nov dec ph.d m.d u.s u.k
`);

// "J. Will", "Sen. May"
const alsoNames = wordSet('may will can do am us no');

function wordSet(list: string): Set<string> {
  return new Set(list.trim().split(/\s+/u));
}
