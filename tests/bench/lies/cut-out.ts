import { findPlaces } from '../planted/facts.ts';
import { modifiers, verbWrappings, wrappings, type Wrapping } from './governing-words.ts';

export type CutKind = 'cut-out' | 'governor' | 'modifier' | 'crossed' | 'owner';

export const cutKinds: readonly CutKind[] = ['cut-out', 'governor', 'modifier', 'crossed', 'owner'];

/** A claim that repeats words of its source, which says less by them, or says them of another. */
export interface CutClaim {
  claim: string;
  /** What the page says instead of the sentence. */
  source: string;
  /** Whether the words around the claim are none that the reader was given. */
  isUnseen: boolean;
}

export interface CutOptions {
  language: 'ru' | 'en';
  random: () => number;
  /** A sentence about something else. */
  neighbour: string | null;
}

/** A sentence made to say less, and the claim that hides it; null where the sentence has no place for it. */
export function cutOut(kind: CutKind, truth: string, options: CutOptions): CutClaim | null {
  return makers[kind](truth, options);
}

const makers: Record<CutKind, (truth: string, options: CutOptions) => CutClaim | null> = {
  'cut-out'(truth, { language, random }) {
    const wrapping = pick(wrappings[language], random);
    const said = truth.replace(/\.$/u, '');
    const isFirst = wrapping?.text.startsWith('{}') ?? false;
    return wrap(wrapping, isFirst ? said : lowerFirst(said), truth);
  },
  governor(truth, { language, random }) {
    const verb = pick([...truth.matchAll(verbs[language])], random);
    const wrapping = pick(verbWrappings[language], random);
    if (verb === null || wrapping === null) return null;
    return replaceWrapped(truth, verb.index, verb[0], wrapping);
  },
  modifier(truth, { language, random }) {
    const kind = random() < 0.5 ? 'role' : 'superlative';
    const noun = pick([...truth.matchAll(nouns[language][kind])], random);
    const wrapping = pick(modifiers[language][kind], random);
    if (noun === null || wrapping === null) return null;
    return replaceWrapped(truth, noun.index, noun[0], wrapping);
  },
  crossed(truth, { language, random, neighbour }) {
    const own = parts(truth);
    const other = neighbour === null ? null : parts(neighbour);
    if (own === null || other === null || own.subject === other.subject) return null;
    const joint = pick(language === 'ru' ? [', а ', '; '] : [', while ', ' and ', '; '], random);
    const first = truth.replace(/\.$/u, '');
    return {
      claim: `${own.subject} ${other.rest}`,
      source: `${first}${joint ?? ', '}${lowerFirst(neighbour ?? '')}`,
      isUnseen: true,
    };
  },
  owner(truth, { language, random }) {
    const own = parts(truth);
    if (own === null) return null;
    const seen = pick(owners[language], random);
    const owned = seen?.(own.subject);
    return owned === undefined || owned === null
      ? null
      : { claim: truth, source: `${owned} ${own.rest}`, isUnseen: true };
  },
};

const verbs = {
  en: /(?<= )(?:is|are|was|were|became|has|had|can)(?= \p{Ll})/gu,
  ru: /(?<=[\p{L}\d)»] )(?<!(?:не|ни|бы|без|как) )(?:является|являются|имеет|имеют|был|была|было|были|стал|стала|стали|находится|находятся|состоит|состоят|получил|получила|получили|основал|вошёл|вошла|\p{Ll}{3,}(?:лся|лась|лось|лись))(?![\p{L}-])/gu,
};

const nouns = {
  en: {
    role: /(?<=(?:the|a|was|is|as) )(?:president|king|queen|emperor|director|leader|member|capital|chairman|minister|governor|mayor|champion|head|founder|commander|professor|captain|coach|bishop|judge|author|architect|winner|owner|ruler|chancellor|student)(?= )/gu,
    superlative:
      /(?<=the )(?:largest|biggest|oldest|highest|longest|most \p{L}+|first|fastest|greatest|richest|best|smallest|tallest)(?= )/gu,
  },
  ru: {
    role: /(?<= )(?:президент|король|император|директор|министр|глава|член|премьер-министр|чемпион|основатель|командующий|профессор|капитан|тренер|епископ|судья|автор|архитектор|победитель|владелец|правитель|канцлер|город|лидер|руководитель)(?= )/gu,
    superlative:
      /(?<= )(?:крупнейш\p{L}+|старейш\p{L}+|самый \p{L}+|самая \p{L}+|самое \p{L}+|самым \p{L}+|самой \p{L}+|наибольш\p{L}+|первый|первая|первым|лучш(?:ий|ая|им|ей))(?= )/gu,
  },
};

