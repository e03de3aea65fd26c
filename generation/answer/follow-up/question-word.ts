import { baseOfIrregularForm } from '../../../retrieval/text/irregular-verbs.ts';
import { isQuestionWord } from '../../../retrieval/text/stop-words.ts';

import { isGenitive, namesIn, nounPhrases } from './noun-phrases.ts';
import { guessGender, inNominative } from './russian-case.ts';
import { cutWords, isPreposition, isRussianPast, isVerb } from './words.ts';

/** «когда», «в каком году», "since when": what a follow-up asks with and nothing else; else null. */
export function bareQuestionWord(text: string): string | null {
  const words = cutWords(text);
  if (words.length === 0 || words.length > 6) return null;
  if (!words.some(({ folded }) => isQuestionWord(folded))) return null;
  const folded = words.map((word) => word.folded).join(' ');
  if (
    /^(?:who|what|where|кто|что|где|куда) (?:is |was |were |are )?(?:it|это|that|this)$/u.test(
      folded,
    )
  )
    return null;
  const isBare = words.every(
    (word) => isQuestionWord(word.folded) || isPreposition(word) || companions.test(word.folded),
  );
  if (!isBare) return null;
  const kept = words.filter(({ folded: word }) => !happening.test(word));
  return kept.map((word) => word.text.toLowerCase()).join(' ');
}

/** What may stand beside a question word: the kind of thing asked for, and that it happened. */
const companions =
  /^(?:год\p{L}{0,2}|век\p{L}{0,2}|город\p{L}{0,2}|стран\p{L}{0,2}|мест\p{L}{0,2}|месяц\p{L}{0,2}|пор|цел\p{L}{1,3}|причин\p{L}|образом|долго|давно|много|именно|конкретно|примерно|year|century|city|country|place|month|day|date|reason|purpose|exactly|long|much|many|often|это|этого|было|был|была|были|есть|так|же|то|случилось|произошло|that|this|it|was|is|did|does|so|happened|happen|then)$/u;
const happening =
  /^(?:именно|конкретно|примерно|это|этого|было|был|была|были|есть|так|же|то|случилось|произошло|exactly|that|this|it|was|is|did|does|so|happened|happen|then)$/u;

