import { GrammyError } from 'grammy';

import type { BotContext } from '../context.ts';

/**
 * Whether the sender may decide for the chat: everybody in their own, only admins in a group, also
 * those who write in its name.
 * @throws what grammY throws when Telegram cannot be asked.
 */
export async function mayChangeChat(ctx: BotContext): Promise<boolean> {
  const { chat, from } = ctx;
  if (chat === undefined || from === undefined) return false;
  if (chat.type === 'private') return true;
  if (ctx.message?.sender_chat !== undefined) return ctx.message.sender_chat.id === chat.id;
  try {
    const { status } = await ctx.getChatMember(from.id);
    return status === 'creator' || status === 'administrator';
  } catch (error) {
    if (!(error instanceof GrammyError) || error.error_code !== 400) throw error;
    // Where its members are hidden, a bot without rights may still see who the admins are.
    const admins = await ctx.getChatAdministrators();
    return admins.some(({ user }) => user.id === from.id);
  }
}
