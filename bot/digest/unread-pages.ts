import type { FactTable } from '../../generation/digest/fact.ts';

/**
 * Whether nothing that a release's makers say could be read, and some of it only for now: what would be
 * written of the bare listing would stay so for good.
 */
export function mayBeReadLater({ pages, notRead }: Pick<FactTable, 'pages' | 'notRead'>): boolean {
  const isBare = pages.every(
    ({ role, blocks }) => role === 'listing' && blocks.every(({ kind }) => kind === 'list-item'),
  );
  return isBare && missesForNow({ notRead });
}

/** Whether a page could not be read that may be there again soon. */
export function missesForNow({ notRead }: Pick<FactTable, 'notRead'>): boolean {
  return notRead.some(({ reason }) => PASSING.test(reason));
}

/** By the words that the fetcher uses for its faults. */
const PASSING =
  /^(?:HTTP (?:5\d\d|429|408)|timeout|sent too slowly|name lookup failed|no such host|connection |host unreachable|could not be read$)|asks to wait/u;
