/** A page's words between two lines that it cannot write itself. */
export interface Fence {
  /** A name that no text holds, made anew for each prompt. */
  readonly boundary: string;
  /** The passage's fields between its opening and its closing line. */
  around(number: number, lines: readonly string[]): string;
}

export function createFence(boundary: string): Fence {
  return {
    boundary,
    around: (number, lines) =>
      [`<passage-${boundary} number="${number}">`, ...lines, `</passage-${boundary}>`].join('\n'),
  };
}

/**
 * Foreign text as it may stand in a prompt: it keeps its words and loses what a model or its server
 * would take for something else. That is the boundary and anything like it, control tokens of chat
 * templates (servers exist that read them in any message), characters that nobody sees, the token
 * that means «no answer», and footnotes in the form of our markers.
 */
export function asData(text: string, boundary: string): string {
  return asCode(text, boundary)
    .replaceAll(/[[【](\d{1,3}(?:\s*,\s*\d{1,3})*)[\]】]/gu, '($1)')
    .replaceAll(/\n{3,}/gu, '\n\n')
    .trim();
}

/** The same for source code, in which a number in brackets is an index and blank lines count. */
export function asCode(text: string, boundary: string): string {
  return withoutInvisible(text)
    .replaceAll(boundary, ' ')
    .replaceAll(controlToken, (token) => `${token.slice(0, 1)} ${token.slice(1)}`)
    .replaceAll(/NO_ANSWER/giu, 'NO ANSWER');
}

/** Well-formed text without characters that nobody sees: they part words, and hide messages. */
export function withoutInvisible(text: string): string {
  return text.toWellFormed().replaceAll(invisible, '');
}

/** The same on one line and no longer than so many characters. */
export function asDataLine(text: string, boundary: string, maxCharacters: number): string {
  const line = asData(text.slice(0, maxCharacters * 2), boundary).replaceAll(/\s+/gu, ' ');
  return line.length > maxCharacters ? `${line.slice(0, maxCharacters).toWellFormed()}…` : line;
}

// Controls except tab and line feed, zero-width and direction marks, the replacement character, and
// the tag characters that carry hidden messages.
const invisible =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\uFFFD\u{E0000}-\u{E007F}]/gu;

const controlToken =
  /<\/?(?:passage-|question-|think|s>|(?:start|end)_of_turn|(?:im|eot|bos|eos)[_>])|<<\/?SYS>>|<[|｜]|\[\/?INST\]/giu;
