import type { FormattedText } from './formatted-text.ts';
import { shorterAddresses } from './link-address.ts';
import { entityUnits, MESSAGE_LIMITS } from './split.ts';

/**
 * The message with addresses as short as it takes to hold all its links: those that open a page at a
 * quote lose words of it, the longest first, and if need be the quote. No link is dropped.
 */
export function fitLinks(
  { text, entities }: FormattedText,
  budgetUnits: number = MESSAGE_LIMITS.entityUnits,
): FormattedText {
  const fitted = [...entities];
  let units = fitted.reduce((sum, entity) => sum + entityUnits(entity), 0);
  // Each round may take what the round before has left: all links keep some words or none has any.
  for (let round = 0; round < ROUNDS && units > budgetUnits; round += 1) {
    const longestFirst = [...fitted.keys()].toSorted((one, other) => unitsAt(other) - unitsAt(one));
    for (const index of longestFirst) {
      if (units <= budgetUnits) break;
      const entity = fitted[index];
      if (entity?.type !== 'text_link') continue;
      const [url] = shorterAddresses(entity.url);
      if (url === undefined) continue;
      fitted[index] = { ...entity, url };
      units -= entity.url.length - url.length;
    }
  }
  return { text, entities: fitted };

  function unitsAt(index: number): number {
    const entity = fitted[index];
    return entity === undefined ? 0 : entityUnits(entity);
  }
}

/** From the whole quote to a few of its words, and from these to none. */
const ROUNDS = 2;
