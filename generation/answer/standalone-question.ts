import { takeLinks } from '../../retrieval/links.ts';
import { isQuestionWord } from '../../retrieval/text/stop-words.ts';

import type { EarlierTurn } from './answer-event.ts';
import { askOf, withAgreement } from './follow-up/ellipsis.ts';
import { nameSubject } from './follow-up/missing-subject.ts';
import { namesIn, nounPhrases } from './follow-up/noun-phrases.ts';
import { askOfOne, withEarlier } from './follow-up/one-of-several.ts';
import { askWithOther } from './follow-up/other-word.ts';
import { askWith, bareQuestionWord } from './follow-up/question-word.ts';
import { resolveReference } from './follow-up/reference.ts';
import { lowerFirst, sentence } from './follow-up/sentence-case.ts';
import { cutWords, isPreposition, isVerb } from './follow-up/words.ts';

export interface StandaloneQuestion {
  question: string;
  /** Whether it leaned on what was said before and was completed from there. */
  isFollowUp: boolean;
}

/**
 * A question that can be searched for by itself: «а когда?» after «Кто открыл пенициллин?» becomes
 * «Когда открыли пенициллин?» A question with content of its own stays as it is, and so does one
 * that nothing earlier completes. The last three turns count. Rules alone: they know the endings of
 * Russian words and the commonest words of both languages, nothing of the world.
 */
export function standaloneQuestion(
  question: string,
  history: readonly EarlierTurn[],
): StandaloneQuestion {
  const turns = history.slice(-3).filter((turn) => /\p{L}/u.test(turn.standaloneQuestion));
  const mayLean =
    turns.length > 0 &&
    question.length <= longestFollowUp &&
    takeLinks(question).links.length === 0;
  const completed = mayLean ? complete(question, turns) : null;
  return { question: completed ?? question, isFollowUp: completed !== null };
}

/** In UTF-16 units; who writes more says what is meant. */
const longestFollowUp = 300;

function complete(question: string, turns: readonly EarlierTurn[]): string | null {
  const earlier = (turns.at(-1)?.standaloneQuestion ?? '').replace(wentOn, '');
  const text = question
    .replace(politeness, '')
    .replace(/[\s?!.…]+$/u, '')
    .trim();
  if (asksForMore.test(text)) return goOn(earlier);
  const body = text.replace(announcement, '');
  if (doubts.test(body)) return withEarlier(body, earlier);
  const questionWord = bareQuestionWord(body);
  if (questionWord !== null) return askWith(questionWord, earlier);
  const isAnnounced = body !== text;
  const other = isAnnounced ? askWithOther(body, earlier) : null;
  if (other !== null) return sentence(other);
  const one = askOfOne(body, turns);
  if (one !== null) return one;
  if (isAnnounced || couldStandForAnother(body, question)) {
    const asked = askOf(body, earlier, { isAnnounced });
    if (asked !== null) return sentence(asked);
  }
  // Of several things that only an answer names, the words for one of them cannot be put in.
  if (ofSeveral.test(body) && namesIn(earlier).length < 2) return withEarlier(body, earlier);
  const referred = resolveReference(body, turns);
  if (referred !== null && isAnnounced && isFragment(body)) {
    return isOblique(body) ? askOfOwned(referred, body, earlier) : sentence(askWhat(referred));
  }
  const resolved = referred ?? nameSubject(body, turns);
  if (resolved !== null) return ending(resolved, question);
  return isAnnounced && meansNothingAlone(body) ? withEarlier(body, earlier) : null;
}

/** «А его жене?» after «Сколько лет Путину?»: in the case of whose she is. */
function askOfOwned(owned: string, body: string, earlier: string): string {
  const question = earlier.replace(/[\s?!.…]+$/u, '');
  const owner = nounPhrases(question).findLast(({ kind }) => kind === 'name');
  if (owner === undefined) return withEarlier(body, earlier);
  return sentence(question.slice(0, owner.start) + owned + question.slice(owner.end));
}

