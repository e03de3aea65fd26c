/**
 * The text without what Telegram would alter in it: offsets of entities must be those of the text that
 * arrives. Control characters become spaces, line separators line feeds; overrides of the direction of
 * writing and the combining marks that Telegram strikes out are left out, as halves of characters are.
 */
export function cleanText(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return (
    text
      .toWellFormed()
      .replaceAll(/\r\n?|[\u2028\u2029\u0085]/gu, '\n')
      .replaceAll(/[\u0000-\u0009\u000B-\u001F\u007F]/gu, ' ')
      // A letter with its ring is one character where Unicode has it, which Telegram leaves alone.
      .replaceAll(/\p{L}\u030A/gu, (letter) => letter.normalize('NFC'))
      .replaceAll(/[\u202A-\u202E]|\u030A|\u0333|\u033F/gu, '')
  );
}

/** Whether anything of the text can be seen: Telegram takes no message without. */
export function isVisible(text: string): boolean {
  return /[^\s\p{C}\p{M}\u115F\u1160\u2800\u3164\uFFA0]/u.test(text);
}

const SUSPECT =
  /[\u0000-\u0009\u000B-\u001F\u007F\u0085\u2028-\u202E]|\u030A|\u0333|\u033F|\p{Surrogate}/u;
