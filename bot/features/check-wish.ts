import type { Message } from 'grammy/types';

import type { BotContext } from '../context.ts';

import { addressedText } from './addressed.ts';
import { asksWhetherTrue, textToCheck } from './checked-message.ts';

/**
 * What a message wants to have checked: a text of its own, or null for what it brings or replies to.
 * Null for a message that wants nothing of the kind.
 */
export function checkWish(ctx: BotContext, message: Message): { text: string | null } | null {
  const command = addressedText(ctx, { command: 'check' });
  if (command === null) return null;
  if (ctx.hasCommand('check') || startsWithCommand(message)) {
    return { text: command === '' || asksWhetherTrue(command) ? null : command };
  }
  if (asksWhetherTrue(command)) return { text: null };
  const text = textToCheck(command);
  return text === null ? null : { text };
}

function startsWithCommand(message: Message): boolean {
  const [first] = message.entities ?? message.caption_entities ?? [];
  const words = (message.text ?? message.caption ?? '').slice(0, first?.length);
  return first?.type === 'bot_command' && first.offset === 0 && /^\/check(?:@|$)/iu.test(words);
}