/** Whether its last word stands in no nominative; «население» and «море» do. */
function isOblique(body: string): boolean {
  return (
    /(?:[бвгджзкмпстфхчшщн]е|[ую]|[оеё]й|[оеё]м|[ая]ми?|[ая]х)$/u.test(body) && !neuter.test(body)
  );
}

/** A word or two without a verb: «а дешевле?», «а зимой?» */
function meansNothingAlone(body: string): boolean {
  const words = cutWords(body);
  const isBare = words.every((word) => !isVerb(word) && !isQuestionWord(word.folded));
  return words.length > 0 && isBare && words.filter((word) => !isPreposition(word)).length <= 2;
}

/** «R1?», «в Самаре?»: without «а» only what is asked so, or hardly means anything by itself. */
function couldStandForAnother(body: string, question: string): boolean {
  if (body.split(/\s+/u).length > 3) return false;
  return /\?\s*$/u.test(question) || /^\p{L}{0,4}-?\p{N}[\p{L}\p{N}.]{0,3}$/u.test(body);
}

/** «Его длина», "its context": nothing is said of it. */
function isFragment(body: string): boolean {
  return /^(?:его|е[её]|их|its|his|her|their)(?: \p{L}+){1,2}$/iu.test(body);
}

function askWhat(thing: string): string {
  return /^[а-яё]/iu.test(thing) ? withAgreement(`каков ${thing}`) : `what is ${thing}`;
}

function goOn(earlier: string): string {
  const isRussian = /[а-яё]/iu.test(earlier);
  const asked = sentence(earlier);
  return `${isRussian ? 'Расскажи подробнее' : 'Tell me more'}: ${lowerFirst(asked)}`;
}

/** An order is no question. */
function ending(text: string, question: string): string {
  const asked = sentence(text);
  return /[.!]\s*$|^(?:расскажи|опиши|объясни|сравни|покажи|перечисли|найди|tell|explain|describe|compare|show|list|find|give)/iu.test(
    question,
  ) && !question.includes('?')
    ? asked.slice(0, -1)
    : asked;
}

const politeness =
  /^(?:спасибо|понятно|ясно|хорошо|ок|окей|thanks|thank you|ok|okay|great)[\s,.!—-]+(?=\S)|[\s,]+(?:пожалуйста|плиз|please)(?=[\s?!.…]*$)/giu;
const announcement =
  /^(?:(?:а|и|ну|но|and|but|so|then|also)(?:\s+|,\s*))*(?:(?:а\s+)?(?:(?:что|как)\s+(?:насчёт|насчет|касательно)|что\s+(?:с|со|по|про)|как\s+же|если)\s+|(?:what|how)\s+about\s+|(?:а|и|ну|но|and|but|so|then|also)(?:\s+|,\s*))/iu;
const asksForMore =
  /^(?:(?:а|ну|и|and|ok)\s+)?(?:(?:можно|можешь|расскажи|расскажите|объясни|объясните|опиши|напиши|скажи|can you|could you|please|tell me|give me|say|explain)\s+)*(?:(?:мне|ещё|еще|об\s+этом|про\s+это|чуть|немного|a bit|a little)\s+)*(?:(?:по)?подробнее|подробно|подробности|детальнее|ещё|еще|больше|дальше|далее|продолжай|продолжи|продолжение|more|further|more details?|in more detail|in detail|details?|go on|continue|elaborate|keep going|next)(?:\s+(?:об\s+этом|про\s+это|расскажи|расскажите|about (?:that|this)|on (?:that|this)))?$/iu;
const doubts =
  /^(?:это )?(?:точно|правда|верно|really|is (?:it|that) (?:true|so|right))(?: ли)?(?: это)?$/iu;
const ofSeveral =
  /(?<!\p{L})(?:(?:из|среди) (?:них|этих)|(?:of|among) (?:them|these|those))(?!\p{L})/iu;
const neuter = /(?:поле|море|горе|сердце|солнце|место|имя|время)$/u;
const wentOn = /^(?:Расскажи подробнее|Tell me more): /u;
