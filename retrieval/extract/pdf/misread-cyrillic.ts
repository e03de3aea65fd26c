/**
 * Old Russian PDFs name their letters by the Latin ones of the same code: «Êíèãà». Where most letters
 * of a document are such, this gives them back; else null.
 */
export function misreadCyrillic(texts: readonly string[]): ((text: string) => string) | null {
  let letters = 0;
  let accented = 0;
  for (const text of texts) {
    letters += text.match(/\p{L}/gu)?.length ?? 0;
    accented += text.match(/[À-ÿ]/gu)?.length ?? 0;
  }
  // No language that is written in Latin letters has so many of them.
  return letters > 20 && accented > letters * 0.6 ? readAsWindows1251 : null;
}

function readAsWindows1251(text: string): string {
  return text.replace(/[\u00A8\u00B8\u00C0-\u00FF]/gu, (letter) =>
    decoder.decode(Uint8Array.of(letter.charCodeAt(0))),
  );
}

const decoder = new TextDecoder('windows-1251');
