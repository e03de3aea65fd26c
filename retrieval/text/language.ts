import type { Language } from '../passage.ts';

/**
 * The language of a text by its letters and commonest words. Only positive evidence makes a text
 * `other`, so that «GigaChat?» or a bare name is still taken: Latin letters are English, Cyrillic
 * ones Russian, unless they hold more words or letters of a neighbour's language than of their own.
 * A text without letters is English.
 */
export function detectLanguage(text: string): Language {
  // A long page is known by its beginning.
  const sample = text.slice(0, 4000);
  const cyrillic = count(sample, /\p{Script=Cyrillic}/gu);
  const latin = count(sample, /\p{Script=Latin}/gu);
  const letters = count(sample, /\p{L}/gu);
  if (letters === 0) return 'en';
  if (letters - cyrillic - latin > letters / 2) return 'other';
  // A Russian question names its subject in Latin letters: «чем DeepSeek-V3 лучше GPT-4o?»
  if (cyrillic > 0 && cyrillic * 3 >= latin) return isRussian(sample) ? 'ru' : 'other';
  return isEnglish(sample) ? 'en' : 'other';
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

function isRussian(sample: string): boolean {
  const foreign = count(sample, /[іїєґўђјљњћџѓќәғқңөұүһ]/giu);
  const own = count(sample, /[ыэъё]/giu);
  return foreign <= own || foreign * 50 < sample.length;
}

function isEnglish(sample: string): boolean {
  let own = 0;
  let foreign = 0;
  for (const match of sample.toLowerCase().matchAll(/\p{L}+/gu)) {
    if (englishWords.has(match[0])) own += 1;
    else if (foreignWords.has(match[0])) foreign += 1;
  }
  return foreign < 2 || own >= foreign;
}

const englishWords = new Set(
  `the of and to in is was are were for on with as by at from that this it its be has have had what
   which who whom whose when where why how does do did can could should would will not or an
   there their about between into many much`.split(/\s+/u),
);

const foreignWords = new Set(
  `der die das den dem des und ist sind war wie wer wann warum welche welcher ein eine einer nicht mit
   für auf von zu im
   le la les des du et est sont était qui que quoi quel quelle quand pourquoi comment combien une un dans
   pour avec sur au aux
   el los las y es son fue qué quién cuál cuándo cuánto dónde por para con una del
   il lo gli di che è sono chi quando dove perché quanto nel della per con
   o os um uma e é são foi quem quando onde quanto do da no na
   en het een van wat wie waar wanneer hoe zijn niet
   jest są był kto co kiedy gdzie ile dlaczego nie się na w z
   ve bir bu ne kim nerede nasıl için
   och är vad vem hur när var inte
   yang dan apa siapa adalah di`.split(/\s+/u),
);
