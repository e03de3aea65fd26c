import { compareTerms, isFact, termWeight, type Statement, type Term } from '../statement.ts';
import { wordOf } from './governors.ts';
import type { SaidPlaces } from './said-places.ts';

/**
 * Whether a claim says of an owner what a sentence says of what is owned: «Отец Ивана Петрова был
 * врачом», "the wife of the king", "Petrov's father", «заместитель директора».
 */
export function isOwnedByOther(said: SaidPlaces): boolean {
  return said.places.some(
    ({ term, same }) => 'word' in term && same.every((other) => isOwner(term, other, said)),
  );
}

function isOwner(term: Term, other: Term, { claim, found }: SaidPlaces): boolean {
  const isSaid = (one: Term): boolean =>
    claim.terms.some((own) => compareTerms(own, one) === 'same' || areAlike(own, one));
  const at = found.terms.indexOf(other);
  const word = wordOf(other);
  const next = found.terms[at + 1];
  if (/^[a-z]/u.test(word)) {
    if (isPossessive(other, found) && !isPossessive(term, claim)) {
      return next !== undefined && termWeight(next) > 0 && !isSaid(next);
    }
    return isOfHead(term, at, claim, found, isSaid);
  }
  if (!isGenitiveOf(wordOf(term), word)) return false;
  const head = found.terms[phraseStart(at, found) - 1];
  if (head === undefined || head.kind === 'figure' || head.kind === 'date') return false;
  const gap = found.text.slice(head.end, found.terms[phraseStart(at, found)]?.start);
  return (
    gap === ' ' &&
    termWeight(head) > 0 &&
    !isSaid(head) &&
    !(head.kind === 'word' && isVerb(head.word))
  );
}

function isPossessive({ start, end }: Term, { text }: Statement): boolean {
  return /(?:['’]s|s['’])$/u.test(text.slice(start, end + 1).trimEnd());
}

/** "The wife of the king" where the claim has "the king" by itself. */
function isOfHead(
  term: Term,
  at: number,
  claim: Statement,
  found: Statement,
  isSaid: (term: Term) => boolean,
): boolean {
  let from = at - 1;
  while (isBeforeNoun(found.terms[from])) from -= 1;
  const head = found.terms[from - 1];
  if (wordOf(found.terms[from]) !== 'of' || !isCommonNoun(head) || isSaid(head)) {
    return false;
  }
  const own = claim.terms.indexOf(term);
  // Only what the claim is about, or says that somebody is.
  const before = claim.terms
    .slice(0, own)
    .filter((other) => !isArticle(wordOf(other)) && !isFact(other));
  const last = before.at(-1);
  return last === undefined || /^(?:is|was|are|were|became|as)$/u.test(wordOf(last));
}

/** "The", "four": between "of" and its noun. */
function isBeforeNoun(term: Term | undefined): boolean {
  return term !== undefined && (isFact(term) || isArticle(wordOf(term)));
}

/** A first word is capital whatever it is. */
function isCommonNoun(term: Term | undefined): term is Term {
  return term?.kind === 'word' ? !term.isStop : term?.kind === 'name' && !term.isCertain;
}

function isArticle(word: string): boolean {
  return /^(?:the|a|an|his|her|its|their)$/u.test(word);
}

/** Where the names that stand together with one begin: «Ивана Петрова». */
function phraseStart(at: number, { terms, text }: Statement): number {
  let from = at;
  while (
    isCertainName(terms[from - 1]) &&
    text.slice(terms[from - 1]?.end, terms[from]?.start) === ' ' &&
    genitive.test(wordOf(terms[from - 1]))
  ) {
    from -= 1;
  }
  return from;
}

/** Not the first word of a sentence, which may be whose he is. */
function isCertainName(term: Term | undefined): boolean {
  return term?.kind === 'name' && term.isCertain;
}

const genitive = /(?:а|я|ы|и|ого|его|ой|ей|ов|ев)$/u;

/** «Ивана» of «Иван», «Москвы» of «Москва», «Толстого» of «Толстой», «судьи» of «судья». */
function isGenitiveOf(nominative: string, word: string): boolean {
  let shared = 0;
  while (shared < word.length && word[shared] === nominative[shared]) shared += 1;
  if (shared < 2) return false;
  return /^(?:>а|ь>я|й>я|а>ы|а>и|я>и|я>ы|ь>и|(?:[оыи]й|й)>(?:[ое]?го)|ая>ой|яя>ей|ы>ов|и>ов|>ов|ы>)$/u.test(
    `${nominative.slice(shared)}>${word.slice(shared)}`,
  );
}

function isVerb(word: string): boolean {
  return /(?:[аеиоуыя]л[аои]?|[аеиоуыя]л(?:ся|ась|ось|ись)|[еиуюая]т|[еиуюая]тся|ть|ться)$/u.test(
    word,
  );
}

/** Of one root: «победа» and «победил». */
function areAlike(one: Term, other: Term): boolean {
  const left = wordOf(one);
  const right = wordOf(other);
  let shared = 0;
  while (shared < left.length && left[shared] === right[shared]) shared += 1;
  return shared >= 4 && shared >= Math.max(left.length, right.length) * 0.6;
}
