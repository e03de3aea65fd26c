import type { Statement, Term } from '../statement.ts';
import {
  isAffirmer,
  isAim,
  isCondition,
  isDenier,
  isDoubter,
  isFalsity,
  isFulfilled,
  isHearsay,
  isModal,
  isNearly,
  isNegator,
  isPast,
  isReminder,
  isTruth,
  type GovernorKind,
} from './governor-words.ts';

/** A word of a sentence under which some of its terms stand. */
export interface Governor {
  kind: GovernorKind;
  /** The words that govern; a claim that has them says as much itself. */
  cues: Term[];
  governed: Term[];
  /** Whether it counts only for a claim that stands under it as a whole. */
  isGuess: boolean;
}

/**
 * What governs the clauses of a Russian or English sentence: who denies, doubts, wants or only may do
 * what they say. The words are few; a «что» or "that" that nothing known affirms counts as open.
 */
export function governorsOf(statement: Statement): Governor[] {
  return [
    ...complements(statement),
    ...followed(statement),
    ...ofWholeClauses(statement),
    ...negatedVerbs(statement),
    ...postponed(statement),
  ];
}

/** The word of a term; '' for a figure or a date. */
export function wordOf(term: Term | undefined): string {
  return term !== undefined && 'word' in term ? term.word : '';
}

/** «Нет доказательств, что …», "Scientists doubt that …", "asked whether …" */
function* complements(statement: Statement): Generator<Governor> {
  const { terms } = statement;
  let lastJoint = -1;
  for (let at = 1; at < terms.length; at += 1) {
    const joint = jointAt(statement, at);
    if (joint === null) continue;
    const from = Math.max(startOf(statement, at), lastJoint + 1);
    lastJoint = at;
    const matrix = terms.slice(from, at);
    const governed = terms.slice(at + 1, endOf(statement, at + 1));
    const rest = terms.slice(at + 1);
    const words = matrix.map(wordOf);
    if (isConsecutive(words)) continue;
    const denying = denialsIn(words);
    const isTwice = denying > 0 && denying % 2 === 0;
    if (denying % 2 === 1) {
      const isUntrue =
        words.some(isFalsity) ||
        (words.some(isTruth) && !affirms(words.filter((word) => !isTruth(word))));
      const kind = isUntrue ? 'denial' : 'doubt';
      yield { kind, cues: tellingOf(matrix), governed, isGuess: false };
    } else if (!isTwice && (joint === 'open' || words.some(isDoubter))) {
      yield { kind: 'doubt', cues: tellingOf(matrix), governed, isGuess: false };
    } else if (!isTwice && !affirms(words)) {
      yield { kind: 'doubt', cues: tellingOf(matrix), governed: rest, isGuess: true };
    }
  }
}

/** «Учёные доказали»; «хочется заключить», "it would be wrong to say" say nothing yet. */
function affirms(words: readonly string[]): boolean {
  if (words.some((word) => /^(?:бы|would|could|might)$/u.test(word))) return false;
  return words.some((word, at) => {
    if (!isAffirmer(word) && !isTruth(word)) return false;
    const isOpen = isInfinitive(word) || words[at - 1] === 'to';
    return !isOpen || isReminder(word);
  });
}

/** How often a clause turns what it says: «никто не доказал» once, «не отрицает» twice. */
function denialsIn(words: readonly string[]): number {
  const own = words.filter(
    (word) => (isNegator(word) && !concord.test(word)) || isDenier(word) || isFalsity(word),
  );
  return own.length > 0 ? own.length : Math.min(1, words.filter(isNegator).length);
}

const concord = /^ник\p{L}+$|^ни$|^ничто$|^ничего$/u;

