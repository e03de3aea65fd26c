import type { MessageEntity } from 'grammy/types';

type FoundType = 'bot_command' | 'mention' | 'url' | 'hashtag' | 'email';

/** By rank: what an earlier one covers, a later one does not. The first group is the entity itself. */
const PATTERNS: [FoundType, RegExp][] = [
  [
    'url',
    /(?<![\p{L}\p{N}_@./-])((?:https?:\/\/[^\s<>"«»]+|(?:[\p{L}\p{N}-]+\.)+(?:com|org|net|ru|рф|io|dev|me|example)(?![\p{L}\p{N}-])(?:[/?#][^\s<>"«»]*)?))/giu,
  ],
  ['email', /(?<![\p{L}\p{N}_.])([\w.+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+)/gu],
  ['bot_command', /(?<![\p{L}\p{N}_/<@])(\/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{2,31})?)(?![\w/])/gu],
  ['mention', /(?<![\p{L}\p{N}_`@/])(@[A-Za-z]\w{3,31})(?!\w)/gu],
  ['hashtag', /(?<![\p{L}\p{N}_#])(#(?=[\p{L}\p{N}_]*[\p{L}_])[\p{L}\p{N}_]{1,256})/gu],
];

/** What Telegram marks by itself in a text. Nothing inside code or a link is marked. */
export function findEntities(text: string, given: readonly MessageEntity[] = []): MessageEntity[] {
  const taken = given
    .filter(({ type }) => ['code', 'pre', 'text_link', 'text_mention', ...FOUND].includes(type))
    .map(({ offset, length }) => ({ offset, length }));
  const found: MessageEntity[] = [];
  for (const [type, pattern] of PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      const covered = type === 'url' ? trimAddress(match[1] ?? '') : (match[1] ?? '');
      const entity = { type, offset: match.index, length: covered.length };
      const end = entity.offset + entity.length;
      const isTaken = taken.some(
        (other) => other.offset < end && entity.offset < other.offset + other.length,
      );
      if (isTaken) continue;
      taken.push(entity);
      found.push(entity);
    }
  }
  return sortEntities([...given, ...found]);
}

const FOUND: string[] = PATTERNS.map(([type]) => type);

/** By offset, the longer first. */
export function sortEntities(entities: readonly MessageEntity[]): MessageEntity[] {
  return [...entities].sort((one, other) => one.offset - other.offset || other.length - one.length);
}

/** A full stop or a bracket after an address is not part of it. */
function trimAddress(address: string): string {
  let end = address.length;
  for (;;) {
    const last = address.charAt(end - 1);
    const isUnopened = last === ')' && !address.slice(0, end).includes('(');
    if (!/[.,:;!?'"…\]}]/u.test(last) && !isUnopened) return address.slice(0, end);
    end -= 1;
  }
}
