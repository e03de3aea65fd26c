import { Composer } from 'grammy';
import type { Logger } from 'pino';

import type { BotContext } from '../context.ts';

export interface MembershipOptions {
  /** A group goes on as a supergroup of another id. */
  onMigrated: (fromChatId: number, toChatId: number) => void;
  logger: Logger;
}

/** Groups: a greeting that says what the bot needs, and what changes when a group becomes another. */
export function membershipFeature({ onMigrated, logger }: MembershipOptions): Composer<BotContext> {
  const feature = new Composer<BotContext>();

  feature.on('my_chat_member', async (ctx) => {
    const { chat, old_chat_member: before, new_chat_member: after } = ctx.myChatMember;
    const wasIn = isIn(before);
    if (chat.type === 'private' || chat.type === 'channel') return;
    if (!isIn(after) || wasIn) {
      if (wasIn && !isIn(after)) logger.info({ chat: chat.id }, 'the bot was taken out of a group');
      return;
    }
    const canWrite = after.status !== 'restricted' || after.can_send_messages;
    if (!canWrite) return;
    await ctx.reply(
      ctx.locale.t(after.status === 'administrator' ? 'group-greeting-admin' : 'group-greeting', {
        name: `@${ctx.me.username}`,
      }),
    );
  });

  feature.on('message:migrate_to_chat_id', (ctx) => {
    onMigrated(ctx.chatId, ctx.message.migrate_to_chat_id);
  });
  return feature;
}

function isIn(member: { status: string; is_member?: boolean }): boolean {
  if (member.status === 'restricted') return member.is_member === true;
  return ['member', 'administrator', 'creator'].includes(member.status);
}
