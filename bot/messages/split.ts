import type { MessageEntity } from 'grammy/types';

import { isVisible } from './clean-text.ts';
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
 * and inside a word only as the last resort, but never inside a character. Code, quotations and links
 * stay whole where they can; a heading goes with what follows. Entities go along. Put together, the
 * messages are the text but for white space at its ends and at the cuts. An empty text gives none.
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
    const { text, entities } = part;
    if (isVisible(text)) messages.push({ text, entities: affordable(entities, limits) });
    rest = sliceFormatted(rest, end);
  }
  return messages;
}

/** What an entity takes of the budget: its address, and some for the rest of it. */
export function entityUnits(entity: MessageEntity): number {
  return ENTITY_OVERHEAD + (entity.type === 'text_link' ? entity.url.length : 0);
}

/** The nearest place at or before the index that is not inside what is seen as one character. */
export function characterStart(text: string, index: number): number {
  // A window, since a segmenter reads all that it is given.
  const from = Math.max(0, index - LONGEST_CHARACTER);
  const window = text.slice(from, index + LONGEST_CHARACTER);
  const start = from + (CHARACTERS.segment(window).containing(index - from)?.index ?? index - from);
  if (start > from || from === 0) return start;
  return /^[\uDC00-\uDFFF]/u.test(text.slice(index)) ? index - 1 : index;
}

const ENTITY_OVERHEAD = 32;
/** UTF-16 units. What is longer consists of marks that nobody can read. */
const LONGEST_CHARACTER = 64;
const CHARACTERS = new Intl.Segmenter('und', { granularity: 'grapheme' });

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
function lastCut(message: FormattedText, end: number): number {
  const { text } = message;
  if (end === text.length) return end;
  for (const { boundary, mayCut } of CUTS) {
    const cut = lastBoundary(message, end, boundary, mayCut);
    if (cut !== null) return cut;
  }
  const start = characterStart(text, end);
  return start > 0 ? start : end;
}

function lastBoundary(
  { text, entities }: FormattedText,
  end: number,
  boundary: RegExp,
  mayCut: ReadonlySet<MessageEntity['type']>,
): number | null {
  const half = Math.floor(end / 2);
  const whole = entities.filter((entity) => !mayCut.has(entity.type));
  const isAllowed = (cut: number): boolean =>
    cut <= end &&
    !whole.some(({ offset, length }) => offset < cut && cut < offset + length) &&
    !isBehindHeading({ text, entities }, cut);
  const cuts = [...text.slice(half, end + 2).matchAll(boundary)].map(
    (match) => half + match.index + match[0].length,
  );
  return cuts.findLast((cut) => cut > 0 && isAllowed(cut)) ?? null;
}

const PARAGRAPH = /\n\s*\n/gu;
const LINE = /\n/gu;
const SENTENCE = /[.!?…][»”"')\]]*(?:\s*\[\d{1,3}\][.!?…]?)*\s+(?!\[\d)/gu;
const WORD = /\s+/gu;

const STYLES: readonly MessageEntity['type'][] = ['bold', 'italic'];
const BLOCKS: readonly MessageEntity['type'][] = ['blockquote', 'expandable_blockquote', 'pre'];
const ANYTHING: readonly MessageEntity['type'][] = [...STYLES, ...BLOCKS, 'code', 'text_link'];

/** From the best to the least: where, and through what. */
const CUTS = [
  ...[PARAGRAPH, LINE].map((boundary) => ({ boundary, mayCut: new Set(STYLES) })),
  ...[PARAGRAPH, LINE, SENTENCE, WORD].map((boundary) => ({
    boundary,
    mayCut: new Set([...STYLES, ...BLOCKS]),
  })),
  { boundary: WORD, mayCut: new Set(ANYTHING) },
];

/** Whether the line before the cut is bold from end to end, as headings are. */
function isBehindHeading({ text, entities }: FormattedText, cut: number): boolean {
  const lineEnd = text.slice(0, cut).trimEnd().length;
  const lineStart = text.lastIndexOf('\n', lineEnd - 1) + 1;
  return entities.some(
    ({ type, offset, length }) =>
      type === 'bold' && offset === lineStart && offset + length === lineEnd,
  );
}

function affordable(entities: MessageEntity[], limits: MessageLimits): MessageEntity[] {
  let units = 0;
  return entities.slice(0, limits.entities).filter((entity) => {
    units += entityUnits(entity);
    return units <= limits.entityUnits;
  });
}
