/** Follows a Markdown text that streams, and knows whether its end so far stands in code. */
export interface CodeSpans {
  read(text: string): void;
  /** In a fenced block or between backticks. */
  readonly isOpen: boolean;
}

/** A lone backtick in prose opens code no farther than to the end of its line. */
export function createCodeSpans(): CodeSpans {
  let fence: Marks | null = null;
  let span = 0;
  let marks: Marks | null = null;
  let isLineStart = true;

  const settle = (): void => {
    if (marks === null) return;
    const { mark, length, opensLine } = marks;
    const isFence = opensLine && length >= 3;
    if (fence !== null) {
      if (isFence && mark === fence.mark && length >= fence.length) fence = null;
    } else if (isFence) {
      fence = marks;
    } else if (mark === '`') {
      if (span === 0) span = length;
      else if (span === length) span = 0;
    }
    marks = null;
  };

  return {
    read(text) {
      for (const character of text) {
        if (marks?.mark === character) {
          marks.length += 1;
          continue;
        }
        settle();
        if (character === '`' || character === '~') {
          marks = { mark: character, length: 1, opensLine: isLineStart };
          isLineStart = false;
        } else if (character === '\n') {
          isLineStart = true;
          span = 0;
        } else if (!/[\s>]/u.test(character)) {
          isLineStart = false;
        }
      }
    },
    get isOpen() {
      settle();
      return fence !== null || span !== 0;
    },
  };
}

interface Marks {
  mark: '`' | '~';
  length: number;
  opensLine: boolean;
}
