import { readStatement } from '../../citations/statement.ts';
import { isRussianPast } from '../answer/follow-up/words.ts';

/**
 * What a sentence speaks of, for the sentences after it: the name that it begins with, when that is
 * surely its subject. Null where another name could be meant as well.
 */
export function subjectOf(sentence: string): string | null {
  if (lacksOwner(sentence)) return null;
  const { terms: all } = readStatement(sentence);
  const terms = /^\P{L}*(?:the|an?)\s/iu.test(sentence) ? all.slice(1) : all;
  const [opening] = terms;
  if (opening?.kind !== 'name') return null;
  let { end } = opening;
  let at = 1;
  for (const next of terms.slice(1)) {
    const joins =
      next.kind === 'name' ||
      (next.kind === 'figure' && /^\p{N}+$/u.test(sentence.slice(next.start, next.end)));
    if (!joins || !/^[ .-]$/u.test(sentence.slice(end, next.start))) break;
    end = next.end;
    at += 1;
  }
  end += /^(?:[-.][\p{L}\p{N}]+)+/u.exec(sentence.slice(end))?.[0].length ?? 0;
  const subject = sentence.slice(opening.start, end);
  if (pronounFirst.test(subject) || leavesOutSubject(sentence)) return null;
  const rest = sentence.slice(end);
  if (!/[а-яё]/iu.test(sentence) || /^\s*(?:\([^)]*\)\s*)?[—–-]\s/u.test(rest)) return subject;
  // «Пенициллин открыл Флеминг»: Russian may begin with what something was done to.
  const isRivalled = terms.slice(at).some((term, index, others) => {
    if (term.kind !== 'name' || !term.isCertain) return false;
    const previous = others[index - 1] ?? terms[at - 1];
    return !(previous?.kind === 'word' && previous.isStop) && previous?.kind !== 'name';
  });
  return isRivalled ? null : subject;
}

/**
 * A sentence with its subject named, so that it can be looked up alone. Null when it leans on one that
 * nobody has named, or that cannot be the one meant. `isBlurred`: the sentence before spoke of something
 * else of the same subject, which a pronoun could mean as well.
 */
export function withSubject(
  sentence: string,
  subject: string | null,
  { isBlurred = false }: { isBlurred?: boolean } = {},
): string | null {
  // «Об этом сообщил …»: what this is, was said in other words.
  if (pointsBack.test(sentence) && !subjectFirst.test(sentence)) return null;
  if (lacksOwner(sentence)) return subject === null ? null : `${subject}: ${lowerFirst(sentence)}`;
  const pronoun = pronounIn(sentence);
  if (pronoun === null && !leavesOutSubject(sentence)) return sentence;
  if (subject === null || (pronoun !== null && isBlurred)) return null;
  if (pronoun === null) return `${subject} ${lowerFirst(sentence)}`;
  if (!agree(pronoun.word, subject)) return null;
  const rest = sentence.slice(pronoun.end).trimStart();
  // "It was its biggest deal": what it was, was said in other words.
  if (pronoun.use === 'subject') return owningCopula.test(rest) ? null : `${subject} ${rest}`;
  if (pronoun.use === 'owner') return `${subject}'s ${rest}`;
  if (pronoun.use === 'opening') return `${subject}: ${rest.replace(/^есть\s+/u, '')}`;
  return `${subject}: ${lowerFirst(sentence)}`;
}

interface FoundPronoun {
  word: string;
  end: number;
  /** What it begins the sentence as, or that it stands further inside. */
  use: 'subject' | 'owner' | 'opening' | 'inside';
}

