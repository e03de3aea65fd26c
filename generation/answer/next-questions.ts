import { nextTurn } from '../../retrieval/next-turn.ts';
import type { Language, RankedPassage } from '../../retrieval/passage.ts';
import { isStopWord } from '../../retrieval/text/stop-words.ts';
import { fold, tokenize } from '../../retrieval/text/terms.ts';
import { zipfFrequency } from '../../retrieval/text/word-frequency.ts';

import { chooseSentences } from './choose-sentences.ts';
import { analyzeQuestion } from './question.ts';
import { isTableRow, statementsOf } from './table-rows.ts';

export interface NextQuestionsRequest {
  /** The one that was answered. */
  question: string;
  answer: string;
  language: Language;
  passages: readonly RankedPassage[];
  /** Addresses of the pages that the answer cites. */
  cited: readonly string[];
}

/**
 * What may be asked next: up to three questions that the passages at hand answer, and that differ from
 * what was asked. They are made of what the passages say (the terms that they explain, the headings
 * that name what follows), and each was answered from them, from the place that it was made of.
 * Only pages that the answer cites, and terms that they or the answer use, lead on.
 */
export async function nextQuestions(
  { question, answer, language, passages, cited }: NextQuestionsRequest,
  { most = 3, tries = 9 }: { most?: number; tries?: number } = {},
): Promise<string[]> {
  if (language === 'other') return [];
  const readable = passages.filter((passage) => passage.language === language);
  const own = readable.filter(({ pageUrl }) => cited.includes(pageUrl));
  const said = new Set(stems(`${question} ${answer}`));
  const candidates = interleave(
    headingsOf(own, language),
    explained(readable, { language, used: [answer, ...own.map(({ text }) => text)] }),
  );
  const chosen: string[] = [];
  for (const candidate of candidates.slice(0, tries)) {
    if (chosen.length === most) break;
    const asked = stems(candidate.asks);
    if (asked.every((stem) => said.has(stem))) continue;
    await nextTurn();
    if (!isAnswered(candidate, { language, passages })) continue;
    chosen.push(candidate.question);
    for (const stem of asked) said.add(stem);
  }
  return chosen;
}

interface Candidate {
  question: string;
  /** What is new in it: nothing of it may have been said yet. */
  asks: string;
  /** What the answer has to come from. */
  isFrom(text: string, passage: RankedPassage): boolean;
}

function isAnswered(
  { question, isFrom }: Candidate,
  { language, passages }: Pick<NextQuestionsRequest, 'language' | 'passages'>,
): boolean {
  const request = { question, language, passages, length: 'short' as const };
  const [best] = chooseSentences(analyzeQuestion(question), request);
  const passage = best === undefined ? undefined : passages[best.passage];
  return best !== undefined && passage !== undefined && isFrom(best.text, passage);
}

/** «Смесь экспертов — это …»: what such a sentence explains can be asked for. */
function explained(
  passages: readonly RankedPassage[],
  { language, used }: { language: Language; used: readonly string[] },
): Candidate[] {
  const uses = used.map((text) => new Set(stems(text)));
  return passages.flatMap(({ text }) =>
    statementsOf(text).flatMap((sentence): Candidate[] => {
      const name = definition.exec(sentence)?.[1];
      if (isTableRow(sentence) || name === undefined || !isTerm(name)) return [];
      // Its own passage uses it in any case.
      const isUsed = used.some(
        (one, at) => one !== text && stems(name).every((stem) => uses[at]?.has(stem)),
      );
      if (!isUsed) return [];
      const term = asInside(name);
      const question = language === 'ru' ? `Что такое ${term}?` : `What is ${term}?`;
      return [{ question, asks: name, isFrom: (found) => found === sentence }];
    }),
  );
}

function headingsOf(passages: readonly RankedPassage[], language: Language): Candidate[] {
  return passages.flatMap((passage): Candidate[] => {
    const subject = subjectOf(passage);
    const heading = passage.heading?.split(' › ').at(-1)?.trim() ?? '';
    const isFrom = (_text: string, found: RankedPassage): boolean =>
      found.heading === passage.heading && found.pageUrl === passage.pageUrl;
    const isQuestion = questionWord.test(heading) || heading.endsWith('?');
    if (isQuestion) return asWhole(heading, { subject, isFrom, language });
    return subject === null || !isAspect(heading) ? [] : [about(subject, heading, isFrom)];
  });
}

