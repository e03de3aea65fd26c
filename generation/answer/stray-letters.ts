/** Takes out of an answer the letters that nothing it was made from can have given it. */
export interface StrayLetterFilter {
  push(text: string): string;
  end(): string;
}

/**
 * Small models slip into other scripts in the middle of a sentence: «671 миллиард 参数 параметров».
 * Letters of a script that the question does not use are left out, with the figures amid them, unless
 * one of `texts` writes the very same; Latin, Cyrillic and Greek ones stay.
 */
export function createStrayLetterFilter({
  question,
  texts,
}: {
  question: string;
  texts: readonly string[];
}): StrayLetterFilter {
  const absent = FOREIGN.filter(
    (script) => !new RegExp(`\\p{Script=${script}}`, 'u').test(question),
  );
  if (absent.length === 0) return { push: (text) => text, end: () => '' };
  const letters = absent.map((script) => `\\p{Script=${script}}`).join('');
  const marks = '，。、：；！？（）《》「」';
  const run = `[${letters}][${letters}${marks}\\p{M}]*`;
  const stray = new RegExp(`${run}(?:[\\d.,%:()-]+${run})*`, 'gu');
  const strayAtEnd = new RegExp(`${run}(?:[\\d.,%:()-]+${run})*[\\d.,%:()-]*$`, 'u');
  let held = '';
  let endsWithSpace = true;
  let hasGap = false;

  const filter = (text: string): string => {
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
      if (isGiven(match[0])) keep(match[0]);
      else hasGap = true;
    }
    keep(text.slice(at));
    return kept;
  };

  const isGiven = (letters: string): boolean => {
    const bare = letters.replace(/[，。、：；！？]+$/u, '');
    return texts.some((text) => text.includes(bare));
  };

  return {
    push(text) {
      held += text;
      // The rest of the run decides.
      const end = held.search(strayAtEnd);
      const ready = end === -1 ? held : held.slice(0, end);
      held = held.slice(ready.length);
      return filter(ready);
    },
    end() {
      const rest = held;
      held = '';
      return filter(rest);
    },
  };
}

const FOREIGN = [
  'Han',
  'Hiragana',
  'Katakana',
  'Hangul',
  'Thai',
  'Arabic',
  'Hebrew',
  'Devanagari',
] as const;
