import { namesIn } from './noun-phrases.ts';
import { cutWords } from './words.ts';

/** As it stands in the middle of a sentence; a name keeps its capital. */
export function lowerFirst(text: string): string {
  const first = cutWords(text)[0];
  const isName =
    first === undefined ||
    /^\p{Lu}{2}|\p{L}-?\p{N}/u.test(first.text) ||
    namesIn(text)[0]?.start === 0;
  return isName ? text : text.charAt(0).toLowerCase() + text.slice(1);
}

/** With a capital, single spaces and a question mark. */
export function sentence(text: string): string {
  const trimmed = text
    .replace(/\s+/gu, ' ')
    .replace(/\s+(?=[,.?!])/gu, '')
    .trim()
    .replace(/[\s?!.…]+$/u, '');
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}?`;
}
