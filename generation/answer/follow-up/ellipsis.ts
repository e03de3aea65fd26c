import { isQuestionWord } from '../../../retrieval/text/stop-words.ts';

import { isAdjective, isLatin, isTime, nounPhrases, type NounPhrase } from './noun-phrases.ts';
import { cutWords, isPreposition, isVerb } from './words.ts';

/**
 * The earlier question asked of something else: «Сколько параметров у V3?» and «а у R1?». Null when
 * the text holds more than the other thing, or nothing of the question could give way to it.
 */
export function askOf(
  text: string,
  earlier: string,
  { isAnnounced }: { isAnnounced: boolean },
): string | null {
  const words = cutWords(text);
  const others = nounPhrases(text, { startsLow: isAnnounced });
  if (words.length === 0 || words.length > 7 || others.length === 0) return null;
  if (words.some((word) => isQuestionWord(word.folded) || isOrdinal(word.folded))) return null;
  if (words.some((word) => isVerb(word) && !others.some((other) => covers(other, word))))
    return null;
  const isCovered = words.every(
    (word) =>
      others.some((other) => covers(other, word)) ||
      isPreposition(word) ||
      unitOfTime.test(word.folded),
  );
  if (!isCovered) return null;
  // «Океан глубокий?» says something of its own.
  if (others.filter(({ preposition }) => preposition === null).length > 1) return null;

  let question = earlier.replace(/[\s?!.…]+$/u, '');
  let isChanged = false;
  for (const other of others) {
    // «В 1900 году»: the number has brought its unit along.
    if (others.length > 1 && unitOfTime.test(other.text.toLowerCase())) continue;
    const replaced = replaceIn(question, other, { isAnnounced: isAnnounced || isChanged, text });
    if (replaced === null) return null;
    question = replaced;
    isChanged = true;
  }
  return `${withAgreement(question)}?`;
}

function replaceIn(
  question: string,
  other: NounPhrase,
  { isAnnounced, text }: { isAnnounced: boolean; text: string },
): string | null {
  const rated = nounPhrases(question)
    .filter((phrase) => !unitOfTime.test(phrase.text.toLowerCase()))
    .filter((phrase) => (phrase.kind === 'number') === (other.kind === 'number'))
    .map((phrase, at) => ({ phrase, likeness: likeness(phrase, other) + at / 10 }))
    .sort((one, another) => another.likeness - one.likeness);
  const best = rated[0];
  const added = addition(other, text);
  if (best === undefined) return added === null ? null : `${question} ${added}`;
  const { phrase } = best;
  const isSame =
    phrase.kind === other.kind &&
    (other.kind !== 'common' ||
      (other.preposition !== null && other.preposition === phrase.preposition));
  if (!isAnnounced && !isSame) return null;
  const isElsewhere = other.preposition !== null && placing.has(other.preposition);
  const samePreposition = other.preposition === phrase.preposition;
  if (isElsewhere && !samePreposition && !(phrase.followsNoun || phrase.preposition === 'of')) {
    const fits =
      phrase.preposition !== null && placing.has(phrase.preposition) && phrase.kind === other.kind;
    if (!fits) return added === null ? null : `${question} ${added}`;
  }
  if (phrase.isCounted && other.kind === 'common' && other.preposition === null) {
    return askWhich(question, phrase, other);
  }
  return (
    question.slice(0, keepsPreposition(phrase, other) ? phrase.start : phrase.from) +
    insertion(phrase, other) +
    question.slice(phrase.end)
  );
}

function isVersion(text: string): boolean {
  return /\p{L}-?\p{N}/u.test(text);
}

function last(text: string): string {
  return text.toLowerCase().slice(-2);
}

/** «Сколько параметров у …» and «а контекст?»: «Какой контекст у …» */
function askWhich(question: string, phrase: NounPhrase, { text }: NounPhrase): string {
  const noun = text.replace(/^(?:the|an?) /iu, '');
  const which = isLatin(noun)
    ? 'what'
    : /[ая]$/u.test(noun)
      ? 'какая'
      : /[ое]$/u.test(noun)
        ? 'какое'
        : /[ыи]$/u.test(noun)
          ? 'какие'
          : 'какой';
  const before = question.slice(0, phrase.start).replace(/(?:how many|сколько)\s*$/iu, `${which} `);
  return before + noun + question.slice(phrase.end);
}

