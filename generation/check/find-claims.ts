import { splitClauses } from '../../citations/claims/clauses.ts';
import { isFact, readStatement } from '../../citations/statement.ts';
import type { Language } from '../../retrieval/passage.ts';
import { detectLanguage } from '../../retrieval/text/language.ts';
import { splitSentences } from '../../retrieval/text/sentences.ts';

import { lacksOwner, subjectOf, withSubject } from './carried-subject.ts';
import { checkableWeight, isStatement } from './is-checkable.ts';
import { plainPost } from './plain-post.ts';

/** Something that a message states and that can be looked up by itself. */
export interface FoundClaim {
  /** Its own words, with the subject named where a pronoun stood for it. One line. */
  text: string;
  language: Language;
}

/** What a message states: of more than are checked, those that have most to check. */
export interface FoundClaims {
  /** In the order of the message. */
  claims: FoundClaim[];
  /** How many more there are. */
  leftOut: number;
}

/**
 * The claims of a message in Russian or English, by rules alone: sentences and list items that state
 * figures, dates, names or a plain fact. Whatever the message asks of its reader is no claim.
 */
export function findClaims(message: string, { limit = 5 }: { limit?: number } = {}): FoundClaims {
  const found = new Map<string, { claim: FoundClaim; weight: number }>();
  for (const sentence of statementsIn(message)) {
    const text = tidy(sentence);
    const weight = checkableWeight(text);
    const key = text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ');
    const language = detectLanguage(text);
    if (weight === 0 || text.length > longestClaim || found.has(key) || language === 'other')
      continue;
    found.set(key, { claim: { text, language }, weight });
  }
  if (found.size === 0) return { claims: theOnlySentence(message), leftOut: 0 };
  const all = [...found.values()];
  const byWeight = all.toSorted((one, other) => other.weight - one.weight);
  const heaviest = new Set(byWeight.slice(0, limit));
  const claims = all.filter((one) => heaviest.has(one)).map(({ claim }) => claim);
  return { claims, leftOut: all.length - claims.length };
}

/** A message of one sentence is sent to be checked for what it says, however little that is. */
function theOnlySentence(message: string): FoundClaim[] {
  const [line, ...others] = plainPost(message);
  if (line === undefined || others.length > 0 || splitSentences(line.text).length > 1) return [];
  const text = tidy(withoutPreamble(line.text));
  const language = detectLanguage(text);
  if (text.length > longestClaim || language === 'other' || !isStatement(text)) return [];
  // Whoever is meant, was said elsewhere.
  return withSubject(text, null) === text ? [{ text, language }] : [];
}

/** What is longer says many things at once, and no page says all of them. UTF-16 units. */
const longestClaim = 320;

/** Sentences that stand alone: subjects carried over, headings put before what is listed below them. */
function* statementsIn(message: string): Generator<string> {
  let subject: string | null = null;
  let heading: string | null = null;
  let isBlurred = false;
  for (const { text: line, isListItem } of plainPost(message)) {
    const item = isListItem || (heading !== null && labelled.test(line) && hasFact(line));
    if (!item && isHeading(line)) {
      heading = line.replace(/[\s:—–-]+$/u, '');
      subject = namedIn(heading) ?? subject;
      continue;
    }
    if (item && heading !== null) {
      yield* listed(line, heading);
      continue;
    }
    for (const { text } of splitSentences(line)) {
      for (const part of partsOf(text)) {
        const sentence = withoutPreamble(part);
        const alone = withSubject(sentence, subject, { isBlurred });
        isBlurred = lacksOwner(sentence);
        // A sentence about the same one says nothing of whom the next is about.
        subject = subjectOf(sentence) ?? (alone === sentence ? null : subject);
        if (alone !== null) yield alone;
      }
    }
  }
}

function* listed(line: string, heading: string): Generator<string> {
  const { label, value } = labelled.exec(line)?.groups ?? {};
  for (const text of splitSentences(value ?? line).flatMap((sentence) =>
    partsOfItem(sentence.text),
  )) {
    if (checkableWeight(text) > 0 && namedIn(text) !== null && label === undefined) {
      yield text;
      continue;
    }
    if (!hasFact(text) && (label === undefined || namedIn(text) === null)) continue;
    // «Размер: 671 млрд параметров» says in its unit what it counts.
    const said = label === undefined || isCounted.test(text) ? text : `${label} — ${text}`;
    yield `${namedIn(heading) ?? heading}: ${said}`;
  }
}

/** «14,8 трлн токенов, числа в FP8»: parts of their own, where each says what it counts or names. */
function partsOfItem(item: string): string[] {
  const parts: string[] = [];
  for (const part of item.split(/[,;]\s+/u)) {
    const last = parts.pop();
    const isOwn = isCounted.test(part) || (!hasFact(part) && namedIn(part) !== null);
    if (last !== undefined && isOwn) parts.push(last, part);
    else parts.push(last === undefined ? part : `${last}, ${part}`);
  }
  return parts;
}

