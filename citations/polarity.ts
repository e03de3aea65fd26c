import { fold, stem } from '../retrieval/text/terms.ts';
import type { Statement, Term } from './statement.ts';

/** The terms that a statement denies: «не вышла», "did not win", "never", «без». */
export function negatedTerms({ terms }: Statement): Set<Term> {
  const negated = new Set<Term>();
  terms.forEach((term, at) => {
    if (term.kind !== 'word' || !isNegation(term.word)) return;
    const next = terms[at + 1];
    const previous = terms[at - 1];
    // "Prime or not", «или нет» leave it open.
    if (previous?.kind === 'word' && /^(?:or|или|ли)$/u.test(previous.word)) return;
    // «Не только», "not only" deny nothing.
    if (next?.kind === 'word' && onlyWords.has(next.word)) return;
    // «Тем не менее»; «не более 5» is the figure's bound.
    if (next?.kind === 'word' && /^(?:менее|более|меньше|больше)$/u.test(next.word)) return;
    const target = terms.slice(at + 1).find((other) => !(other.kind === 'word' && other.isStop));
    if (target !== undefined) negated.add(target);
  });
  return negated;
}

/** Whether two folded words name the two ends of one scale: «выше» and «ниже», "won" and "lost". */
export function areOpposite(one: string, other: string): boolean {
  const first = stem(one);
  const second = stem(other);
  return opposites.some(
    ({ left, right }) =>
      (left.has(first) && right.has(second)) || (left.has(second) && right.has(first)),
  );
}

function isNegation(word: string): boolean {
  return negations.has(word) || /n['’]t$/u.test(word);
}

const negations = new Set(
  'не ни нет нельзя без никогда never not no cannot without neither nor'.split(' '),
);
const onlyWords = new Set('только просто лишь only just merely'.split(' '));

const opposites = [
  ['больше более выше свыше', 'меньше менее ниже'],
  ['до прежде', 'после'],
  ['вырос выросла растёт рост увеличил увеличился', 'упал упала падает падение снизил снизился'],
  ['повысил повысился', 'понизил понизился снизил снизился'],
  ['победил выиграл победа', 'проиграл уступил поражение'],
  ['первый начал начался', 'последний закончил закончился'],
  ['лучший лучше', 'худший хуже'],
  ['максимальный', 'минимальный'],
  ['быстрее', 'медленнее'],
  ['дороже', 'дешевле'],
  ['разрешил', 'запретил'],
  ['more above over higher', 'less fewer below under lower'],
  ['before', 'after'],
  ['rose increased increase grew growth', 'fell decreased decrease declined decline dropped'],
  ['won win beat victory', 'lost lose defeat'],
  ['first began started', 'last ended finished'],
  ['best better', 'worst worse'],
  ['largest biggest', 'smallest'],
  ['maximum', 'minimum'],
  ['faster', 'slower'],
  ['allowed', 'banned forbidden prohibited'],
].map(([left = '', right = '']) => ({ left: stemsOf(left), right: stemsOf(right) }));

function stemsOf(words: string): Set<string> {
  return new Set(words.split(' ').map((word) => stem(fold(word))));
}
