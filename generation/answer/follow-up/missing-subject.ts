import type { EarlierTurn } from '../answer-event.ts';

import { nounPhrases } from './noun-phrases.ts';
import { findReferent } from './referent.ts';
import { inCase, type Gender } from './russian-case.ts';
import { cutWords, isPreposition, isRussianPast, isVerb, type Word } from './words.ts';

/**
 * A question that leaves out of what: «Сколько стоит?», «чем отличается от V2?», «какая лицензия?»,
 * "who is the author?" Null when it leaves out nothing, or nothing earlier fits.
 */
export function nameSubject(text: string, history: readonly EarlierTurn[]): string | null {
  return nameOwner(text, history) ?? nameDoer(text, history);
}

/** «Кто автор?» → «Кто автор COCONUT?»: nouns that mean nothing without what they belong to. */
function nameOwner(text: string, history: readonly EarlierTurn[]): string | null {
  if (!owned.test(text)) return null;
  const referent = findReferent(history, { gender: null, role: 'any' });
  if (referent === null) return null;
  if (/[а-яё]/iu.test(text)) return `${text} ${inCase(referent.text, 'genitive', referent)}`;
  return `${text} of ${referent.text}`;
}

/** Russian leaves a subject out where it is known; it is put behind the verb. */
function nameDoer(text: string, history: readonly EarlierTurn[]): string | null {
  const words = cutWords(text);
  const at = words.findIndex(({ folded }) => asking.test(folded));
  const verb = words[at + 1];
  // «Когда», «в чём», «с чем»: nothing else before the verb.
  if (at < 0 || at > 1 || words.length > 8 || verb === undefined || !isVerb(verb)) return null;
  if (words.slice(0, at).some((word) => !isPreposition(word))) return null;
  if (words.some(({ folded }) => hasSubject.test(folded)) || /ть(?:ся)?$/u.test(verb.folded))
    return null;
  const rest = text.slice(verb.end);
  if (hasNoun(rest)) return null;
  const referent = findReferent(history, { gender: genderOf(verb), role: 'any' });
  return referent === null ? null : `${text.slice(0, verb.end)} ${referent.text}${rest}`;
}

/** Whether what follows a verb names something: «находится Байкал», but not «находится в России». */
function hasNoun(rest: string): boolean {
  // No second past stands behind a verb: «байкал» only ends like one.
  const [first] = cutWords(rest);
  if (first !== undefined && isRussianPast(first.folded)) return true;
  return nounPhrases(rest, { startsLow: true }).some(({ preposition }) => preposition === null);
}

function genderOf({ folded }: Word): Gender | null {
  if (/(?:ла(?:сь)?|шла|[нт]а)$/u.test(folded)) return 'feminine';
  return isRussianPast(folded) && /(?:л|лся)$/u.test(folded) ? 'masculine' : null;
}

const asking = /^(?:когда|где|куда|откуда|почему|зачем|как|сколько|чем|чему|чего|кем)$/u;
const hasSubject =
  /^(?:я|мы|ты|вы|мне|нам|вам|он|она|оно|они|это|все|всё|кто|что|можно|нужно|надо)$/u;
const owned =
  /^(?:(?:кто|что|как(?:ой|ая|ое|ие|ова|ово|овы|ов)) (?:автор\p{L}*|создател[ьи]|разработчик\p{L}?|владелец|основател[ьи]|директор|изобретател[ьи]|архитектор|режисс[её]р|композитор|художник|лицензия|размер|длина|высота|глубина|ширина|площадь|население|столица|цена|стоимость|скорость|вес|масса|возраст|точность|архитектура|версия|год выпуска|происхождение|численность населения|средняя глубина|максимальная глубина|размер контекста|длина контекста)|(?:who|what) (?:is|are|was|were) the (?:authors?|creators?|developers?|owners?|founders?|directors?|inventors?|architects?|license|licence|size|length|height|depth|width|area|population|capital|price|cost|speed|weight|age|accuracy|architecture|version|origin|context length|context size))$/iu;