/** «Так жарко, что …», «потому, что», "so hot that": what follows is so. */
function isConsecutive(words: readonly string[]): boolean {
  return (
    words.some((word) =>
      /^(?:настолько|столь|такой|такая|такое|такие|потому|благодаря|из-за|несмотря|кроме|помимо)$/u.test(
        word,
      ),
    ) ||
    (words.includes('за') && words.at(-1) === 'то') ||
    /^(?:так|все|now|given|in|except|so)$/u.test(words.at(-1) ?? '') ||
    // «Известен тем, что …», but «смеются над тем, что …»
    (words.at(-1) === 'тем' && !/^(?:над|под|с|перед|за)$/u.test(words.at(-2) ?? '')) ||
    (words.includes('so') && !words.includes('not')) ||
    words.includes('such')
  );
}

/** Whether a clause is joined on here: `open` where the joint itself leaves it open. */
function jointAt({ terms, text }: Statement, at: number): 'plain' | 'open' | null {
  const word = wordOf(terms[at]);
  const isAfterComma = /,/u.test(text.slice(terms[at - 1]?.end, terms[at]?.start));
  if (word === 'что' && isAfterComma) return 'plain';
  if (/^(?:чтобы|будто)$/u.test(word)) return 'open';
  if (word === 'ли' && at > 2) return 'open';
  if (word === 'whether') return 'open';
  if (word !== 'that' || isAfterComma) return null;
  // "The model that was released": a relative clause.
  const next = wordOf(terms[at + 1]);
  return relativeVerb.test(next) ? null : 'plain';
}

const relativeVerb =
  /^(?:is|are|was|were|has|have|had|can|could|will|would|may|might|must|should|does|did|do|year|time|day|period|century|date|same)$/u;

/** "Failed to release", «не смогла выпустить», "plans to buy", "denied reports of …" */
function* followed(statement: Statement): Generator<Governor> {
  const { terms } = statement;
  for (const [at, term] of terms.entries()) {
    const word = wordOf(term);
    if (word === '') continue;
    const kind = kindBefore(statement, at);
    if (kind === null) continue;
    const end = clauseEnd(statement, at + 1);
    const governed = terms.slice(at + 1, end);
    if (governed.length > 0) yield { kind, cues: [term], governed, isGuess: false };
  }
}

