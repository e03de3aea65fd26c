export interface Sentence {
  /** Exactly `text.slice(start, end)` of what was given, without white space around it. */
  text: string;
  start: number;
  end: number;
}

/**
 * Sentences of a Russian or English text, in order; together they cover all but the white space.
 * A line break always ends a sentence. Abbreviations, initials, decimals and quoted speech do not.
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

// End marks with what closes after them, then white space; or a line break by itself.
const boundaryPattern =
  /(?:[.!?…。！？]+(?:\[\d{1,3}\])*["'»”’)\]]*(?:\[\d{1,3}\])*(?:\s+|$))|\s*[\n\r\u2028\u2029]\s*|[。！？]/gu;

function endsSentence(text: string, start: number, at: number, mark: string): boolean {
  const after = text.slice(at + mark.length, at + mark.length + 40);
  if (after === '') return true;
  // What goes on in lower case goes on: «Что? — спросил он», "Yahoo! was sold".
  const next = after.match(/^["'«„“‘([—–-]*\s*(.)/u)?.[1] ?? '';
  const startsUpper = /[\p{Lu}\p{Lt}\p{N}\p{Lo}]/u.test(next) || /^["'«„“‘([•*—–]/u.test(after);
  if (!startsUpper || /\p{Ll}/u.test(next)) return false;
  if (!mark.startsWith('.') || mark.startsWith('..')) return true;

  const before = text.slice(Math.max(start, at - 30), at);
  const word = before.match(/[\p{L}\p{N}\p{M}.'-]*$/u)?.[0] ?? '';
  const lower = word.toLowerCase();
  if (word === '') return true;
  if (isInitial(word)) return closesAfterInitial(before, word);
  if (endsOnlyIfCapital.has(lower)) return followsNumber(before, word) && !/^\p{N}/u.test(next);
  if (endsFreely.has(lower)) return !/^\p{N}/u.test(next);
  return !abbreviations.has(lower);
}

/** «А. С. Пушкин», "J. R. R. Tolkien", "U.S. Army": one capital letter and a full stop. */
function isInitial(word: string): boolean {
  return /^(?:\p{Lu}|\p{Lu}\p{Ll}?(?:\.\p{Lu})+)$/u.test(word);
}

/** «витамин C. Он …»: a lone capital after a lower-case word that is no name usually ends its sentence only when no initial can follow. */
function closesAfterInitial(before: string, word: string): boolean {
  const previous = before.slice(0, before.length - word.length).trimEnd();
  const lastWord = previous.match(/[\p{L}\p{N}]+$/u)?.[0] ?? '';
  return /^(?:витамин|vitamin|type|class|group|группа|тип|класс|фаза|план|plan)$/iu.test(lastWord);
}

/** «в 1990 г. Он …» ends, «г. Москва» does not. */
function followsNumber(before: string, word: string): boolean {
  const previous = before.slice(0, before.length - word.length).trimEnd();
  return /(?:\p{N}|[IVXLC])$/u.test(previous);
}

const endsOnlyIfCapital = wordSet('г гг в вв с д ч м км кг см мм');

const endsFreely = wordSet(`
  т.д т.п др пр н.э э руб коп тыс млн млрд трлн чел экз
  etc al inc ltd co corp jr sr a.m p.m am pm b.c a.d
`);

const abbreviations = wordSet(`
  т е т.е т.к т.н т.о и.о им ул пер просп пл наб обл р оз стр с рис табл гл ст п пп ср напр прим
  англ нем фр лат греч рус кит яп исп итал сокр букв проф акад доц канд д-р г-н г-жа св свв ген адм
  кап полк лейт см изд ред авт сост вып ок род ум мин макс ф к о по жен муж нач кон сер соч
  mr mrs ms dr prof st gen col lt sgt capt rev hon sen rep gov pres no nos vol vols fig figs eq sec
  ch pp p ed eds e.g i.e cf vs viz approx ca c est dept univ mt ft jan feb mar apr jun jul aug sep
  sept oct nov dec ph.d m.d u.s u.k
`);

function wordSet(list: string): Set<string> {
  return new Set(list.trim().split(/\s+/u));
}
