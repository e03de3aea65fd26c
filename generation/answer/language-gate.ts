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
 * A name says nothing of the language around it, so an answer that opens with «DeepSeek-V3» waits for
 * its first word; most answers wait for nothing.
 */
export function createLanguageGate({
  language,
  accepts = 'own',
  maxHeld = 160,
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
  const { cyrillic, latin, english, other } = countWords(text);
  const total = cyrillic + latin + other;
  const isReadable = accepts === 'readable';
  const own = isReadable ? cyrillic + latin : language === 'ru' ? cyrillic : latin;
  const sign = isReadable ? cyrillic + english : language === 'ru' ? cyrillic : english;
  if (sign > 0 && own >= total - own) return 'passed';
  if (total < 8 && !mustDecide) return 'open';
  // Names and figures alone are at home in any language.
  if (total < 4 && other === 0) return 'passed';
  return own < total - own || detectLanguage(text) === 'other' ? 'wrong' : 'passed';
}

/** Words that are no names. English ones are those of Latin ones that are among its commonest. */
function countWords(text: string) {
  const counts = { cyrillic: 0, latin: 0, english: 0, other: 0 };
  for (const [word] of text.replaceAll(notProse, ' ').matchAll(/\p{L}[\p{L}\p{M}’'-]*/gu)) {
    const isEnglish = isStopWord(word.toLowerCase());
    if (/^\p{Script=Cyrillic}{2}/u.test(word)) counts.cyrillic += 1;
    // Scripts without spaces write a word in two characters or so.
    else if (!/^[\p{Script=Latin}\p{Script=Cyrillic}]/u.test(word)) {
      counts.other += Math.ceil(word.length / 2);
    } else if (isEnglish || /^\p{Ll}{2}/u.test(word)) {
      counts.latin += 1;
      counts.english += isEnglish ? 1 : 0;
    }
  }
  return counts;
}

const notProse = /https?:\/\/\S+|`[^`]*`|[[【][\d\s,]*[\]】]/gu;
