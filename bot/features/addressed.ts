import type { Message, MessageEntity } from 'grammy/types';

import type { BotContext } from '../context.ts';

/**
 * What a message asks the bot: its words without the bot's name and command, or null when it is not
 * for the bot. A private message always is, unless it is an answer that was sent through the bot; in a
 * group it must name the bot, answer it, or say the command, /ask by default.
 * Words may be empty: then what the message replies to is meant, or nothing was asked.
 */
export function addressedText(
  ctx: BotContext,
  { command = 'ask' }: { command?: string } = {},
): string | null {
  const message = ctx.msg;
  if (message === undefined) return null;
  const text = message.text ?? message.caption;
  if (text === undefined || message.is_automatic_forward === true) return null;
  if (isBot(message) || isSentThrough(message, ctx.me.id)) return null;
  const calls = callsIn(message, text, { me: ctx.me, command });
  if (calls === null) return null;
  if (message.chat.type === 'private' || calls.length > 0 || isReplyToBot(message, ctx.me.id)) {
    return without(text, calls);
  }
  return null;
}

/** The words of the message that this one replies to, when another than the bot wrote it. */
export function repliedText(ctx: BotContext): string | null {
  const message = ctx.msg;
  const replied = message?.reply_to_message;
  if (replied === undefined || replied.from?.id === ctx.me.id) return null;
  if (isSentThrough(replied, ctx.me.id)) return null;
  const text = (message?.quote?.text ?? replied.text ?? replied.caption ?? '').trim();
  return text === '' ? null : text;
}

interface Range {
  start: number;
  end: number;
}

/** Where the bot is named or told to answer; null when the message is a command for something else. */
function callsIn(
  message: Message,
  text: string,
  { me, command: expected }: { me: { id: number; username: string }; command: string },
): Range[] | null {
  const calls: Range[] = [];
  for (const entity of message.entities ?? message.caption_entities ?? []) {
    const range = { start: entity.offset, end: entity.offset + entity.length };
    const words = text.slice(range.start, range.end);
    if (entity.type === 'bot_command' && entity.offset === 0) {
      const [command = '', name] = words.slice(1).toLowerCase().split('@');
      const isForOther = name !== undefined && name !== me.username.toLowerCase();
      if (isForOther || command !== expected) return null;
      calls.push(range);
    } else if (isMentionOf(entity, words, me)) {
      calls.push(range);
    }
  }
  return calls;
}

function isMentionOf(
  entity: MessageEntity,
  words: string,
  me: { id: number; username: string },
): boolean {
  if (entity.type === 'text_mention') return entity.user.id === me.id;
  return entity.type === 'mention' && words.toLowerCase() === `@${me.username.toLowerCase()}`;
}

/** Whether it was written as a reply to a message of the bot's. */
export function isReplyToBot(message: Message, botId: number): boolean {
  const replied = message.reply_to_message;
  // In a topic every message "replies" to the one that opened it.
  return replied?.from?.id === botId && replied.forum_topic_created === undefined;
}

/** What somebody chose in the list under "@bot question" is an answer already. */
export function isSentThrough(message: Pick<Message, 'via_bot'>, botId: number): boolean {
  return message.via_bot?.id === botId;
}

/** Two bots that answer each other would never end. An anonymous admin is Telegram's own bot. */
function isBot(message: Message): boolean {
  return message.from?.is_bot === true && message.sender_chat === undefined;
}

function without(text: string, ranges: readonly Range[]): string {
  let rest = text;
  for (const { start, end } of ranges.toReversed()) {
    rest = `${rest.slice(0, start)} ${rest.slice(end)}`;
  }
  return rest
    .replaceAll(/[ \t]{2,}/gu, ' ')
    .replace(/^[\s,:;–—-]+/u, '')
    .trim();
}
