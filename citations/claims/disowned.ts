import type { Passage } from '../../retrieval/passage.ts';
import { splitSentences } from '../../retrieval/text/sentences.ts';

/**
 * Whether a page only reports a sentence and does not stand behind it: a question, a rumour, a myth
 * that it names so, or something that the next sentence takes back. A claim that says as much itself
 * («X — миф») is another matter.
 */
export function isDisowned(
  quote: string,
  { text, heading, title }: Pick<Passage, 'text' | 'heading' | 'title'>,
  claim: string,
): boolean {
  if (doubt.test(claim)) return false;
  const sentences = splitSentences(text).map((sentence) => sentence.text);
  const at = sentences.findIndex((sentence) => sentence.includes(quote));
  const sentence = sentences[at] ?? quote;
  if (/\?["'»”)\s]*$/u.test(sentence) || doubt.test(sentence)) return true;
  if (doubt.test(heading ?? '') || aboutMyths.test(title)) return true;
  return takenBack.test(sentences[at + 1] ?? '') || announced.test(sentences[at - 1] ?? '');
}

const before = String.raw`(?<![\p{L}\p{N}])`;
const after = String.raw`(?![\p{L}\p{N}])`;

const doubt = new RegExp(
  `${before}(?:${String.raw`миф\p{L}{0,3}|заблужд\p{L}+|неправд\p{L}+|неверно|ложь|ложн\p{L}+|фейк\p{L}*|слух\p{L}{0,3}|якобы|будто|ошибочн\p{L}+|по ошибке|ошибк\p{L}+|опечатк\p{L}+|опроверг\p{L}+|опроверж\p{L}+|выдум\p{L}+|вопреки|не подтвержд\p{L}+|правда ли|утвержда\p{L}+|приписыва\p{L}+|считалось|принято считать|(?:часто|иногда|обычно|порой|многие|некоторые|люди) (?:пишут|говорят|думают|считают|полагают|верят)|(?:говорят|пишут|думают|считают), что|по (?:легенде|преданию|слухам)|думали|полагали|myths?|misconceptions?|false|hoax(?:es)?|rumou?rs?|allegedly|supposedly|wrongly|mistakenly|debunk\p{L}*|untrue|incorrect|contrary to|disproved|refuted|(?:often|sometimes|commonly|widely|popularly) (?:said|thought|believed|written|claimed)|(?:many|some|people) (?:say|think|believe|write|claim)|it is said|legend has it|according to legend|claims? that|claimed|was thought|were thought|used to be`})${after}`,
  'iu',
);

const aboutMyths = new RegExp(
  `${before}(?:${String.raw`миф\p{L}{0,3}|заблуждени\p{L}+|фейк\p{L}*|правда ли|myths?|misconceptions?|hoax(?:es)?|debunk\p{L}*`})${after}`,
  'iu',
);

const takenBack =
  /^\P{L}*(?:(?:но |однако,? |but |however,? )?(?:это (?:не так|неправда|миф|ошибк\p{L}+|заблуждение|неверно|ложь|не соответствует)|нет[,.!]|на самом деле|в действительности|это утверждение|this is (?:not true|false|a myth|wrong|incorrect|untrue|not the case)|that is (?:not true|false|a myth|wrong|not so)|that['’]s (?:not true|false|a myth|wrong)|in fact[, ]|in reality|actually[, ]|no[,.]|not true|false[.,!]|wrong[.,!]))(?!\p{L})/iu;

const announced =
  /(?:миф|заблуждение|слух|неправда|фейк|myth|misconception|rumou?r|false|hoax)\P{L}*:\s*$/iu;
