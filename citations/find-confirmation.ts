import type { Passage } from '../retrieval/passage.ts';
import { isDisowned } from './claims/disowned.ts';
import { contains } from './matching.ts';
import { readPassage } from './passage-reading.ts';
import { findQuote } from './quote.ts';
import { isFact, readStatement } from './statement.ts';
import { checkSupport } from './support.ts';

/** What a page says for a claim. */
export interface Confirmation {
  passage: Passage;
  /** The sentence, an exact part of the passage. */
  quote: string;
}

/**
 * The first passage that bears a claim out all by itself and means it, or null: a myth is often told in
 * the very words of those who believe it, by a page that refutes it.
 */
export function findConfirmation(claim: string, passages: readonly Passage[]): Confirmation | null {
  const { terms } = readStatement(claim);
  for (const passage of passages) {
    if (checkSupport(claim, [passage]).verdict !== 'supported') continue;
    const { whole, context } = readPassage(passage);
    const isAllThere = terms.every(
      (term) =>
        contains(whole, term) ||
        (!isFact(term) && contains(context, term)) ||
        // Words may be others, and those of another language always are.
        term.kind === 'word' ||
        (term.kind === 'name' && !term.isCertain),
    );
    if (!isAllThere) continue;
    const quote = findQuote(claim, passage.text);
    if (quote !== '' && !isDisowned(quote, passage, claim)) return { passage, quote };
  }
  return null;
}
