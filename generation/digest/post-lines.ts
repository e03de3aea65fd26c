import type { PostLine } from './digest-post.ts';
import { factsOf, type Fact } from './fact.ts';

/** A sentence from its parts: the first letter large, a full stop at the end. */
export function sentence(words: string, facts: readonly Fact[], weight: number): PostLine {
  const plain = words.trim();
  const text = plain.slice(0, 1).toUpperCase() + plain.slice(1);
  return { text: /[.!?]»?$/u.test(text) ? text : `${text}.`, facts, weight };
}

/** The fact of a term of the glossary, or null where no page states it. */
export function termFact(
  facts: readonly Fact[],
  key: string,
): Extract<Fact, { kind: 'term' }> | null {
  return factsOf(facts, 'term').find((fact) => fact.key === key) ?? null;
}
