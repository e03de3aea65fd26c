import type { Language, RankedPassage } from '../../retrieval/passage.ts';

import { answerability, answerableFrom } from './answerability.ts';
import type { AnswerLength, AnswerRequest } from './answerer.ts';
import { answersDirectly } from './direct-answer.ts';
import type { Question } from './question.ts';
import { rankSentences, refersBack, type RankedSentence } from './sentence-ranking.ts';
import { isTableRow } from './table-rows.ts';
import { createTold } from './told.ts';

/**
 * The sentence that answers best and those that add to it, the best first; none when even the best
 * is only the nearest one. All are of one language, the question's where it answers at all.
 */
export function chooseSentences(
  question: Question,
  { language, passages, length }: AnswerRequest,
): RankedSentence[] {
  const ranked = rankSentences(question, passages).filter(({ text }) => !isQuestion(text));
  const prose = ranked.filter(({ text }) => !isTableRow(text));
  const best = chooseProse(
    question,
    chooseBest(question, prose, passages, language),
    chooseBest(question, ranked, passages, language),
  );
  if (best === undefined) return [];
  const spoken = passages[best.passage]?.language;
  // Of one thing that was asked for, the next row speaks of another.
  const mayFollow = isTableRow(best.text) && !question.wantsOne ? ranked : prose;
  const others = mayFollow.filter(
    (sentence) => sentence !== best && passages[sentence.passage]?.language === spoken,
  );
  return [best, ...chooseFurther(question, best, others, passages, length)];
}

/** A page that asks does not answer. */
function isQuestion(text: string): boolean {
  return /\?["'»”’)\]]*$/u.test(text);
}

/** A sentence is better read than a row, unless the row alone has the one thing that was asked for. */
function chooseProse(
  question: Question,
  prose: RankedSentence | undefined,
  any: RankedSentence | undefined,
): RankedSentence | undefined {
  if (prose === undefined || any === undefined || prose === any) return any;
  const isBare = prose.features.expected < any.features.expected;
  const isFar = prose.score < rowLead * any.score;
  return question.wantsOne && (isBare || isFar) ? any : prose;
}

const rowLead = 0.8;

function chooseBest(
  question: Question,
  ranked: readonly RankedSentence[],
  passages: readonly RankedPassage[],
  language: Language,
): RankedSentence | undefined {
  const answering = [
    ranked.find(({ passage }) => passages[passage]?.language === language),
    ranked[0],
  ].filter((sentence) => sentence !== undefined && answers(question, sentence));
  // A page in the asker's language that lacks what was asked for gives way to one that has it.
  return answering.find((sentence) => sentence?.features.expected !== 0) ?? answering[0];
}

function answers(question: Question, { features }: RankedSentence): boolean {
  if (answerability(features) < answerableFrom) return false;
  // A page that speaks of V3 alone does not answer for V4.
  if (features.versions === 0) return false;
  // A sum of money has its currency beside it: without one, something else was counted.
  return question.expected !== 'price' || features.expected > 0;
}

function chooseFurther(
  question: Question,
  best: RankedSentence,
  others: readonly RankedSentence[],
  passages: readonly RankedPassage[],
  length: AnswerLength,
): RankedSentence[] {
  const room = roomBeside(question, best, length);
  const next = question.expected === 'definition' ? findNext(best, others, passages) : undefined;
  const fitting = others.filter(
    (sentence) =>
      sentence.score >= room.scoreFrom * best.score &&
      sentence.features.said >= room.saidFrom * best.features.said &&
      belongsWith(best, sentence, passages, length),
  );
  const told = createTold();
  told.add(best.text);
  const chosen = new Set<RankedSentence>();
  for (const sentence of next === undefined ? fitting : [next, ...fitting]) {
    if (chosen.size >= room.most) break;
    if (told.newShare(sentence.text) < room.newFrom) continue;
    chosen.add(sentence);
    told.add(sentence.text);
  }
  return [...chosen];
}

/** What a page says right after it said what a thing is, under the same heading. */
function findNext(
  best: RankedSentence,
  others: readonly RankedSentence[],
  passages: readonly RankedPassage[],
): RankedSentence | undefined {
  const here = passages[best.passage];
  return others.find(({ text, place, passage, features }) => {
    const there = passages[passage];
    const isNext = place === best.place + 1 && there?.pageUrl === here?.pageUrl;
    const isOfIt = features.said >= 0.7 * best.features.said || refersBack(text);
    return isNext && there?.heading === here?.heading && isOfIt;
  });
}

interface Room {
  /** How many further sentences may follow the best one. */
  most: number;
  /** What share of the best one's score each must reach, and of what it says of the question. */
  scoreFrom: number;
  saidFrom: number;
  /** What share of what each says must be new. */
  newFrom: number;
}

/**
 * Room for more: none beside the very thing that was asked for, little beside what answers a question
 * for one thing. The less of the question the best sentence says, the likelier another answers it.
 * Figures by what further sentences added to the answers of XQuAD-R in Russian and English.
 */
function roomBeside(
  question: Question,
  { text, features }: RankedSentence,
  length: AnswerLength,
): Room {
  const { wantsMore, wantsOne } = question;
  const { said, expected } = features;
  if (length === 'long') {
    return { most: wantsMore ? 7 : 5, scoreFrom: 0, saidFrom: 0, newFrom: 0.4 };
  }
  if (wantsOne && said >= 0.4 && answersDirectly(question, text)) {
    return { most: 0, scoreFrom: 1, saidFrom: 1, newFrom: 1 };
  }
  if (wantsOne && said >= 0.8 && (question.expected === 'any' || expected === 1)) {
    return { most: 1, scoreFrom: 0.85, saidFrom: 0.6, newFrom: 0.5 };
  }
  if (said >= 0.8) {
    return { most: wantsMore ? 3 : 2, scoreFrom: 0.75, saidFrom: 0, newFrom: 0.4 };
  }
  if (said >= 0.6) return { most: 3, scoreFrom: 0.7, saidFrom: 0, newFrom: 0.4 };
  return { most: 4, scoreFrom: 0.65, saidFrom: 0, newFrom: 0.4 };
}

/**
 * A further sentence speaks of the same names and, from another page, of the same thing. Where the
 * best one carries nearly all of the question it must say something of it too; elsewhere the answer
 * may well stand in words of its own.
 */
function belongsWith(
  best: RankedSentence,
  sentence: RankedSentence,
  passages: readonly RankedPassage[],
  length: AnswerLength,
): boolean {
  const { names, said } = sentence.features;
  if (names < best.features.names - 0.3) return false;
  const isSamePage = passages[sentence.passage]?.pageUrl === passages[best.passage]?.pageUrl;
  if (!isSamePage) {
    return said >= (best.features.said >= 0.8 ? 0.7 * best.features.said : 0.2);
  }
  return length === 'long' || best.features.own < 0.9 || said >= 0.1;
}
