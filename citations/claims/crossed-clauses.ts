import { isFact, termWeight, type Statement, type Term } from '../statement.ts';
import { wordOf } from './governors.ts';
import { isSaid, type SaidPlaces } from './said-places.ts';

/**
 * Whether a claim leaps from one clause of a sentence into another that has a subject of its own:
 * «Париж — столица Германии» of «Париж — столица Франции, а Берлин — столица Германии».
 */
export function isCrossed(said: SaidPlaces): boolean {
  const { found, places } = said;
  const joints = jointsOf(found);
  if (joints.length === 0) return false;
  return places.some(({ same: before }, at) => {
    const after = places[at + 1]?.same ?? [];
    const [one] = before;
    const [other] = after;
    if (one === undefined || other === undefined || before.length > 1 || after.length > 1) {
      return false;
    }
    const from = found.terms.indexOf(one);
    const to = found.terms.indexOf(other);
    return joints.some((joint) => {
      const [start, end] = from < to ? [from, to] : [to, from];
      if (joint <= start || joint > end) return false;
      const skipped = found.terms.slice(start + 1, joint);
      return (
        skipped.some((term) => isTelling(term) && !isSaid(said, term)) &&
        hasOwnSubject(found.terms.slice(joint, end), found, said)
      );
    });
  });
}

/** What stands before the words that a claim takes from a clause: somebody else, who does it. */
function hasOwnSubject(opening: readonly Term[], { text }: Statement, said: SaidPlaces): boolean {
  const at = opening.findIndex((term) => isTelling(term) && !isFact(term));
  const subject = opening[at];
  if (subject === undefined || isSaid(said, subject) || isLight(subject)) return false;
  // «В Париже», "in Paris": a place is not who does it, but another place all the same.
  const preposition = wordOf(opening[at - 1]);
  if (isPreposition(preposition) && subject.kind !== 'name') return false;
  // «…, позднее вошедшая …»: a phrase of its own between commas.
  return !/,\s*$/u.test(text.slice(subject.end, opening[at + 1]?.start)) || subject.kind === 'name';
}

function isTelling(term: Term): boolean {
  return termWeight(term) > 0;
}

function isPreposition(word: string): boolean {
  return /^(?:in|on|at|by|for|from|to|with|after|before|during|as|в|во|на|с|со|к|у|из|за|по|о|об|при|для|до|после|через)$/u.test(
    word,
  );
}

function isLight(term: Term): boolean {
  return /^(?:then|later|now|afterwards|subsequently|eventually|today|затем|потом|позже|позднее|теперь|впоследствии|сейчас|сегодня|\p{L}{3,}ly)$/u.test(
    wordOf(term),
  );
}

/** The terms that begin a clause: after a semicolon, «, а», "while", or "and" with somebody after it. */
function jointsOf({ terms, text }: Statement): number[] {
  return terms.flatMap((term, at) => {
    if (at === 0) return [];
    const between = text.slice(terms[at - 1]?.end, term.start);
    const word = wordOf(term);
    if (/;/u.test(between)) return [at];
    if (between.includes(',') && /^(?:а|но|while|whereas|but)$/u.test(word)) return [at];
    const isAnd = /^(?:and|и)$/u.test(word);
    const next = isAnd ? at + 1 : at;
    if (!isAnd && !between.includes(',')) return [];
    return hasSubjectAt(terms, next, text) ? [at] : [];
  });
}

/** A name with a verb or a dash after it. */
function hasSubjectAt(terms: readonly Term[], at: number, text: string): boolean {
  const first = /^(?:the|a|an)$/u.test(wordOf(terms[at])) ? at + 1 : at;
  if (first === at && terms[at]?.kind !== 'name') return false;
  for (let next = first; next < terms.length && next < first + 5; next += 1) {
    const gap = text.slice(terms[next]?.end, terms[next + 1]?.start);
    if (/\s[—–]\s/u.test(gap)) return true;
    if (/[,;:()]/u.test(gap)) return false;
    if (isFiniteVerb(wordOf(terms[next + 1]))) return true;
  }
  return false;
}

function isFiniteVerb(word: string): boolean {
  return /^(?:is|was|are|were|has|had|will|can|\p{L}{3,}ed|[а-я]{2,}(?:[аеиоуыя]л[аои]?|[аеиоуыя]л(?:ся|ась|ось|ись)|[еиую]т|ает|ется))$/u.test(
    word,
  );
}
