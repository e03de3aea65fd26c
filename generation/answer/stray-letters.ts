/** Takes out of an answer the letters that nothing it was made from can have given it. */
export interface StrayLetterFilter {
  push(text: string): string;
}

/**
 * Small models slip into other scripts in the middle of a sentence: «671 миллиард 参数 параметров».
 * Letters of a script that none of `texts` uses are left out; Latin, Cyrillic and Greek ones stay.
 */
export function createStrayLetterFilter(texts: Iterable<string>): StrayLetterFilter {
  const absent = new Set(FOREIGN.keys());
  for (const text of texts) {
    for (const script of absent)
      if (FOREIGN.get(script)?.test(text) === true) absent.delete(script);
  }
  if (absent.size === 0) return { push: (text) => text };
  const classes = [...absent].map((script) => `\\p{Script=${script}}`).join('');
  const marks = absent.has('Han') ? '，。、：；！？' : '';
  const stray = new RegExp(`[${classes}][${classes}${marks}\\p{M}]*`, 'gu');
  let endsWithSpace = true;
  let hasGap = false;

  return {
    push(text) {
      let kept = '';
      let at = 0;
      const keep = (part: string): void => {
        if (part === '') return;
        // The space on either side of what was left out: one is enough.
        const shown = hasGap && endsWithSpace ? part.replace(/^[ \t]+/u, '') : part;
        if (shown === '') return;
        hasGap = false;
        endsWithSpace = /\s$/u.test(shown);
        kept += shown;
      };
      for (const match of text.matchAll(stray)) {
        keep(text.slice(at, match.index));
        at = match.index + match[0].length;
        hasGap = true;
      }
      keep(text.slice(at));
      return kept;
    },
  };
}

const FOREIGN = new Map(
  ['Han', 'Hiragana', 'Katakana', 'Hangul', 'Thai', 'Arabic', 'Hebrew', 'Devanagari'].map(
    (script) => [script, new RegExp(`\\p{Script=${script}}`, 'u')] as const,
  ),
);
