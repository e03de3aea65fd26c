import type { MessageEntity } from 'grammy/types';

import { sortEntities } from './found-entities.ts';
import { badRequest } from './refusal.ts';

export interface CheckedText {
  text: string;
  entities: MessageEntity[];
}

export interface TextLimits {
  /** What a text that is too long is called: `message`, `message caption`. */
  name: 'message' | 'message caption';
  /** In UTF-16 units. */
  maxLength: number;
  mayBeEmpty: boolean;
}

export const MESSAGE_TEXT: TextLimits = { name: 'message', maxLength: 4096, mayBeEmpty: false };
export const CAPTION: TextLimits = { name: 'message caption', maxLength: 1024, mayBeEmpty: true };
export const DRAFT_TEXT: TextLimits = { name: 'message', maxLength: 4096, mayBeEmpty: true };

/**
 * The text as Telegram keeps it: without white space at both ends, where its entities move along.
 * Refuses more than a hundred entities and such as Telegram would drop or cut in silence.
 * @throws {Refusal}
 */
export function checkText(
  text: string,
  entities: readonly MessageEntity[],
  limits: TextLimits = MESSAGE_TEXT,
): CheckedText {
  const objection = objectionToText(text, entities, limits);
  if (objection !== null) throw badRequest(objection);
  const start = text.length - text.trimStart().length;
  const kept = text.trim();
  const moved = entities.flatMap((entity) => {
    const offset = Math.max(entity.offset - start, 0);
    const end = Math.min(entity.offset + entity.length - start, kept.length);
    return end > offset ? [{ ...entity, offset, length: end - offset }] : [];
  });
  return { text: kept, entities: sortEntities(moved) };
}

/** Telegram's words without `Bad Request: `, or null when it takes the text. */
export function objectionToText(
  text: string,
  entities: readonly MessageEntity[],
  { name, maxLength, mayBeEmpty }: TextLimits = MESSAGE_TEXT,
): string | null {
  if (text.trim() === '' && !mayBeEmpty) return 'message text is empty';
  if (text.trim().length > maxLength) return `${name} is too long`;
  if (entities.length > MOST_ENTITIES) return `can't parse entities: more than ${MOST_ENTITIES}`;
  if (!text.isWellFormed()) return 'strings must be encoded in UTF-8';
  let units = 0;
  for (const entity of entities) {
    const problem = problemOfEntity(text, entity, entities);
    if (problem !== null) return problem;
    units += UNITS_OF_ENTITY + (entity.type === 'text_link' ? entity.url.length : 0);
  }
  return units > MOST_UNITS ? 'ENTITIES_TOO_LONG' : null;
}

/** Telegram overlooks those after them, and so loses links: here they are refused. */
const MOST_ENTITIES = 100;
/** Telegram tells nobody how it counts. About 9,500 characters, addresses included, were measured. */
const MOST_UNITS = 9_500;
const UNITS_OF_ENTITY = 20;

function problemOfEntity(
  text: string,
  entity: MessageEntity,
  entities: readonly MessageEntity[],
): string | null {
  const { offset, length, type } = entity;
  const end = offset + length;
  if (!Number.isInteger(offset) || !Number.isInteger(length) || offset < 0 || length <= 0) {
    return wrong(`entity ${type} has a wrong place`);
  }
  if (end > text.length) {
    return wrong(`entity beginning at UTF-16 offset ${offset} ends after the end of the text`);
  }
  const covered = text.slice(offset, end);
  if (!covered.isWellFormed()) return wrong(`entity ${type} at ${offset} cuts a character in two`);
  if (covered !== covered.trim()) return wrong(`entity ${type} covers white space at its edge`);
  if (entity.type === 'text_link') {
    const problem = problemOfAddress(entity.url);
    if (problem !== null) return `entity URL '${entity.url}' is invalid: ${problem}`;
  }
  for (const other of entities) {
    const problem = other === entity ? null : problemOfPair(entity, other);
    if (problem !== null) return wrong(problem);
  }
  return null;
}

function problemOfAddress(address: string): string | null {
  if (!URL.canParse(address)) return 'Wrong HTTP URL';
  const { protocol, hostname } = new URL(address);
  if (protocol === 'tg:') return null;
  if (protocol !== 'http:' && protocol !== 'https:') return 'Unsupported URL protocol';
  const isHost = hostname.includes('.') || hostname.startsWith('[');
  return isHost && !/\s/u.test(address) ? null : 'Wrong HTTP URL';
}

function problemOfPair(entity: MessageEntity, other: MessageEntity): string | null {
  const [end, otherEnd] = [entity.offset + entity.length, other.offset + other.length];
  if (other.offset >= end || otherEnd <= entity.offset) return null;
  const isInside = other.offset <= entity.offset && end <= otherEnd;
  const isAround = entity.offset <= other.offset && otherEnd <= end;
  const names = `${entity.type} and ${other.type}`;
  if (!isInside && !isAround) return `entities ${names} cross`;
  if (entity.type === other.type) return `entity ${entity.type} is nested`;
  const isCode = entity.type === 'code' || entity.type === 'pre';
  if (isCode && !/blockquote/u.test(other.type)) return `entities ${names} share text`;
  const isQuotation = /blockquote/u.test(entity.type) && /blockquote/u.test(other.type);
  return isQuotation ? `entities ${names} are nested` : null;
}

function wrong(what: string): string {
  return `can't parse entities: ${what}`;
}
