import { fold } from '../../../retrieval/text/terms.ts';

import { searchNeed } from './search-need.ts';
import { withoutCourtesies } from './small-talk.ts';

/**
 * Whether a message has to be looked up. What does not: greetings, thanks and small talk, arithmetic,
 * work on a text or on code that the message brings along, something to make up, questions about the
 * bot itself. In doubt it is, since only what was looked up has a source.
 */
export function needsSearch(message: string): boolean {
  return !isCourtesyAlone(message) && searchNeed(message) > IN_DOUBT;
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
