import { isGenitive, namesIn, nounPhrases } from './noun-phrases.ts';
import { guessGender, inNominative } from './russian-case.ts';
import { lowerFirst, sentence } from './sentence-case.ts';
import { cutWords, isRussianPast, isVerb } from './words.ts';

/** An earlier Russian question, without its mark, asked with another question word. */
export function askInRussian(word: string, question: string): string {
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
