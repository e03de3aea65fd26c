/**
 * The address as Telegram takes it in a link, or null when it refuses the whole message for it: other
 * protocols, hosts without a dot, wrong ports, lengths beyond reason. Names and passwords are left out.
 */
export function linkAddress(address: string): string | null {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/u.test(url.protocol) || url.port === '0') return null;
  if (!/[^.]\.[^.]|^\[/u.test(url.hostname)) return null;
  url.username = '';
  url.password = '';
  return url.href.length <= LONGEST_ADDRESS ? url.href : null;
}

/** Shorter addresses of the same page, the next best first: with fewer words of its quote, with none. */
export function shorterAddresses(address: string): string[] {
  const [, page, start, end] = /^(.*?)#?:~:text=([^,&]*)(,[^&]*)?$/su.exec(address) ?? [];
  if (page === undefined || start === undefined) return [];
  const few = start.split('%20').slice(0, FEW_WORDS);
  const isShorter = end !== undefined || few.length < start.split('%20').length;
  const withFewWords = address.slice(0, address.length - start.length - (end?.length ?? 0));
  return [...(isShorter && few.length > 1 ? [withFewWords + few.join('%20')] : []), page];
}

const LONGEST_ADDRESS = 2_000;
/** Enough to find most places, and a third of what Cyrillic words take otherwise. */
const FEW_WORDS = 3;
