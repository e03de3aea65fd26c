import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';

/** The text that Firefox's reader view finds, over a DOM made by linkedom; empty when it finds none. */
export function readByReadability(html: string): string {
  const { document } = parseHTML(html);
  return new Readability(document).parse()?.textContent ?? '';
}