function pronounIn(sentence: string): FoundPronoun | null {
  const found = (pattern: RegExp, use: FoundPronoun['use']): FoundPronoun | null => {
    const match = pattern.exec(sentence);
    return match === null
      ? null
      : { word: (match[1] ?? '').toLowerCase(), end: match.index + match[0].length, use };
  };
  const opening =
    found(subjectFirst, 'subject') ?? found(ownerFirst, 'owner') ?? found(hisFirst, 'opening');
  if (opening !== null) return opening;
  const inside = found(anyPronoun, 'inside');
  if (inside === null) return null;
  // «Тесла и его жена»: whoever is named before is meant.
  const before = readStatement(sentence.slice(0, inside.end));
  return before.terms.some(({ kind }) => kind === 'name') &&
    !/^\P{L}*(?:во?|на|к|с|у|о|in|at|on|by|for|from|to|with|of)\s/iu.test(sentence)
    ? null
    : inside;
}

/** «Население — 13 млн», "The price is …": of whom or what, was said before. */
export function lacksOwner(sentence: string): boolean {
  const match = ownedFirst.exec(sentence);
  if (match === null) return false;
  const rest = sentence.slice(match[0].length);
  const predicate = rest.search(
    /\s[—–-]\s|:|\p{N}|(?<!\p{L})(?:is|are|was|were|has|had|will)(?!\p{L})/u,
  );
  const phrase = predicate === -1 ? rest : rest.slice(0, predicate);
  const words = phrase.match(/[\p{L}-]+/gu) ?? [];
  const verb = words.findIndex(
    (word) => /^[а-яё]/u.test(word) && (isRussianPast(word) || present.test(word)),
  );
  // «Скорость света» has one, «население города» only seems to.
  return words.slice(0, verb === -1 ? words.length : verb).every((word) => generic.test(word));
}

const generic =
  /^(?:of|the|and|its|и|в|на|для|этого|города|страны|компании|модели|озера|реки|книги|фильма|проекта|сервиса|равн[аоы]?|равен|доступ[её]?н[аоы]?|was|is)$/u;

/** «Родился в Ульме», «Содержит 671 млрд параметров» */
function leavesOutSubject(sentence: string): boolean {
  const first = /^\P{L}*([а-яё-]+)(?=\s)/iu.exec(sentence)?.[1]?.toLowerCase() ?? '';
  if (first === '' || !(isRussianPast(first) || present.test(first))) return false;
  // «Байкал — озеро», «Байкал находится в Сибири»: a noun with a verb's ending.
  const next = sentence.slice(sentence.toLowerCase().indexOf(first) + first.length).trimStart();
  const second = /^[а-яё-]+/iu.exec(next)?.[0].toLowerCase() ?? '';
  if (/^[—–-]\s/u.test(next) || isRussianPast(second) || present.test(second)) return false;
  // «Вышла новая модель DeepSeek-V3»: what does it stands behind the verb.
  return !readStatement(sentence.slice(first.length)).terms.some((term, at, terms) => {
    const previous = terms[at - 1];
    return (
      term.kind === 'name' && term.isCertain && !(previous?.kind === 'word' && previous.isStop)
    );
  });
}

const present =
  /^(?:содержит|имеет|составляет|находится|весит|стоит|входит|включает|поддерживает|работает|умеет|занимает|насчитывает|состоит|является|считается|принадлежит|использует|обладает|достигает|вмещает|живёт|живет|обитает|расположен[аоы]?|основан[аоы]?|создан[аоы]?|построен[аоы]?|выпущен[аоы]?|написан[аоы]?|обучен[аоы]?)$/u;

/** By gender and number, as far as the ending of a Russian name tells. */
function agree(pronoun: string, subject: string): boolean {
  const last = subject.split(' ').at(-1) ?? '';
  if (!/[а-яё]$/iu.test(last) || !/[а-яё]/iu.test(pronoun)) return true;
  const isFeminine = /[ая]$/iu.test(last);
  const isPlural = /[ыи]$/iu.test(last);
  if (/^(?:она|её|ее|ней|неё|нее|эта|этой|эту)$/u.test(pronoun))
    return isFeminine || last.endsWith('ь');
  if (/^(?:они|их|них|эти)$/u.test(pronoun)) return isPlural;
  return !isFeminine && !isPlural;
}

