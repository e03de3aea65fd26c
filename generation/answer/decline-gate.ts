import { noAnswerToken } from './instructions.ts';

/** Watches a model's text for the token that means «no passage answers». */
export interface DeclineGate {
  /** What of the text so far may be shown: the token, and what may become it, never is. */
  push(text: string): string;
  end(): string;
  /**
   * `first`: the answer began with the token. `later`: it came after other text; what follows is
   * not shown. Null: not so far.
   */
  readonly declined: 'first' | 'later' | null;
}

export function createDeclineGate(): DeclineGate {
  let held = '';
  let isFirst = true;
  let declined: 'first' | 'later' | null = null;

  const release = (isEnd: boolean): string => {
    if (declined !== null) return '';
    const found = held.match(token);
    if (found?.index !== undefined && (isEnd || held.length > found.index + found[0].length)) {
      const before = held.slice(0, found.index);
      const isAlone = isFirst && !hasWords.test(before);
      declined = isAlone ? 'first' : 'later';
      return isAlone ? '' : before.trimEnd();
    }
    const safe = isEnd ? held.length : (held.match(possibleToken)?.index ?? held.length);
    const text = held.slice(0, safe);
    held = held.slice(safe);
    // White space and quotation marks before the token are no answer yet.
    if (isFirst && !hasWords.test(text)) {
      held = isEnd ? held : text + held;
      return isEnd ? text : '';
    }
    isFirst = false;
    return text;
  };

  return {
    push(text) {
      held += text;
      return release(false);
    },
    end: () => release(true),
    get declined() {
      return declined;
    },
  };
}

const hasWords = /[\p{L}\p{N}]/u;

// Markdown writes the underscore with a backslash.
const token = new RegExp(
  `(?<![\\p{L}\\p{N}_])${noAnswerToken.replace('_', String.raw`\\?_`)}(?![\\p{L}\\p{N}_])`,
  'u',
);

/** A beginning of the token at the end of the text, with the white space before it. */
const possibleToken = /\s*(?<![\p{L}\p{N}_])N(?:O(?:\\?_?|\\?_A(?:N(?:S(?:W(?:ER?)?)?)?)?)?)?$/u;
