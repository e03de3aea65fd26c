import { fold } from '../../../retrieval/text/terms.ts';

import { isArithmetic } from './arithmetic.ts';
import { asksForInvention } from './invention.ts';
import { bringsItsOwnText } from './own-text.ts';
import { searchNeed } from './search-need.ts';
import { isSmallTalk, isThanksAlone, withoutCourtesies } from './small-talk.ts';
import { asksAboutTheBot } from './the-bot.ts';

/**
 * Whether a message has to be looked up. What does not: greetings, thanks and small talk, arithmetic,
 * work on a text or on code that the message brings along, something to make up, questions about the
 * bot itself. In doubt it is, since only what was looked up has a source.
 */
export function needsSearch(message: string): boolean {
  return !isCourtesyAlone(message) && searchNeed(message) > IN_DOUBT;
}

/**
 * Whether what a message wants is plain: nothing but courtesies, small talk, sums, what concerns the bot,
 * something to make up, or a text that it brings along. Where files are at hand, all else may be of them.
 */
export function isPlainlyDirect(message: string): boolean {
  const text = plain(message);
  const rest = withoutCourtesies(text);
  if (bringsItsOwnText(message) || isArithmetic(rest) || isThanksAlone(text)) return true;
  return asksForInvention(rest) || sentences(rest).every(isAnsweredAlone);
}

function isAnsweredAlone(sentence: string): boolean {
  const rest = withoutCourtesies(sentence);
  return (
    rest === '' ||
    isSmallTalk(rest) ||
    asksAboutTheBot(rest) ||
    isArithmetic(rest) ||
    asksForInvention(rest)
  );
}

function sentences(text: string): string[] {
  return text
    .split(/(?<=[.!?…])\s+|\n+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

/** Whether there is nothing in it but a greeting, thanks, or a sign that it was read. */
export function isCourtesyAlone(message: string): boolean {
  return withoutCourtesies(plain(message)) === '';
}

/** Somewhat surer than not that it needs none: a question without a source is worse than a search too many. */
const IN_DOUBT = -0.5;

/** In lower case, without pictures, with one kind of apostrophe. */
function plain(message: string): string {
  return fold(message)
    .replaceAll(/\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200D|\uFE0F/gu, ' ')
    .replaceAll(/(?<=^|\s)(?:[:;=]-?[()DPpз3/*]+|\)+|\(+)(?=\s|$)/gu, ' ')
    .replaceAll('’', "'")
    .replaceAll(/[^\S\n]+/gu, ' ')
    .trim();
}
