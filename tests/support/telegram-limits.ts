import type { MessageEntity } from 'grammy/types';

/**
 * What Telegram would say to a message, without `Bad Request: `, or null when it takes it. Stricter
 * than Telegram where Telegram drops an entity in silence: a test should see that.
 */
export function objectionTo(text: string, entities: readonly MessageEntity[] = []): string | null {
  if (text.trim() === '') return 'message text is empty';
  if (text.length > 4_096) return 'message is too long';
  if (entities.length > 100) return 'too many entities';
  if (/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/u.test(text)) {
    return 'strings must be encoded in UTF-8';
  }
  let units = 0;
  for (const entity of entities) {
    const problem = objectionToEntity(text, entity, entities);
    if (problem !== null) return `can't parse entities: ${problem}`;
    units += 20 + (entity.type === 'text_link' ? entity.url.length : 0);
  }
  return units > 9_500 ? 'ENTITIES_TOO_LONG' : null;
}

function objectionToEntity(
  text: string,
  entity: MessageEntity,
  entities: readonly MessageEntity[],
): string | null {
  const { offset, length, type } = entity;
  const end = offset + length;
  if (offset < 0 || length <= 0 || end > text.length) {
    return `entity ${type} from ${offset} to ${end} is outside the text`;
  }
  const covered = text.slice(offset, end);
  if (covered !== covered.trim()) return `entity ${type} covers white space at its edge`;
  if (entity.type === 'text_link' && !/^https?:\/\/[^/\s]+\.?\S*$/u.test(entity.url)) {
    return `entity URL '${entity.url}' is invalid`;
  }
  for (const other of entities) {
    if (other === entity) continue;
    const otherEnd = other.offset + other.length;
    if (other.offset >= end || otherEnd <= offset) continue;
    const isInside = other.offset <= offset && end <= otherEnd;
    const isAround = offset <= other.offset && otherEnd <= end;
    if (!isInside && !isAround) return `entities ${type} and ${other.type} cross`;
    if (other.type === type) return `entity ${type} is nested`;
    const isQuotation = /blockquote/u.test(other.type);
    if ((type === 'code' || type === 'pre') && !isQuotation) {
      return `entity ${type} shares text with ${other.type}`;
    }
  }
  return null;
}
