/**
 * Folds white space as a browser shows it and drops what it does not show: soft hyphens, zero-width
 * and direction marks, control characters. Stress marks and other combining marks stay.
 */
export function foldText(text: string): string {
  return text
    .replace(invisible, '')
    .replace(/[\s\u0085]+/gu, ' ')
    .trim();
}

/** The same for code: lines and indentation stay, blank lines around and spaces at line ends go. */
export function foldCode(text: string): string {
  return (
    text
      .replace(/\r\n?/gu, '\n')
      .replace(invisible, '')
      // Without the look behind, a long run of spaces inside a line takes quadratic time.
      .replace(/(?<![^\S\n])[^\S\n]+$/gmu, '')
      .replace(/^\n+/u, '')
      .trimEnd()
  );
}

/** Folded text of a heading, without the sign of its own link that reference pages put after it. */
export function foldHeading(text: string): string {
  return foldText(text).replace(/ ?[¶#§]$/u, '');
}

const invisible =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000E-\u001F\u007F\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF\uFFFE\uFFFF]/gu;