const isCounted = /\p{N}\p{L}{0,2}\s+(?:\p{L}+\.?\s+)?\p{L}{3,}/u;

function hasFact(text: string): boolean {
  return readStatement(text).terms.some(isFact);
}

/** «Размер: 671 млрд», "Context: 128K" */
const labelled = /^(?<label>\p{L}[^:.!?\d]{1,30}):\s+(?<value>\S.*)$/su;

/** A short line that ends no sentence. */
function isHeading(line: string): boolean {
  if (/[.!?…;,]["»”)]*$/u.test(line) || line.length > 90) return false;
  if (splitSentences(line).length > 1) return false;
  const words = line.split(' ').length;
  return line.endsWith(':') || words <= 2 || (words <= 8 && checkableWeight(line) === 0);
}

/** The first name in it, as long as it goes: «Новая модель SmallThinker» names SmallThinker. */
function namedIn(text: string): string | null {
  const runs: { start: number; end: number; isCertain: boolean }[] = [];
  for (const term of readStatement(text).terms) {
    if (term.kind !== 'name') continue;
    const last = runs.at(-1);
    if (last !== undefined && /^[ .-]$/u.test(text.slice(last.end, term.start))) {
      last.end = term.end;
      last.isCertain ||= term.isCertain;
    } else runs.push({ start: term.start, end: term.end, isCertain: term.isCertain });
  }
  const run = runs.find(({ isCertain }) => isCertain) ?? runs[0];
  if (run === undefined) return null;
  // «SmallThinker-3B-Preview»: its figure is a part of it.
  const rest = /^(?:[-.][\p{L}\p{N}]+)+/u.exec(text.slice(run.end))?.[0] ?? '';
  return text.slice(run.start, run.end + rest.length);
}

/** What a semicolon parts are statements of their own. */
function partsOf(sentence: string): string[] {
  const clauses = splitClauses(sentence);
  return clauses.length > 1 && clauses.every(({ isIndependent }) => isIndependent)
    ? clauses.map(({ text }) => text)
    : [sentence];
}

/** «Правда ли, что …?», "Did you know that …?", «Учёные доказали, что …»: what follows is stated. */
function withoutPreamble(sentence: string): string {
  const rest = sentence.replace(preamble, '');
  if (rest === sentence) return sentence;
  return capitalised(asking.test(sentence) ? rest.replace(/[\s?!]+$/u, '.') : rest);
}

const asking =
  /^[^\p{L}]*(?:(?:а|и)\s+)?(?:правда|верно|это правда|знаете|знали|а вы|вы|слышали|is it|did you|do you|true)/iu;
const preamble =
  /^[^\p{L}\p{N}]*(?:(?:а\s+|и\s+)?(?:это\s+)?(?:правда|верно)(?:\s+ли)?,?\s+(?:(?:это,?\s+)?что|будто)\s+|(?:а\s+)?(?:вы\s+)?(?:знаете|знали|слышали)(?:\s+ли)?(?:\s+вы)?,?\s+что\s+|is it (?:really )?true (?:that )?|did you know,? (?:that )?|do you know that |true or false:?\s+|(?:(?:британские |американские |российские )?(?:уч[её]ные|исследователи|эксперты|специалисты|врачи|медики|историки|физики|биологи|астрономы|журналисты|СМИ)\s+)?(?:выяснили|доказали|установили|подтвердили|обнаружили|сообщили|сообщают|утверждают|говорят|пишут|считают|напоминают|рассказали|заявили|известно|оказывается|доказано|установлено),?\s+что\s+|(?:оказывается|напомним|кстати|кроме того|также|более того|между прочим|итак|срочно|факт|внимание|интересный факт|by the way|also|moreover|in addition|furthermore|fun fact|breaking|fact)[,:!]\s+|(?:scientists|researchers|experts|doctors|historians|studies|a study)\s+(?:have |has |say |claim |claimed )?(?:found|proven|proved|shown|show|discovered|confirmed|established|reported|say|claim)?\s*that\s+|it is (?:well |widely )?known that\s+|it (?:should be|is|is worth|must be) (?:noted|noting|said) that\s+|(?:please )?note that\s+|make no mistake[:,—–-]+\s+|(?:следует|стоит|нужно|важно|необходимо)\s+(?:отметить|заметить|сказать|понимать|помнить|знать|учитывать),?\s+что\s+)/iu;

function tidy(sentence: string): string {
  const text = sentence
    .replace(/\s+/gu, ' ')
    .replace(/^[\s—–•-]+/u, '')
    .trim();
  // Around all of it, or with its other half in another sentence.
  const quoted = /^[«"“]([^«»"“”]*)[»"”]?$|^([^«»"“”]*)[»"”]$/u.exec(text);
  return capitalised(quoted?.[1] ?? quoted?.[2] ?? text);
}

function capitalised(text: string): string {
  return /^\p{Ll}+(?![\p{L}\p{N}])/u.test(text)
    ? text.slice(0, 1).toUpperCase() + text.slice(1)
    : text;
}
