import { compareTerms, termWeight, type Statement, type Term } from '../statement.ts';
import { wordOf } from './governors.ts';
import type { SaidPlaces } from './said-places.ts';

/**
 * Whether a claim leaves out what a sentence takes its words back by: «бывший» глава, "one of the"
 * largest, "only 3 of" 200, «вице-»президент, "North" Korea.
 */
export function isNarrowed({ claim, found, alignment, places }: SaidPlaces): boolean {
  const isAt = (term: Term, other: Term): boolean =>
    isNarrowedAt(claim, claim.terms.indexOf(term), found, found.terms.indexOf(other));
  return (
    places.some(({ term, same }) => same.every((other) => isAt(term, other))) ||
    // "Most" and «самый» are small words that grade.
    [...alignment.pairs].some(
      ([term, other]) => termWeight(term) === 0 && isSuperlative(wordOf(term)) && isAt(term, other),
    )
  );
}

function isNarrowedAt(claim: Statement, own: number, found: Statement, at: number): boolean {
  const term = found.terms[at];
  const before = found.terms[at - 1];
  const previous = claim.terms[own - 1];
  if (term === undefined || before === undefined) return false;
  const isLeftOut = previous === undefined || compareTerms(previous, before) !== 'same';
  return (isLeftOut && isTakingBack(before, term, found)) || isPartOf(claim, own, found, at);
}

function isTakingBack(before: Term, term: Term, { text }: Statement): boolean {
  const word = wordOf(before);
  const gap = text.slice(before.end, term.start);
  if (/^-$/u.test(gap) && term.kind === 'word') {
    return /^(?:вице|экс|лже|псевдо|квази|анти|контр|полу|не|ex|vice|non|anti|pseudo|quasi|semi|half|near)$/u.test(
      word,
    );
  }
  if (!/^[\s-]*$/u.test(gap)) return false;
  if (term.kind === 'name') {
    const isTitle = /^\p{Lu}{2,}$/u.test(text.slice(term.start, term.end));
    return (
      (isTitle && privative.test(word)) ||
      /^(?:former|ex|бывш\p{L}+)$/u.test(word) ||
      (directions.test(word) && before.kind === 'name')
    );
  }
  if (isSuperlative(wordOf(term))) {
    return before.kind === 'figure'
      ? before.figure.isWritten || /\p{L}/u.test(text.slice(before.start, before.end))
      : ordinals.test(word);
  }
  return privative.test(word);
}

/** "One of the largest", «входит в число крупнейших», "3 of the 200", «часть жителей» */
function isPartOf(claim: Statement, own: number, found: Statement, at: number): boolean {
  const { terms } = found;
  const term = terms[at];
  if (term === undefined) return false;
  let from = at - 1;
  // Past the other words of its phrase: "one of the two largest".
  while (
    from >= 0 &&
    at - from < 4 &&
    /^(?:the|these|those|this|its|all|этих|самых|всех)$/u.test(wordOf(terms[from]))
  )
    from -= 1;
  const link = wordOf(terms[from]);
  const ownBefore = new Set(claim.terms.slice(Math.max(0, own - 3), own).map(wordOf));
  if (/^(?:of|из|among|среди)$/u.test(link)) {
    if (ownBefore.has(link)) return false;
    const part = terms[from - 1];
    if (/^(?:among|среди)$/u.test(link)) return isSuperlative(wordOf(term));
    if (part === undefined) return term.kind === 'figure' && link === 'из';
    const isPart = part.kind === 'figure' || parts.test(wordOf(part));
    return (
      (isPart || (term.kind === 'figure' && link === 'из')) &&
      !claim.terms.some((other) => compareTerms(other, part) === 'same' && termWeight(other) > 0)
    );
  }
  if (/^число$/u.test(wordOf(terms[at - 1])) && isSuperlative(wordOf(term)))
    return !ownBefore.has('число');
  const quantifier = wordOf(terms[at - 1]);
  return quantifiers.test(quantifier) && !ownBefore.has(quantifier);
}

export function isSuperlative(word: string): boolean {
  return /^(?:\p{L}{3,}est|most|best|worst|least|\p{L}+(?:ейш|айш)(?:ий|ая|ее|ие|его|ей|ему|им|ем|их|ими|ую)|сам(?:ый|ая|ое|ые|ого|ой|ых|ым|ую)|лучш\p{L}{2,3}|худш\p{L}{2,3})$/u.test(
    word,
  );
}

const ordinals =
  /^(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|втор\p{L}{2,3}|трет\p{L}{2,3}|четверт\p{L}{2,3}|пят\p{L}{2,3})$/u;

const directions =
  /^(?:north|south|east|west|northern|southern|eastern|western|central|северн\p{L}+|южн\p{L}+|восточн\p{L}+|западн\p{L}+|центральн\p{L}+)$/u;

const privative =
  /^(?:former|ex|past|previous|deputy|vice|acting|interim|assistant|future|prospective|aspiring|potential|possible|proposed|planned|alleged|supposed|so-called|called|self-proclaimed|self-styled|would-be|fake|false|counterfeit|imitation|mock|pseudo|quasi|failed|unsuccessful|cancelled|canceled|abandoned|attempted|unconfirmed|unproven|fictional|fictitious|imaginary|mythical|hypothetical|unofficial|outgoing|disgraced|ousted|virtual|near|non|бывш\p{L}+|прежн\p{L}+|экс|вице|заместител\p{L}+|зам|врио|исполняющ\p{L}+|будущ\p{L}+|потенциальн\p{L}+|возможн\p{L}+|предполагаем\p{L}+|мним\p{L}+|называем\p{L}+|самопровозглашенн\p{L}+|поддельн\p{L}+|фальшив\p{L}+|ложн\p{L}+|несостоявш\p{L}+|неудавш\p{L}+|провал\p{L}+|отмененн\p{L}+|запланированн\p{L}+|планируем\p{L}+|предложенн\p{L}+|вымышленн\p{L}+|мифическ\p{L}+|воображаем\p{L}+|гипотетическ\p{L}+|неподтвержденн\p{L}+|недоказанн\p{L}+|неофициальн\p{L}+|помощник\p{L}*)$/u;

const parts =
  /^(?:one|two|some|few|many|most|half|part|third|quarter|majority|minority|several|none|any|either|neither|member|percent|один|одна|одно|одним|одной|одного|одну|два|две|некоторые|многие|немногие|большинство|половина|половину|часть|треть|четверть|несколько|никто|ни|любой|кто-то|процент\p{L}*|%)$/u;

const quantifiers =
  /^(?:some|few|several|half|certain|некоторые|некоторых|часть|половина|половину|треть|четверть|немногие|отдельные|несколько)$/u;