const after = String.raw`(?![\p{L}\p{N}'’-])`;
const opens = String.raw`^[^\p{L}\p{N}]*(?:(?:при этом|также|кроме того|сейчас|сегодня|позже|затем|а|и|но|also|and|but|later|now|today),?\s+)?`;
const kinds = String.raw`(?:модел\p{L}+|город\p{L}*|книг\p{L}+|фильм\p{L}*|компани\p{L}+|учён\p{L}+|озер\p{L}+|озёр\p{L}*|рек\p{L}+|стран\p{L}+|планет\p{L}+|систем\p{L}+|сервис\p{L}*|проект\p{L}*|препарат\p{L}*|вещество|животн\p{L}+|растени\p{L}+|model|city|book|film|movie|company|scientist|lake|river|country|planet|system|service|project|drug|animal|plant)`;
const owned = String.raw`(?:население|площадь|длина|глубина|высота|ширина|размер|вес|масса|объ[её]м|скорость|возраст|стоимость|цена|контекст|лицензия|лицензи\p{L}+|архитектура|обучение|строительство|исследование|эксперимент|полёт|полет|экспедиция|сделка|проект|работа|премьера|релиз|модел[ьи]|компания|город|страна|книга|фильм|роман|автор|авторы|создатель|разработчик|основатель|столица|бюджет|выручка|прибыль|тираж|пожар|авария|операция|суд|закон|документ|сервис|приложение|программа|препарат|вакцина|болезнь|животное|растение|остров|озеро|река|гора|планета|спутник|здание|башня|мост|дорога|поезд|самолёт|самолет|корабль|команда|матч|турнир|price|cost|population|area|length|depth|height|size|weight|speed|age|context|license|licence|architecture|training|construction|study|experiment|flight|deal|project|work|premiere|release|model|company|city|country|book|film|movie|novel|author|creator|developer|founder|capital|budget|revenue|profit|law|service|app|program|drug|vaccine|disease|animal|plant|island|lake|river|mountain|planet|satellite|building|tower|bridge|road|train|plane|ship|team|match|tournament)`;
const ownedFirst = new RegExp(
  String.raw`^\P{L}*(?:(?:а|и|но|при этом|также|сама?|сам(?:ый|ая|ое)?|средн\p{L}+|общ\p{L}+|максимальн\p{L}+|наибольш\p{L}+|the|average|total|maximum)\s+)*${owned}(?![\p{L}\p{N}-])`,
  'iu',
);
const pointsBack =
  /^\P{L}*(?:об этом|это|этим|этому|поэтому|при этом это|так|такое|такой|такая|такие|тогда|там|this|that|these|those|such)(?![\p{L}-])/iu;
const owningCopula =
  /^(?:is|was|are|were|became|был[аои]?|стал[аои]?|—)\s+(?:its|his|her|their|его|её|ее|их)(?!\p{L})/iu;
const subjectFirst = new RegExp(
  `${opens}((?:он|она|оно|они|he|she|it|they)|(?:эт(?:от|а|о|и)|this|that|these|the)\\s+(?:же\\s+)?${kinds})${after}`,
  'iu',
);
const ownerFirst = new RegExp(`${opens}(its|his|her|their)${after}`, 'iu');
const hisFirst = new RegExp(
  `${opens}(?:(?:у|в|на|для|с)\\s+)?(него|неё|нее|нём|нем|ней|них|его|её|ее|их)${after}`,
  'iu',
);
const anyPronoun = new RegExp(
  String.raw`(?<![\p{L}\p{N}-])(он|она|оно|они|его|её|ее|их|ему|ей|им|него|неё|нее|них|ней|ним|ними|нём|нем|it|its|he|she|they|his|her|their|him|them)${after}`,
  'iu',
);
const pronounFirst =
  /^(?:он|она|оно|они|это|эт(?:от|а|и)|там|так|там|тогда|it|he|she|they|this|that|these|those|there|here)(?:\s|$)/iu;

function lowerFirst(sentence: string): string {
  // «NASA» stays.
  return /^\p{Lu}\p{Ll}|^\p{Lu}\s/u.test(sentence)
    ? sentence.slice(0, 1).toLowerCase() + sentence.slice(1)
    : sentence;
}