/** An earlier question asked anew with another question word: «Кто открыл X?», «когда» → «Когда открыли X?» */
export function askWith(questionWord: string, earlier: string): string {
  const question = earlier.replace(/[\s?!.…]+$/u, '');
  const isRussian = /[а-яё]/iu.test(question.replace(/[«"][^»"]*[»"]/gu, ''));
  const word = isRussian
    ? (inRussian.get(questionWord) ?? questionWord)
    : (inEnglish.get(questionWord) ?? questionWord);
  return (isRussian ? askInRussian : askInEnglish)(word, question);
}

function askInRussian(word: string, question: string): string {
  const asked = question.match(russianOpening);
  const place = /^где$/u.test(word);
  const named =
    namesIn(question).at(-1) ??
    nounPhrases(question).findLast(({ kind, isAsked }) => kind === 'common' && !isAsked);
  if (asked === null) {
    const order = question.match(request)?.[0] ?? null;
    if (order !== null || cutWords(question).length < 4) {
      const subject =
        named === undefined
          ? question
          : inNominative(named.text, guessGender(named.text, isGenitive(named)), []);
      return sentence(`${word} ${verbFor(word, subject, false)}${subject}`);
    }
    return sentence(`${word} ${lowerFirst(question).replace(/(?<=\S) ли(?= )/u, '')}`);
  }
  const [opening = ''] = asked;
  const was = opening.trim().toLowerCase();
  const rest = question.slice(opening.length).trim();
  if (/^(?:кто|что) так/u.test(was))
    return sentence(`${word} ${verbFor(word, rest, was.startsWith('кто'))}${rest}`);
  // Of a quantity only its bearer is somewhere.
  if (
    place &&
    /^(?:сколько|каков|как(?:ой|ая|ое|ие))/u.test(was) &&
    named !== undefined &&
    !isVerbFirst(rest)
  ) {
    const subject = inNominative(named.text, guessGender(named.text, isGenitive(named)), []);
    return sentence(`${word} ${verbFor(word, subject, false)}${subject}`);
  }
  if (/^(?:почему|зачем)$/u.test(word)) {
    const so =
      was.match(/^(?:сколько|каков[аоы]?|как(?:ой|ая|ое|ие|ую))$/u) === null
        ? ''
        : `${was.replace(/^ск/u, 'ст').replace(/^к/u, 'т')} `;
    return sentence(`${word} ${so}${was === 'кто' ? inPlural(rest) : rest}`);
  }
  if (/^кто$/u.test(word)) {
    if (shortPassive.test(rest)) return sentence(`кем ${rest}`);
    return sentence(`${word} ${rest.replace(/^\p{L}+ли(?=\s)/u, (verb) => verb.slice(0, -1))}`);
  }
  return sentence(`${word} ${was === 'кто' ? inPlural(rest) : rest}`);
}

/** «Кто открыл X» → «открыли X»: nobody is named any more. Linking verbs keep their subject. */
function inPlural(rest: string): string {
  const first = cutWords(rest)[0];
  if (first === undefined || first.start !== 0 || !isRussianPast(first.folded)) return rest;
  if (/^(?:был|стал|являл)/u.test(first.folded)) return rest;
  return rest.replace(/^\p{L}+/u, (verb) =>
    verb
      .replace(/[оеё]шел$/u, 'шли')
      .replace(/лся$/u, 'лись')
      .replace(/л$/u, 'ли')
      .replace(/ёли$/u, 'ели'),
  );
}

function verbFor(word: string, subject: string, isPerson: boolean): string {
  const ending = /[ая]$/u.test(subject) ? 'а' : /[ое]$/u.test(subject) ? 'о' : '';
  if (/^где$/u.test(word)) return isPerson ? `жил${ending} ` : 'находится ';
  if (!/^(?:когда|в каком году|в каком веке)$/u.test(word)) return '';
  if (isPerson) return `жил${ending} `;
  return ending === '' ? 'появился ' : `появил${ending}сь `;
}

function isVerbFirst(rest: string): boolean {
  const first = cutWords(rest)[0];
  return first !== undefined && isVerb(first);
}

const shortPassive = /^(?:был[аои]? )?(?:\p{L}+[нт][аоы]?)(?!\p{L})|^был[аои]? \p{L}+ /u;
const request = /^(?:расскажи|скажи|опиши|объясни)(?:те)?(?!\p{L})/iu;
const russianOpening =
  /^(?:(?:а|и|во?|на|об?|со?|из|от|до|по|за|у|к|для|при|под|над|про|через) )?(?:(?:кто|что) так(?:ой|ая|ое|ие)|кто|кого|кому|кем|ком|что|чего|чему|чем|где|куда|откуда|когда|почему|зачем|отчего|сколько|скольк\p{L}{2}|как долго|как давно|как(?:ой|ая|ое|ие|ого|ую|ом|их|им|ими|ому)(?: (?:год|век|месяц|город|стран|мест|дн|числ)\p{L}*)?|каков[аоы]?|чей|чья|чь[её]|чьи|как)(?!\p{L})/iu;

function askInEnglish(word: string, question: string): string {
  const asked = question.match(englishOpening);
  if (asked === null) {
    if (auxiliary.test(question)) return sentence(`${word} ${lowerFirst(question)}`);
    const name = namesIn(question).at(-1)?.text;
    if (name !== undefined && /^where$/u.test(word)) return sentence(`where is ${name}`);
    return sentence(`${question}: ${word}`);
  }
  const { groups = {} } = asked;
  const rest = question.slice(asked[0].length).trim();
  const was = groups['word']?.toLowerCase() ?? '';
  if (auxiliary.test(rest)) {
    const why = /^why$/u.test(word);
    const { many, noun = '', degree } = groups;
    if (/^who$/u.test(word) && /^(?:is|was|are|were) /iu.test(rest))
      return sentence(`by whom ${rest}`);
    if (/^who$/u.test(word)) return sentence(`${lowerFirst(question)}, and ${word}`);
    if (many !== undefined)
      return sentence(`${word} ${rest} ${why ? `so ${many} ` : ''}${noun.trim()}`);
    if (degree !== undefined && why) return sentence(`${word} ${rest} so ${degree}`);
    return sentence(`${word} ${rest}`);
  }
  const [verb = ''] = rest.split(' ');
  const participle = participleOf(verb.toLowerCase());
  if (!/^(?:who|what|which)$/u.test(was) || participle === null || rest === verb) {
    return sentence(`${lowerFirst(question)}, and ${word}`);
  }
  const [, object = '', tail = ''] = rest.slice(verb.length).match(objectAndTail) ?? [];
  const be = /[^s'ui]s$/u.test(cutWords(object.split(/ of /u)[0] ?? '').at(-1)?.text ?? '')
    ? 'were'
    : 'was';
  return sentence(`${word} ${be} ${object.trim()} ${participle}${tail}`);
}

const auxiliary =
  /^(?:do|does|did|is|are|was|were|has|have|had|can|could|will|would|should|may|might|must)(?: |$)/iu;
const englishOpening =
  /^(?:(?:and|in|on|at|by|from|to|of|for|with|since|until|about) )?(?<word>who|whom|whose|what|which|when|where|why|how)(?: (?<many>many|much)(?<noun>(?: (?!(?:do|does|did|is|are|was|were|has|have|had|can|could|will|would) )\S+){0,4})| (?<degree>long|old|tall|far|big|fast|large|high|deep|heavy|wide|often|soon|expensive)| (?:year|country|city|place|century|month|date|day|state))?(?= |$)/iu;
const objectAndTail = /^(.*?)(\s(?:in|on|at|during|by|from|for|after|before|since|with)\s.*)?$/u;

/** «wrote» → "written"; null when it is no past form that is known. */
function participleOf(verb: string): string | null {
  const base = baseOfIrregularForm.get(verb);
  if (base !== undefined) {
    return [...baseOfIrregularForm].findLast(([, other]) => other === base)?.[0] ?? null;
  }
  return /[^e]ed$/u.test(verb) ? verb : null;
}

const pairs = [
  ['когда', 'when'],
  ['где', 'where'],
  ['почему', 'why'],
  ['зачем', 'what for'],
  ['кто', 'who'],
  ['кем', 'by whom'],
  ['как', 'how'],
  ['сколько', 'how many'],
  ['в каком году', 'in what year'],
] as const;
const inEnglish = new Map<string, string>(pairs);
const inRussian = new Map<string, string>(pairs.map(([russian, english]) => [english, russian]));

export function lowerFirst(text: string): string {
  const first = cutWords(text)[0];
  const isName =
    first === undefined ||
    /^\p{Lu}{2}|\p{L}-?\p{N}/u.test(first.text) ||
    namesIn(text)[0]?.start === 0;
  return isName ? text : text.charAt(0).toLowerCase() + text.slice(1);
}

/** With a capital, single spaces and a question mark. */
export function sentence(text: string): string {
  const trimmed = text
    .replace(/\s+/gu, ' ')
    .replace(/\s+(?=[,.?!])/gu, '')
    .trim()
    .replace(/[\s?!.…]+$/u, '');
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}?`;
}