/** What a word with something after it makes of that; null for all but deniers, doubters and aims. */
function kindBefore(statement: Statement, at: number): GovernorKind | null {
  const { terms } = statement;
  const word = wordOf(terms[at]);
  const hasNegator = isNegatedAt(statement, at);
  const isEnglish = /^[a-z'’-]+$/u.test(word);
  const isBeforeVerb = isEnglish
    ? [1, 2, 3].some((step) => wordOf(terms[at + step]) === 'to') &&
      !/^(?:and|or)$/u.test(wordOf(terms[at + 1]))
    : [1, 2, 3, 4].some((step) => isInfinitive(wordOf(terms[at + step])));
  if (isDenier(word)) {
    const isClose =
      isBeforeVerb ||
      /^(?:den(?:y|ies|ied|ying)|reject\p{L}*|dismiss\p{L}*|prevent\p{L}*|avoid\p{L}*|lack\p{L}*|absence|instead|cancel\p{L}+|abandon\p{L}+|отрица\p{L}+|отверг\p{L}*|отклон\p{L}+|отмен\p{L}+|отказ\p{L}+|отсутств\p{L}+|избе[жг]\p{L}+)$/u.test(
        word,
      );
    if (!isClose || hasNegator) return null;
    return isBeforeVerb ? 'denial' : 'doubt';
  }
  if (isDoubter(word) && !isAffirmer(word)) {
    const isClose =
      isBeforeVerb ||
      /^(?:doubt\p{L}*|disput(?:e|es|ed)|alleg(?:e|es|ed|ing|ations?)|rumou?r\p{L}*|suspect(?:s|ed)?|accus\p{L}+|charged|сомнева\p{L}+|слух\p{L}{0,3}|обвин\p{L}+|подозр\p{L}+|подозрева\p{L}+|приписыва\p{L}+|гипотез\p{L}+|вряд)$/u.test(
        word,
      );
    return isClose && !hasNegator ? 'doubt' : null;
  }
  if (isAim(word) && isBeforeVerb) return hasNegator ? 'doubt' : 'aim';
  if (isModal(word) && !/^(?:возможно|вероятно|perhaps|possibly|probably|maybe)$/u.test(word)) {
    return hasNegator ? null : 'modal';
  }
  if (isNearly(word) && !isMeasured(terms[at + 1])) return 'nearly';
  if (isBeforeVerb && hasNegator && !isEnglish) return 'denial';
  if (isBeforeVerb && hasNegator && isFulfilled(word)) return 'denial';
  // "Has yet to", "used to"
  if (/^(?:yet|used)$/u.test(word) && wordOf(terms[at + 1]) === 'to') {
    return word === 'yet' ? 'denial' : 'past';
  }
  return null;
}

function isMeasured(term: Term | undefined): boolean {
  return term?.kind === 'figure' || term?.kind === 'date';
}

/** «Якобы», "reportedly", «раньше», «если»: of the clause around them. */
function* ofWholeClauses(statement: Statement): Generator<Governor> {
  const { terms, text } = statement;
  if (/\?["'»”)\s]*$/u.test(text)) {
    yield { kind: 'doubt', cues: [], governed: terms, isGuess: false };
  }
  for (const [at, term] of terms.entries()) {
    const word = wordOf(term);
    if (isCondition(word) && !/^(?:даже|even|as|only)$/u.test(wordOf(terms[at - 1]))) {
      yield { kind: 'condition', cues: [term], governed: terms, isGuess: false };
    }
    const kind = clauseKind(statement, at);
    if (kind === null) continue;
    const [from, to] = clauseAround(statement, at);
    yield { kind, cues: [term], governed: terms.slice(from, to), isGuess: false };
  }
}

function clauseKind({ terms }: Statement, at: number): GovernorKind | null {
  const word = wordOf(terms[at]);
  if (isHearsay(word)) return 'doubt';
  if (/^(?:едва)$/u.test(word) && wordOf(terms[at + 1]) === 'ли') return 'doubt';
  if (/^(?:возможно|вероятно|perhaps|possibly|probably|maybe)$/u.test(word)) return 'modal';
  if (/^(?:before|until|till|до)$/u.test(word) && isTime(terms[at + 1])) return 'past';
  if (isPast(word) && !/^(?:than|чем)$/u.test(wordOf(terms[at + 1]))) return 'past';
  return null;
}

function isTime(term: Term | undefined): boolean {
  return term?.kind === 'date' || (term?.kind === 'figure' && term.figure.unit === 'year');
}

/** «Не всегда вызывает», "does not always cause": past the adverbs, to the verb that is denied. */
function* negatedVerbs(statement: Statement): Generator<Governor> {
  const { terms } = statement;
  for (const [at, term] of terms.entries()) {
    const word = wordOf(term);
    if (!/^(?:не|never|not|\p{L}+n['’]t)$/u.test(word)) continue;
    const next = terms[at + 1];
    if (!isAdverb(wordOf(next))) continue;
    const governed = terms.slice(at + 2, clauseEnd(statement, at + 2));
    if (next !== undefined) yield { kind: 'doubt', cues: [next], governed, isGuess: false };
  }
}

function isAdverb(word: string): boolean {
  return /^(?:\p{L}{2,}ly|always|yet|ever|even|всегда|полностью|совсем|вполне|еще|обязательно|везде|\p{L}{4,}ски|\p{L}{3,}енно)$/u.test(
    word,
  );
}

/** "…, which is false", «…, но это неправда»: of what was said before. */
function* postponed({ terms, text }: Statement): Generator<Governor> {
  const match = takenBack.exec(text);
  if (match === null) return;
  const governed = terms.filter(({ end }) => end <= match.index);
  yield { kind: 'denial', cues: [], governed, isGuess: false };
}

const takenBack =
  /(?<!\p{L})(?:(?:is|are|was|were)\s+(?:a\s+|an\s+|simply\s+|completely\s+)?(?:false|untrue|wrong|incorrect|not true|myth|hoax|misconception|lie)|(?:,|—|–|-)\s*(?:но |хотя |однако |и )?(?:что |это )?(?:—\s*)?(?:неправда|неверно|не так|ложь|миф|заблуждение|фейк|не соответствует действительности|не подтвердилось|не доказано))(?=\s*[.,;!»”)]*\s*$)/iu;

/** From the clause's beginning, past commas that only set a phrase apart. */
function startOf(statement: Statement, at: number): number {
  for (let from = at - 1; from > 0; from -= 1) if (isBorder(statement, from)) return from;
  return 0;
}

function endOf(statement: Statement, at: number): number {
  for (let to = at + 1; to < statement.terms.length; to += 1) {
    if (isBorder(statement, to)) return to;
  }
  return statement.terms.length;
}

/** To the next comma, or to another verb after "and". */
function clauseEnd(statement: Statement, at: number): number {
  const { terms, text } = statement;
  for (let to = at; to < terms.length; to += 1) {
    if (isBorder(statement, to)) return to;
    if (to > at && /[,()—–]/u.test(text.slice(terms[to - 1]?.end, terms[to]?.start))) return to;
    const isJoined = /^(?:and|but|и|а|но)$/u.test(wordOf(terms[to]));
    if (isJoined && isPastVerb(wordOf(terms[to + 1]))) return to;
  }
  return terms.length;
}

/** The words between two commas; the whole clause for a phrase that stands alone between them. */
function clauseAround(statement: Statement, at: number): [from: number, to: number] {
  const { terms, text } = statement;
  const isComma = (index: number): boolean =>
    /[,()—–]/u.test(text.slice(terms[index - 1]?.end, terms[index]?.start));
  let from = at;
  while (from > 0 && !isComma(from) && !isBorder(statement, from)) from -= 1;
  let to = at + 1;
  while (to < terms.length && !isComma(to) && !isBorder(statement, to)) to += 1;
  return to - from <= 3 ? [startOf(statement, at + 1), endOf(statement, at)] : [from, to];
}

/** Whether another clause begins here: after a semicolon, or a comma and «но», "while" and the like. */
function isBorder({ terms, text }: Statement, at: number): boolean {
  const between = text.slice(terms[at - 1]?.end, terms[at]?.start);
  if (/[;:]/u.test(between)) return true;
  if (isSentenceEnd.test(between) && /^\P{Ll}/u.test(text.slice(terms[at]?.start))) return true;
  return (
    between.includes(',') &&
    /^(?:но|а|однако|зато|хотя|теперь|but|yet|while|whereas|however|although|though|now)$/u.test(
      wordOf(terms[at]),
    )
  );
}

const isSentenceEnd = /[.!?…]["'»”)\]]*\s+["'«“(]*$/u;

/** Whether a denial stands shortly before, in the same clause. */
function isNegatedAt({ terms, text }: Statement, at: number): boolean {
  return [1, 2, 3].some((step) => {
    const other = terms[at - step];
    if (other === undefined || !isNegator(wordOf(other))) return false;
    return !/[,;:]/u.test(text.slice(other.end, terms[at]?.start));
  });
}

/** «Выпустить», «помочь», «нести» */
export function isInfinitive(word: string): boolean {
  return /^[а-я-]{2,}(?:[аеиоуыюя]ть|[сз]ти|[сз]ть|чь|йти)(?:ся|сь)?$/u.test(word);
}

function isPastVerb(word: string): boolean {
  return /^(?:[а-я]{2,}(?:[аеиоуыя]л[аои]?|[аеиоуыя]л(?:ся|ась|ось|ись))|\p{L}{3,}ed|was|were|is|are|has|had)$/u.test(
    word,
  );
}

function tellingOf(terms: readonly Term[]): Term[] {
  return terms.filter((term) => term.kind === 'word' && (!term.isStop || isNegator(term.word)));
}
