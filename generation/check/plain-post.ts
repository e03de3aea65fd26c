import { takeLinks } from '../../retrieval/links.ts';
import { withoutInvisible } from '../answer/fence.ts';

/** One line of a post, as plain words. */
export interface PostLine {
  text: string;
  /** Whether a list's mark stood before it. */
  isListItem: boolean;
}

/**
 * The lines of a forwarded post that say something: without addresses, smileys, list marks, markup,
 * footnotes and what is only there to be found or followed, such as hashtags and channel names.
 */
export function plainPost(text: string): PostLine[] {
  return withoutInvisible(text.slice(0, longestText))
    .split(/[\n\r\u2028\u2029]+/u)
    .flatMap((line): PostLine[] => {
      const bare = withoutMarks(line);
      const plain = bare.replace(listMark, '').trim();
      // A line of two words above a list may still name what the list is about.
      return /\p{L}|\p{N}/u.test(plain) ? [{ text: plain, isListItem: listMark.test(bare) }] : [];
    });
}

// Telegram's longest message, and what a paste of several of them may come to.
const longestText = 16_000;

function withoutMarks(line: string): string {
  const { rest } = takeLinks(line.replace(/\[([^\]\n]{1,200})\]\((?:https?:[^)\s]*)\)/gu, '$1'));
  const plain = withoutTrailingTags(
    rest
      .replace(/(?:^|\s)(?:www\.|t\.me\/)\S+/giu, ' ')
      // «➡️», «1️⃣» and other pictures stand where lists have their marks.
      .replace(
        /^(?:\s*(?:[0-9#*]\u{fe0f}?\u{20e3}|\p{Extended_Pictographic}\u{fe0f}?))+\s*/u,
        (marks) => (marks.trim() === '' ? '' : '• '),
      )
      .replace(
        /[0-9#*]\u{fe0f}?\u{20e3}|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u{fe0f}|\u{200d}/gu,
        ' ',
      )
      .replace(
        /(?<![\p{L}\p{N}])(?:\*\*|__|~~|\|\||`+)|(?:\*\*|__|~~|\|\||`+)(?![\p{L}\p{N}])/gu,
        '',
      )
      .replace(/\[\d{1,3}\]/gu, ''),
  );
  return plain
    .replace(/(?<![\p{L}\p{N}])@[a-z]\w{3,31}/giu, ' ')
    .replace(/#(?=[\p{L}\p{N}_])/gu, '')
    .replace(/\s+/gu, ' ')
    .replace(/\s+(?=[.,;:!?])/gu, '')
    .replace(/^(?:[>|]\s*|#{1,6}\s+)+/u, '')
    .replace(/^[|\s]+|[|\s]+$/gu, '');
}

/** Tags and names of channels at the end of a line, or all that is in it. */
function withoutTrailingTags(line: string): string {
  const pieces = line.split(/(?=[\s|·,])/u);
  const last = pieces.findLastIndex((piece) => !/^[\s|·,.]*$/u.test(piece) && !isTag.test(piece));
  const rest = pieces.slice(last + 1);
  return rest.some((piece) => isTag.test(piece)) ? pieces.slice(0, last + 1).join('') : line;
}

const isTag = /^[\s|·,]?(?:#[\p{L}\p{N}_]+|@[a-z]\w{3,31})\.*$/iu;

const listMark = /^(?:[-*•–—+▪●◦‣·✓✔→»]|\d{1,2}[.)])\s+/u;
