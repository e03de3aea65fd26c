import type { Statement, Term } from '../statement.ts';

/** The terms of one statement that another one says in short or in full: «ЕС» for «Европейский союз», and back. */
export function abbreviatedTerms(one: Statement, other: Statement): Set<Term> {
  return new Set([
    ...acronymsIn(one).filter((acronym) => runsOf(acronym, one, other).length > 0),
    ...acronymsIn(other).flatMap((acronym) => runsOf(acronym, other, one).flat()),
  ]);
}

function acronymsIn({ terms, text }: Statement): Term[] {
  return terms.filter(
    (term) => term.kind === 'name' && /^\p{Lu}{2,6}$/u.test(text.slice(term.start, term.end)),
  );
}

/** Words in a row whose first letters spell an acronym, the first of them capital. */
function runsOf(acronym: Term, own: Statement, { terms, text }: Statement): Term[][] {
  const letters = own.text.slice(acronym.start, acronym.end).toLowerCase();
  return terms.flatMap((first, at): Term[][] => {
    const run = terms.slice(at, at + letters.length);
    const initials = run.map(({ start }) => text[start] ?? '').join('');
    const isWhole = run.length === letters.length && initials.toLowerCase() === letters;
    return isWhole && first.kind === 'name' ? [run] : [];
  });
}
