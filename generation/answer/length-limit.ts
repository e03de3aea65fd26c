import { completeSentenceEnds } from './whole-sentences.ts';

/** Keeps a streamed answer within a length without cutting a sentence that can still be left out. */
export interface LengthLimit {
  /** What of the text so far is to be shown now. */
  push(text: string): string;
  /** `wasCut`: the model was stopped by its own limit in the middle of something. */
  end(options: { wasCut: boolean }): string;
  /** Nothing more will be shown. */
  readonly isFull: boolean;
}

/**
 * The first two thirds go out as they come. After that a sentence is shown when it is complete and
 * still fits, since what is shown cannot be taken back. A sentence that has begun to show is shown
 * to its end, however long it is. What breaks off in the middle of a sentence that is shown already ends with an ellipsis.
 */
export function createLengthLimit({ maxCharacters }: { maxCharacters: number }): LengthLimit {
  const free = Math.floor((maxCharacters * 2) / 3);
  let text = '';
  let shown = 0;
  let isFull = false;

  const showUpTo = (end: number): string => {
    const part = text.slice(shown, end);
    shown = Math.max(shown, end);
    return part;
  };

  return {
    push(piece) {
      if (isFull) return '';
      text += piece;
      if (text.length <= free) return showUpTo(text.length);
      const isOver = text.length > maxCharacters;
      const ends = completeSentenceEnds(text);
      const ahead = ends.filter((end) => end >= shown);
      const fitting = ahead.findLast((end) => end <= maxCharacters);
      if (fitting !== undefined) {
        // What has begun after the last sentence that fits does not fit any more.
        isFull = isOver;
        return showUpTo(fitting);
      }
      const lastEnd = ends.findLast((end) => end <= shown) ?? 0;
      const hasBegun = shown === 0 || text.slice(lastEnd, shown).trim() !== '';
      if (!isOver) return '';
      isFull = !hasBegun || ahead.length > 0;
      return hasBegun ? showUpTo(ahead[0] ?? text.length) : '';
    },
    end({ wasCut }) {
      if (isFull) return '';
      isFull = true;
      if (!wasCut || endOfSentence.test(text)) return showUpTo(text.length);
      const lastEnd = completeSentenceEnds(text).at(-1) ?? 0;
      // All that is left is the beginning of a sentence: better without it.
      if (lastEnd > 0 && shown <= lastEnd) return showUpTo(lastEnd);
      return `${showUpTo(text.length).trimEnd()}…`;
    },
    get isFull() {
      return isFull;
    },
  };
}

const endOfSentence = /[.!?…][\])】\s\d[【]*$/u;
