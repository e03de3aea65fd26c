import { fold } from '../../../retrieval/text/terms.ts';

import { isArithmetic } from './arithmetic.ts';
import { asksForInvention } from './invention.ts';
import { bringsItsOwnText } from './own-text.ts';
import { isSmallTalk, isThanksAlone, withoutCourtesies } from './small-talk.ts';
import { asksAboutTheBot } from './the-bot.ts';

/**
 * Whether a message has to be looked up. What does not: greetings, thanks and small talk, arithmetic,
 * work on a text or on code that the message brings along, something to make up, questions about the
 * bot itself. Each part of a message counts: «спасибо, а сколько стоит?» is looked up. In doubt it
 * is, since only what was looked up has a source.
 */
export function needsSearch(message: string): boolean {
  const text = plain(message);
  if (bringsItsOwnText(message) || isArithmetic(withoutCourtesies(text))) return false;
  const rest = withoutCourtesies(text);
  if (isThanksAlone(text)) return false;
  // What was asked for at the beginning is what the rest is about: «сочини хокку: осень, дождь».
  if (asksForInvention(rest)) return false;
  return sentences(rest).some((sentence) => !isAnsweredAlone(sentence));
}

/** Whether there is nothing in it but a greeting, thanks, or a sign that it was read. */
export function isCourtesyAlone(message: string): boolean {
  return withoutCourtesies(plain(message)) === '';
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

/** In lower case, without pictures, with one kind of apostrophe. */
function plain(message: string): string {
  return fold(message)
    .replaceAll(/\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200D|\uFE0F/gu, ' ')
    .replaceAll(/(?<=^|\s)(?:[:;=]-?[()DPpз3/*]+|\)+|\(+)(?=\s|$)/gu, ' ')
    .replaceAll('’', "'")
    .replaceAll(/[^\S\n]+/gu, ' ')
    .trim();
}