/** «Какова» asks for a length, «каково» for a population, «какая» for an area. */
export function withAgreement(question: string): string {
  const short = question.replace(
    /^(каков)[аоы]?(?= (\p{L}+))/iu,
    (_, root: string, noun: string) => root + { f: 'а', n: 'о', p: 'ы', m: '' }[agreement(noun)],
  );
  return short.replace(
    /^(как)(?:ой|ая|ое|ие)(?= (\p{L}+))/iu,
    (word: string, root: string, noun: string) =>
      isAdjective(noun) && !/(?:ие|ье)$/u.test(noun)
        ? word
        : root + { f: 'ая', n: 'ое', p: 'ие', m: 'ой' }[agreement(noun)],
  );
}

/** Feminine, neuter, plural or masculine, by the ending of a nominative. */
function agreement(noun: string): 'f' | 'n' | 'p' | 'm' {
  if (
    /(?:[ая]|[^е]ль|[сзтд]ь|[жшчщ]ь|вь|ень)$/u.test(noun) &&
    !/(?:мя|тель|день|гость)$/u.test(noun)
  )
    return 'f';
  if (/(?:[ое]|мя)$/u.test(noun)) return 'n';
  return /[ыи]$/u.test(noun) ? 'p' : 'm';
}

/** How well one phrase stands for another: the same kind, preposition, article, ending, script. */
function likeness(phrase: NounPhrase, other: NounPhrase): number {
  const isCyrillic = !isLatin(other.text);
  return (
    (phrase.kind === other.kind ? (other.kind === 'common' ? 2 : 4) : 0) +
    (other.preposition !== null && phrase.preposition === other.preposition ? 3 : 0) +
    (other.preposition === null && phrase.preposition === null ? 1 : 0) +
    (other.article !== null && phrase.article === other.article ? 1.5 : 0) +
    (isCyrillic && last(phrase.text) === last(other.text) ? 1.5 : 0) +
    (isCyrillic && last(phrase.text).at(-1) === last(other.text).at(-1) ? 0.7 : 0) +
    (isVersion(phrase.text) && isVersion(other.text) ? 2 : 0) -
    (phrase.isAsked ? 1.5 : 0) -
    (isAdjective(phrase.text) && phrase.kind === 'common' ? 2 : 0)
  );
}

function keepsPreposition(phrase: NounPhrase, other: NounPhrase): boolean {
  if (other.preposition === null) return true;
  // English has no cases: "population of Paris", "and in London" → "population of London".
  return phrase.preposition === 'of';
}

function insertion(phrase: NounPhrase, other: NounPhrase): string {
  const article =
    other.article === null && phrase.article === 'the' && other.kind === 'common' ? 'the ' : '';
  const bare = `${article}${other.text}`;
  if (other.preposition === null || phrase.preposition === 'of') return bare;
  // «Длина Волги» and «а у Енисея»: both are genitives.
  if (phrase.preposition === null && bearing.has(other.preposition)) return bare;
  return `${other.preposition} ${bare}`;
}

/** What is put at the end when nothing gives way: «в 1900 году», "in London". */
function addition(other: NounPhrase, text: string): string | null {
  if (other.preposition === null) return isTime(other.text.toLowerCase()) ? other.text : null;
  const unit = text.slice(other.end).match(/^\s*(\p{L}+)/u)?.[1] ?? '';
  return `${other.preposition} ${other.text}${unitOfTime.test(unit) ? ` ${unit}` : ''}`;
}

function covers(phrase: NounPhrase, word: { start: number; end: number }): boolean {
  return word.start >= phrase.start && word.end <= phrase.end;
}

/** «А второй?» names nothing that the question holds. */
function isOrdinal(word: string): boolean {
  return /^(?:перв|втор|трет|четверт|пят|последн|друг|остальн)(?:ый|ая|ое|ые|ой|ого|ую|их|ий|ья|ье|ьи|ем|ом)$|^(?:first|second|third|fourth|last|other|others|rest|former|latter|one)$/u.test(
    word,
  );
}

const placing = new Set(
  'в во на до после без с со через in on at during before after since with without'.split(' '),
);
const bearing = new Set('у для о об про for of about'.split(' '));
const unitOfTime = /^(?:год(?:у|а|ы|ах)?|век(?:е|а)?)$/u;
