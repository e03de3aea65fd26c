/** Telegram's longest message, in UTF-16 units. */
export const MOST_CHARACTERS = 4096;

/** Parts that each fit into a message, cut behind a line or a word where there is one. */
export function splitText(text: string, most = MOST_CHARACTERS): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const head = rest.slice(0, most);
    const space = Math.max(head.lastIndexOf('\n'), head.lastIndexOf(' '));
    const end = space >= most / 2 ? space + 1 : wholeCharacters(head);
    parts.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...parts, rest];
}

/** A character outside the basic plane is two units, which must stay together. */
function wholeCharacters(text: string): number {
  return /[\uD800-\uDBFF]$/u.test(text) ? text.length - 1 : text.length;
}
