import type { MessageEntity } from 'grammy/types';

import { cleanText } from './clean-text.ts';
import { linkAddress } from './link-address.ts';

/** Plain text and what is special in it: offsets and lengths in UTF-16 units, as Telegram counts. */
export interface FormattedText {
  text: string;
  /** By offset, the longer first. No entity is empty or starts or ends with white space. */
  entities: MessageEntity[];
}

/** What an entity is, without where it is. */
export type EntityStyle =
  | { type: 'bold' | 'italic' | 'code' | 'blockquote' | 'expandable_blockquote' }
  | { type: 'pre'; language?: string }
  | { type: 'text_link'; url: string };

/** Writes formatted text piece by piece, leaving out what Telegram would alter or refuse. */
export class FormattedTextBuilder {
  #text = '';
  readonly #entities: MessageEntity[] = [];
  readonly #open: EntityStyle['type'][] = [];

  get length(): number {
    return this.#text.length;
  }

  append(piece: string | FormattedText): this {
    if (typeof piece === 'string') {
      this.#text += cleanText(piece);
      return this;
    }
    const start = this.#text.length;
    this.#text += piece.text;
    for (const entity of piece.entities) {
      this.#entities.push({ ...entity, offset: entity.offset + start });
    }
    return this;
  }

  /** What `write` appends gets the style, unless Telegram would not take it there. */
  wrap(wanted: EntityStyle, write: () => void): this {
    const style = withAddress(wanted);
    if (style === null || this.#open.some((open) => excludes(open, style.type))) {
      write();
      return this;
    }
    const offset = this.#text.length;
    this.#open.push(style.type);
    write();
    this.#open.pop();
    this.#entities.push({ ...style, offset, length: this.#text.length - offset });
    return this;
  }

  /** Without white space at both ends, which Telegram would cut off. */
  build(): FormattedText {
    return sliceFormatted({ text: this.#text, entities: withoutCrossings(this.#entities) });
  }
}

/**
 * A part of the text with the entities that reach into it, cut to it; white space at both ends is
 * left out.
 */
export function sliceFormatted(
  { text, entities }: FormattedText,
  from = 0,
  to = text.length,
): FormattedText {
  const [start, end] = trimRange(text, from, to);
  const kept: MessageEntity[] = [];
  for (const entity of entities) {
    const [entityStart, entityEnd] = trimRange(
      text,
      Math.max(entity.offset, start),
      Math.min(entity.offset + entity.length, end),
    );
    if (entityStart >= entityEnd) continue;
    kept.push({ ...entity, offset: entityStart - start, length: entityEnd - entityStart });
  }
  kept.sort((one, other) => one.offset - other.offset || other.length - one.length);
  return { text: text.slice(start, end), entities: kept };
}

function withAddress(style: EntityStyle): EntityStyle | null {
  if (style.type !== 'text_link') return style;
  const url = linkAddress(style.url);
  return url === null ? null : { type: 'text_link', url };
}

/** Nothing stands inside code; a link, a quotation or a style does not stand inside its like. */
function excludes(outer: EntityStyle['type'], inner: EntityStyle['type']): boolean {
  return outer === inner || isCode(outer) || (isQuotation(outer) && isQuotation(inner));
}

/** Code may be part of no style or link: what surrounds it is cut in two. */
function withoutCrossings(entities: readonly MessageEntity[]): MessageEntity[] {
  const codes = entities.filter((entity) => isCode(entity.type));
  return entities.flatMap((entity) => {
    if (isCode(entity.type) || isQuotation(entity.type)) return [entity];
    let pieces = [entity];
    for (const code of codes) pieces = pieces.flatMap((piece) => subtract(piece, code));
    return pieces;
  });
}

function subtract(entity: MessageEntity, hole: MessageEntity): MessageEntity[] {
  const end = entity.offset + entity.length;
  const holeEnd = hole.offset + hole.length;
  if (hole.offset >= end || holeEnd <= entity.offset) return [entity];
  return [
    { ...entity, length: hole.offset - entity.offset },
    { ...entity, offset: holeEnd, length: end - holeEnd },
  ].filter((piece) => piece.length > 0);
}

function isCode(type: MessageEntity['type']): boolean {
  return type === 'code' || type === 'pre';
}

function isQuotation(type: MessageEntity['type']): boolean {
  return type === 'blockquote' || type === 'expandable_blockquote';
}

function trimRange(text: string, from: number, to: number): [number, number] {
  let start = from;
  let end = to;
  while (start < end && isWhiteSpace(text, start)) start += 1;
  while (end > start && isWhiteSpace(text, end - 1)) end -= 1;
  return [start, end];
}

function isWhiteSpace(text: string, index: number): boolean {
  return /\s/u.test(text.charAt(index));
}
