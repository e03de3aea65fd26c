import { isSameName } from '../names.ts';
import { prepositionOf } from './places.ts';
import type { Statement, Term } from '../statement.ts';

type Name = Extract<Term, { kind: 'name' }>;

/**
 * Whether two statements give the same names the same parts: who bought whom. English goes by order
 * and the passive's "by", Russian by the endings of the names. `unknown` wherever that decides nothing.
 */
export function compareRoles(claim: Statement, found: Statement): 'same' | 'swapped' | 'unknown' {
  const shared = claim.terms.flatMap((term): [Name, Name][] => {
    if (term.kind !== 'name') return [];
    const other = found.terms.find(
      (other): other is Name => other.kind === 'name' && isSameName(term.word, other.word),
    );
    return other === undefined ? [] : [[term, other]];
  });
  const grades = new Set(
    shared.flatMap((one, at) =>
      shared.slice(at + 1).map((two) => {
        const grade = comparePair(claim, found, one, two);
        return grade === 'unknown' && isCyrillic(one[0].word) && areTurned(one, two)
          ? 'open'
          : grade;
      }),
    ),
  );
  if (grades.has('swapped')) return 'swapped';
  // What is known of other names does not settle it for these; in English a name's parts act as one.
  if (grades.has('open')) return 'unknown';
  return grades.has('same') ? 'same' : 'unknown';
}

function areTurned([one, oneFound]: [Name, Name], [two, twoFound]: [Name, Name]): boolean {
  return one.start < two.start !== oneFound.start < twoFound.start;
}

function comparePair(
  claim: Statement,
  found: Statement,
  [one, oneFound]: [Name, Name],
  [two, twoFound]: [Name, Name],
): 'same' | 'swapped' | 'unknown' {
  if (oneFound === twoFound || isSameName(one.word, two.word)) return 'unknown';
  if (isCyrillic(one.word) && isCyrillic(two.word)) {
    const isKept =
      prepositionOf(one, claim) === prepositionOf(oneFound, found) &&
      prepositionOf(two, claim) === prepositionOf(twoFound, found);
    // Two names in one case after one preposition are told apart by their order alone.
    const areAlike =
      prepositionOf(one, claim) === prepositionOf(two, claim) &&
      one.word.at(-1) === two.word.at(-1);
    return !isKept || areAlike
      ? 'unknown'
      : compareCases([one.word, oneFound.word], [two.word, twoFound.word]);
  }
  const claimed = agentOf(claim, one, two);
  const meant = agentOf(found, oneFound, twoFound);
  if (claimed === null || meant === null) return 'unknown';
  if (![...claimed.verbs].some((verb) => meant.verbs.has(verb))) return 'unknown';
  return (claimed.agent === one) === (meant.agent === oneFound) ? 'same' : 'swapped';
}

/** Which of two names acts, where nothing but a verb stands between them. */
function agentOf(
  statement: Statement,
  one: Name,
  two: Name,
): { agent: Name; verbs: Set<string> } | null {
  const [left, right] = one.start < two.start ? [one, two] : [two, one];
  const terms = statement.terms;
  const between = terms
    .slice(terms.indexOf(left) + 1, terms.indexOf(right))
    .filter((term) => term.kind !== 'name');
  const words = between.flatMap((term) => (term.kind === 'word' ? [term] : []));
  const verbs = new Set(words.filter(({ isStop }) => !isStop).map(({ stem }) => stem));
  const gap = statement.text.slice(left.end, right.start);
  const isPlain = words.length === between.length && words.length <= 5 && !/[,;:()—–]/u.test(gap);
  if (!isPlain || verbs.size === 0 || /\b(?:and|or|that|who|which)\b/iu.test(gap)) return null;
  const isPassive = /\b(?:was|were|is|are|been|being|be)\b.*\bby(?: the| a| an)?\s*$/isu.test(gap);
  // What follows another preposition is no object: "X played for Y".
  const last = words.at(-1)?.word ?? '';
  const isObject = /^(?:the|a|an)$/u.test(last) || words.at(-1)?.isStop === false;
  if (!isPassive && !isObject) return null;
  return { agent: isPassive ? right : left, verbs };
}

type Forms = [claimed: string, found: string];

function compareCases(one: Forms, two: Forms): 'same' | 'swapped' | 'unknown' {
  const isKept = one[0] === one[1] && two[0] === two[1];
  if (isKept) {
    return one.concat(two).some((word) => clearlyOblique.test(word)) ? 'same' : 'unknown';
  }
  const isTurned =
    (becomesObject(one[0], one[1]) && becomesObject(two[1], two[0])) ||
    (becomesObject(one[1], one[0]) && becomesObject(two[0], two[1]));
  return isTurned ? 'swapped' : 'unknown';
}

const clearlyOblique = /(?:[ую]|[ое]го|[ое]му)$/u;

/** «Россия» and «Россию», «Чехов» and «Чехова», «Толстой» and «Толстого». */
function becomesObject(subject: string, object: string): boolean {
  let shared = 0;
  while (shared < subject.length && subject[shared] === object[shared]) shared += 1;
  if (shared < 3) return false;
  return /^(?:а>у|я>ю|>а|й>я|ь>я|(?:[оыи]й|й)>(?:[ое]го|го))$/u.test(
    `${subject.slice(shared)}>${object.slice(shared)}`,
  );
}

function isCyrillic(word: string): boolean {
  return /^\p{Script=Cyrillic}+$/u.test(word);
}