const owners: Record<'ru' | 'en', readonly ((subject: string) => string | null)[]> = {
  en: [
    (subject) => `The critics of ${lowerArticle(subject)}`,
    (subject) => `The father of ${lowerArticle(subject)}`,
    (subject) => `${subject.replace(/^The /u, 'The ')}'s neighbour`,
    (subject) => `A replica of ${lowerArticle(subject)}`,
  ],
  ru: [
    (subject) => ofRussian('Противники', subject),
    (subject) => ofRussian('Сосед', subject),
    (subject) => ofRussian('Копия', subject),
    (subject) => ofRussian('Защитник', subject),
  ],
};

/** Of names of one word, whose genitive is sure. */
function ofRussian(owned: string, subject: string): string | null {
  if (/^\p{Lu}\p{Ll}+[бвгдзклмнпрстфхц]$/u.test(subject)) return `${owned} ${subject}а`;
  if (/^\p{Lu}\p{Ll}+[бвдзлмнпрстф]а$/u.test(subject)) return `${owned} ${subject.slice(0, -1)}ы`;
  return null;
}

function lowerArticle(subject: string): string {
  return subject.replace(/^(?:The|A|An) /u, (article) => article.toLowerCase());
}

/** What a sentence is about, up to a verb that hardly stands for anything else. */
function parts(sentence: string): { subject: string; rest: string } | null {
  const match =
    /^(?<subject>\p{Lu}[^.,;:()]{2,40}?) (?<rest>(?:— |is |was |are |were |has |had |became |является |был |была |имеет |вышел |вышла |состоит |\p{Ll}{3,}(?:лся|лась|ется|ются|ил|ила|ал|ала) ).*)$/u.exec(
      sentence,
    );
  const { subject, rest } = match?.groups ?? {};
  if (subject === undefined || rest === undefined || pronoun.test(subject)) return null;
  return { subject, rest };
}

const pronoun =
  /^(?:It|He|She|They|This|These|That|There|Here|Which|Who|What|Where|Then|Both|Most|Some|Each|One|Another|The other|His|Her|Its|Their|Even|If|Although|Though|While|Since|Because|All|Three|Two|Many|Several|No|In|On|At|By|After|Before|During|With|For|From|As|When|Он|Она|Оно|Они|Это|Эта|Эти|Этот|Так|Здесь|Там|Тут|Тогда|Что|Где|В|Во|На|С|По|К|У|Из|После|До|При|Для|Их|Его|Её|Ее|Как|Когда|Хотя|Если|Позднее|Позже|Затем|Все|Некоторые|Многие|Под|Со|От|О|Об|За|Над)(?!\p{L})/u;

function wrap(wrapping: Wrapping | null, said: string, claim: string): CutClaim | null {
  if (wrapping === null) return null;
  const source = `${wrapping.text.replace('{}', () => said)}.`;
  return { claim, source, isUnseen: wrapping.isUnseen };
}

function replaceWrapped(truth: string, at: number, word: string, wrapping: Wrapping): CutClaim {
  const wrapped = wrapping.text.replace('{}', () => word);
  const source = truth.slice(0, at) + wrapped + truth.slice(at + word.length);
  return { claim: truth, source, isUnseen: wrapping.isUnseen };
}

/** Names keep their capital: only what is surely none loses it. */
function lowerFirst(sentence: string): string {
  const isName = findPlaces(sentence, 'name').some(({ start }) => start === 0);
  const isPlain =
    /^(?:\p{L}|\p{Lu}\p{Ll}{1,3}|[А-ЯЁ][а-яё]+(?:ый|ая|ое|ие|ые|ий|ние|ция|ства|ство))(?= )/u.test(
      sentence,
    );
  return isPlain && !isName ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence;
}

function pick<T>(items: readonly T[], random: () => number): T | null {
  return items[Math.floor(random() * items.length)] ?? null;
}
