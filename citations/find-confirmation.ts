import type { Passage } from '../retrieval/passage.ts';
import { isDisowned } from './claims/disowned.ts';
import { isNamedTooOften, isRenumbered, isSetAside } from './claims/set-aside.ts';
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
  const shorter = withoutKinds(claim);
  const { terms } = readStatement(shorter);
  for (const passage of passages) {
    const isBorneOut = [...new Set([claim, shorter])].some(
      (said) => checkSupport(said, [passage]).verdict === 'supported',
    );
    if (!isBorneOut) continue;
    const { whole, context } = readPassage(passage);
    const isAllThere = terms.every(
      (term) =>
        contains(whole, term) ||
        (!isFact(term) && contains(context, term)) ||
        // Words may be others, and those of another language always are.
        term.kind === 'word',
    );
    if (!isAllThere) continue;
    const quote = findQuote(claim, passage.text);
    if (quote === '' || isDisowned(quote, passage, claim)) continue;
    const isOtherwise = [isSetAside, isRenumbered, isNamedTooOften].some((differs) =>
      differs(claim, quote),
    );
    if (!isOtherwise) return { passage, quote };
  }
  return null;
}

/** «Озеро Байкал» is Байкал: what kind of thing a name names need not be said again. */
function withoutKinds(claim: string): string {
  return claim.replace(kindBeforeName, '');
}

const kindBeforeName =
  /(?<!\p{L})(?:[Оо]зер[оаеу]|[Гг]ород(?:а|е|у|ом)?|[Рр]ек[аиуеой]{1,2}|[Мм]одел[ьию]|[Кк]омпани[яиюей]{1,2}|[Сс]тран[аыуе]|[Пп]ланет[аыуе]|[Гг]ор[аыуе]|[Оо]стров(?:а|е|у)?|[Фф]ильм(?:а|е|у)?|[Кк]ниг[аиуе]|[Ll]ake|[Rr]iver|[Mm]ount|[Tt]he city of|[Tt]he planet|[Tt]he film|[Tt]he book)\s+(?=[«"“]?\p{Lu})/gu;
