import type { MessageEntity } from 'grammy/types';

import { sliceFormatted } from './formatted-text.ts';
import type { FormattedText } from './formatted-text.ts';

/** What one message may hold. */
export interface MessageLimits {
  /** UTF-16 units of text. Telegram counts characters, which are never more. */
  textUnits: number;
  entities: number;
  /** UTF-16 units of all entities with their addresses, past which Telegram refuses the message. */
  entityUnits: number;
}

export const MESSAGE_LIMITS: MessageLimits = {
  textUnits: 4_096,
  entities: 100,
  entityUnits: 9_000,
};

/**
 * Cuts a text into messages: between paragraphs where it can, else between lines, sentences, words,
 * and inside a word only as the last resort, but never inside a character. Entities go along.
 * An empty text gives no message.
 */
export function splitMessage(
  message: FormattedText,
  limits: MessageLimits = MESSAGE_LIMITS,
): FormattedText[] {
  const messages: FormattedText[] = [];
  let rest = sliceFormatted(message);
  while (rest.text !== '') {
    const end = lastCut(rest, furthestEnd(rest, limits));
    const part = sliceFormatted(rest, 0, end);
    messages.push({ text: part.text, entities: affordable(part.entities, limits) });
    rest = sliceFormatted(rest, end);
  }
  return messages;
}

/** What an entity takes of the budget: its address, and some for the rest of it. */
export function entityUnits(entity: MessageEntity): number {
  return ENTITY_OVERHEAD + (entity.type === 'text_link' ? entity.url.length : 0);
}

const ENTITY_OVERHEAD = 32;

function furthestEnd({ text, entities }: FormattedText, limits: MessageLimits): number {
  let count = 0;
  let units = 0;
  for (const entity of entities) {
    count += 1;
    units += entityUnits(entity);
    if (entity.offset >= limits.textUnits) break;
    // An entity at the very start is dropped by affordable(): no cut comes before it.
    if ((count > limits.entities || units > limits.entityUnits) && entity.offset > 0) {
      return Math.min(entity.offset, limits.textUnits, text.length);
    }
  }
  return Math.min(limits.textUnits, text.length);
}

/** Where to cut at or before `end`: the best boundary of the second half, else the very end. */
function lastCut({ text }: FormattedText, end: number): number {
  if (end === text.length) return end;
  const half = Math.floor(end / 2);
  for (const boundary of BOUNDARIES) {
    let cut = -1;
    for (const match of text.slice(half, end + 2).matchAll(boundary)) {
      const candidate = half + match.index + match[0].length;
      if (candidate <= end) cut = candidate;
    }
    if (cut > 0) return cut;
  }
  let cut = end;
  while (cut > 1 && isInsideCharacter(text, cut)) cut -= 1;
  return cut;
}

/** From the best to the least. */
const BOUNDARIES = [/\n\s*\n/gu, /\n/gu, /[.!?…][»”"')\]]*\s+/gu, /\s+/gu];

/** Whether a cut at the index would tear what is seen as one character. */
export function isInsideCharacter(text: string, index: number): boolean {
  const before = text.codePointAt(index - 1) ?? 0;
  const isPairCut = before > 0xff_ff;
  return (
    isPairCut || /^[\p{M}\u200D\p{Emoji_Modifier}]/u.test(text.slice(index)) || before === 0x20_0d
  );
}

function affordable(entities: MessageEntity[], limits: MessageLimits): MessageEntity[] {
  let units = 0;
  return entities.slice(0, limits.entities).filter((entity) => {
    units += entityUnits(entity);
    return units <= limits.entityUnits;
  });
}
