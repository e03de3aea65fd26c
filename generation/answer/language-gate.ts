import { detectLanguage } from '../../retrieval/text/language.ts';
import { isStopWord } from '../../retrieval/text/stop-words.ts';

/** Holds the beginning of an answer back until its language is plain. One for each answer. */
export interface LanguageGate {
  /** What of the text so far may be shown. Nothing, once it is `wrong`. */
  push(text: string): string;
  end(): string;
  /** The beginning is not in the language that was asked for. */
  readonly isWrong: boolean;
}

export interface LanguageGateOptions {
  language: 'ru' | 'en';
  /** `own`: the language asked for. `readable`: Russian or English will do. */
  accepts?: 'own' | 'readable';
  /** No more than so many characters are held. */
  maxHeld?: number;
}

/**
 * Names, terms in capitals, quotations, brackets and code say nothing of the language around them, and one word
 * says little: it takes the letters of a few other words to decide. An answer that has no more of them
 * than a term is at home in any language.
 */
export function createLanguageGate({
  language,
  accepts = 'own',
  maxHeld = 240,
}: LanguageGateOptions): LanguageGate {
  let held = '';
  let state: 'open' | 'passed' | 'wrong' = 'open';

  const release = (isEnd: boolean): string => {
    if (state === 'wrong') return '';
    if (state === 'open') {
      state = judge(held, { language, accepts, mustDecide: isEnd || held.length >= maxHeld });
    }
    if (state !== 'passed') return '';
    const text = held;
    held = '';
    return text;
  };

  return {
    push(text) {
      held += text;
      return release(false);
    },
    end: () => release(true),
    get isWrong() {
      return state === 'wrong';
    },
  };
}

interface Judging {
  language: 'ru' | 'en';
  accepts: 'own' | 'readable';
  mustDecide: boolean;
}

function judge(
  text: string,
  { language, accepts, mustDecide }: Judging,
): 'open' | 'passed' | 'wrong' {
  const prose = text.replaceAll(notProse, ' ');
  const { cyrillic, latin, english, other } = countLetters(prose);
  const total = cyrillic + latin + other;
  const isReadable = accepts === 'readable';
  const own = isReadable ? cyrillic + latin : language === 'ru' ? cyrillic : latin;
  const sign = isReadable ? cyrillic + english : language === 'ru' ? cyrillic : english;
  const foreign = total - own;
  if (sign > 0 && own >= 16 && own >= foreign * 3 && detectLanguage(prose) !== 'other') {
    return 'passed';
  }
  if (total < 40 && !mustDecide) return 'open';
  // So few letters are a name or a term, which any language may hold.
  if (total < 12) return 'passed';
  return own < foreign || detectLanguage(prose) === 'other' ? 'wrong' : 'passed';
}

/** Letters of words that are no names. English ones are those of the commonest Latin words. */
function countLetters(prose: string) {
  const counts = { cyrillic: 0, latin: 0, english: 0, other: 0 };
  for (const { 0: word, index } of prose.matchAll(/[\p{L}\d][\p{L}\p{M}\d’'-]*/gu)) {
    const letters = word.match(/\p{L}/gu)?.length ?? 0;
    const isCapital = /^\p{Lu}/u.test(word);
    const opens = /(?:^|[.!?…:\n*#>—–-])[\s*_#]*$/u.test(
      prose.slice(Math.max(0, index - 8), index),
    );
    const isEnglish = isStopWord(word.toLowerCase());
    // A word of scripts without spaces says as much in two characters or so.
    if (!/^[\d\p{Script=Latin}\p{Script=Cyrillic}]/u.test(word)) counts.other += letters * 3;
    else if (isTerm.test(word) || (isCapital && !opens)) continue;
    else if (/^\p{Script=Cyrillic}/u.test(word)) counts.cyrillic += letters;
    else if (isEnglish || !isCapital) {
      counts.latin += letters;
      counts.english += isEnglish ? letters : 0;
    }
  }
  return counts;
}

const notProse =
  /https?:\/\/\S+|```[^]*?(?:```|$)|`[^`\n]*(?:`|$)|«[^»\n]*(?:»|$)|“[^”\n]*(?:”|$)|"[^"\n]*"|[[【][\d\s,]*[\]】]|\([^()\n]{0,80}(?:\)|$)/gu;

const isTerm = /\d|\p{Ll}\p{Lu}|^[\p{Lu}-]{2,}$/u;
