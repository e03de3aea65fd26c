import { isFact, readStatement, type Statement, type Term } from '../statement.ts';
import { isStatingVerb } from './verbs.ts';

type Name = Extract<Term, { kind: 'name' }>;

/** What stands in an answer, as it looks. */
export interface Uttered {
  /** Without markers, list marks and emphasis. */
  text: string;
  /** A line of its own that is a heading or bold throughout. */
  isHeading: boolean;
}

/**
 * Whether something in an answer states what can be false. A heading, a lead-in or a question does so
 * when it has a verb or a figure and says of what: «GPT-5 вышла в 2019 году», "Did you know that …?";
 * «Итог», «Вот что известно:», «Рассказать подробнее?» do not.
 */
export function isAsserted({ text, isHeading }: Uttered): boolean {
  if (!/\p{L}/u.test(text)) return false;
  const bare = isHeading ? text.replace(/^\d{1,3}(?:\.\d{1,3})*[.)]?\s+/u, '') : text;
  if (/[?？]["»”)]*$/u.test(bare)) return isQuestionThatTells(bare);
  const isLeadIn = /[:：]["»”)]*$/u.test(bare);
  if (!isHeading && !isLeadIn) return true;
  return isTelling(readStatement(bare), { isLeadIn });
}

/** What a question says by the way: «Знаете ли вы, что X?» states X. Anything else comes back as it is. */
export function toldBy(text: string): string {
  const told = knowing.exec(text)?.groups?.['told'];
  return told === undefined ? text : `${told.slice(0, 1).toUpperCase()}${told.slice(1)}.`;
}

const knowing =
  /^[^\p{L}\p{N}]*(?:(?:а|и|кстати|and|but|by the way),?\s+)?(?:вы\s+|you\s+)?(?:(?:did|do|have|are|had|were)(?:n['’]t)?\s+you\s+(?:already\s+|ever\s+)?(?:know\p{L}*|hear\p{L}*|realis\p{L}+|realiz\p{L}+|remember|notice\p{L}?|aware),?\s+that|is\s+it\s+(?:not\s+)?true\s+that|(?:не\s+)?(?:зна(?:ете|ли|ешь|л|ла)|слышали?|слыхали|помните|помнишь|замечали|правда|верно|в\s+курсе)(?:\s+ли)?(?:\s+(?:вы|ты))?(?:\s+о\s+том)?,?\s+что)\s+(?<told>[^?？]+?)\s*[?？]+["»”)]*$/iu;

/** "GPT-5 came out in 2019, right?"; a figure beside a verb is taken for granted by whoever asks. */
function isQuestionThatTells(text: string): boolean {
  if (knowing.test(text) || tag.test(text)) return true;
  const { terms } = readStatement(text);
  return terms.some(isFact) && terms.some(isStating);
}

const tag =
  /,\s*(?:не так ли|не правда ли|правда|верно|да|right|correct|(?:is|was|are|were|does|did|has|had)n['’]t (?:it|he|she|they))\s*[?？]/iu;

function isTelling(statement: Statement, { isLeadIn }: { isLeadIn: boolean }): boolean {
  const { terms, text } = statement;
  const facts = terms.filter(isFact);
  const named = terms.filter((term): term is Name => term.kind === 'name');
  const words = terms.filter((term) => term.kind === 'word' && !term.isStop);
  const isStated = terms.some((term, at) => isStating(term) && (at > 0 || facts.length > 0));
  if (facts.length > 0 && isStated) return true;
  // «GigaChat умеет:» says nothing before its list has said what.
  if (isLeadIn) return isStated && named.length > 1;
  if (isStated && named.length > 0 && named.length + words.length > 2) return true;
  // «Эйфелева башня — символ Берлина»
  const dash = text.search(/\s[—–-]\s/u);
  if (dash !== -1 && terms[0]?.kind === 'name' && named.some(({ start }) => start > dash)) {
    return true;
  }
  // «5 фактов о Байкале» counts what is to come; «Глубина Байкала 1637 м» does not.
  return facts.some((fact) => {
    if (fact === terms[0] || named.length === 0) return false;
    if (fact.kind === 'figure' && fact.figure.unit !== 'year') return fact.figure.unit !== null;
    // «Итоги 2024 года» tells nothing of anyone.
    return dash !== -1 || named.some(({ isCertain }) => isCertain);
  });
}

function isStating(term: Term): boolean {
  return term.kind === 'word' && isStatingVerb(term.word);
}