/** A heading that asks, by itself or of its page's subject; one that points back asks nobody. */
function asWhole(
  heading: string,
  {
    subject,
    isFrom,
    language,
  }: { subject: string | null; isFrom: Candidate['isFrom']; language: Language },
): Candidate[] {
  const asked = `${heading.replace(/[\s?]*$/u, '')}?`;
  const own = stems(heading);
  const isShort = own.length < (language === 'ru' ? 2 : 3) || asked.length > 60;
  if (isShort || pointsBack.test(heading)) return [];
  const names = stems(subject ?? '');
  const isNamed = subject === null || names.some((stem) => own.includes(stem));
  return [{ question: isNamed ? asked : `${subject}: ${asInside(asked)}`, asks: heading, isFrom }];
}

function about(subject: string, aspect: string, isFrom: Candidate['isFrom']): Candidate {
  return { question: `${subject}: ${asInside(aspect)}`, asks: aspect, isFrom };
}

/** A usual word has its capital only for opening a sentence. */
function asInside(text: string): string {
  const [first] = tokenize(text);
  const isUsual = first !== undefined && zipfFrequency(first.stem) >= 3;
  return isUsual && /^\p{Lu}\p{Ll}/u.test(text)
    ? `${text.charAt(0).toLowerCase()}${text.slice(1)}`
    : text;
}

/** What its page is about, where its title says so in a few words. */
function subjectOf({ title, pageUrl }: RankedPassage): string | null {
  // What a file is called says nothing of what it is about.
  if (!/^https?:/u.test(pageUrl)) return null;
  const [subject = ''] = title.replace(/^[\w.-]+\//u, '').split(/\s+[—–|·:]\s+|:\s/u);
  const words = subject.split(/\s+/u).length;
  if (questionWord.test(subject)) return null;
  return words <= 4 && subject.length >= 2 && subject.length <= 40 ? subject : null;
}

/** A few words that name something: no figure, no sentence, nothing that every page has. */
function isAspect(text: string): boolean {
  return (
    /^\p{Lu}[\p{L}\s-]{3,39}$/u.test(text) &&
    text.split(/\s+/u).length <= 4 &&
    !furniture.test(fold(text)) &&
    stems(text).length > 0
  );
}

function isTerm(name: string): boolean {
  const words = tokenize(name);
  return (
    words.length > 0 &&
    words.length <= 4 &&
    name.length <= 40 &&
    !/^(?:это|он|она|оно|они|там|здесь|тогда|автор|проект|модель|система|компания|it|this|that|there|he|she|they|the model|the company|here|what|which|who|one|another)$/iu.test(
      name,
    ) &&
    words.some(({ word }) => !isStopWord(word))
  );
}

function stems(text: string): string[] {
  return tokenize(text)
    .filter(({ word }) => !isStopWord(word))
    .map(({ stem }) => stem);
}

function interleave<T>(...lists: T[][]): T[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, at) =>
    lists.flatMap((list) => list.slice(at, at + 1)),
  ).flat();
}

const definition =
  /^(?:(?:An?|The)\s)?(\p{Lu}[\p{L}\p{N}.+-]*(?:\s[\p{L}\p{N}.+-]+){0,3})(?:\s\([^)\d]{2,60}\))?(?:\s[—–-]\sэто\s|\s[—–]\s(?=\p{Ll})|\s(?:is|are)\s(?:an?|the)\s)/u;

const questionWord =
  /^(?:как|почему|зачем|когда|где|кто|что|сколько|чем|какой|какая|какие|откуда|how|why|when|where|who|what|which)(?=\s)/iu;

const pointsBack =
  /(?<!\p{L})(?:это|этот|эта|эти|этого|он|она|оно|они|его|её|ее|их|it|its|this|that|these|they|their|he|she)(?!\p{L})/iu;

/** Headings that say nothing of what stands below them. */
const furniture =
  /^(?:введение|вступление|содержание|ссылки|примечания|литература|источники|см\.? также|смотрите также|заключение|вывод\p{L}*|итог\p{L}*|комментарии|теги|об авторе|галерея|introduction|contents?|references|notes|see also|external links|further reading|conclusions?|summary|comments|tags|about|overview|abstract|faq|appendix|acknowledge?ments)(?:\s|$)/u;
