import { isQuestionWord } from '../../../retrieval/text/stop-words.ts';

import { askInEnglish } from './ask-in-english.ts';
import { askInRussian } from './ask-in-russian.ts';
import { cutWords, isPreposition } from './words.ts';

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
