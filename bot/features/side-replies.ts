import { Composer } from 'grammy';

import type { BotContext } from '../context.ts';
import { askerOf } from '../questions/question-of.ts';

import { isReplyToBot } from './addressed.ts';
import { RecentlyTold } from './recently-told.ts';

/** What the bot says in a group that is no answer: hints, refusals, replies to commands. */
export interface SideReplies {
  /** Whether something of this kind may be said; notes that it is. Always in a private chat. */
  allow(kind: string, to: { chatId: number; askerId: number | null }): boolean;
}

/**
 * Telegram lets a bot say 20 things a minute in a group, and the answers are among them: of what is
 * no answer each person gets one of a kind a minute.
 */
export function createSideReplies({
  now = () => new Date(),
  quietMs = 60_000,
}: { now?: () => Date; quietMs?: number } = {}): SideReplies {
  const told = new RecentlyTold(quietMs);
  return {
    allow(kind, { chatId, askerId }) {
      return chatId > 0 || told.mayTell(`${chatId}:${askerId}:${kind}`, now());
    },
  };
}

/**
 * A command for any bot of the group, such as /help, is for this one when it says its name. Without it
 * Telegram brings a command only to the bot that spoke last, unless a bot is shown every message.
 */
export function isForThisBot(ctx: BotContext): boolean {
  const message = ctx.msg;
  if (message === undefined || message.chat.type === 'private') return true;
  if (!ctx.me.can_read_all_group_messages || isReplyToBot(message, ctx.me.id)) return true;
  const text = (message.text ?? message.caption ?? '').trimStart();
  const [command = ''] = text.toLowerCase().split(/\s/u);
  return command.endsWith(`@${ctx.me.username.toLowerCase()}`);
}

/** Lets commands of a group through that are for this bot, and not over and over. */
export function groupCommandsFeature({
  sideReplies,
}: {
  sideReplies: SideReplies;
}): Composer<BotContext> {
  const feature = new Composer<BotContext>();
  feature.command(COMMANDS, async (ctx, next) => {
    if (!isForThisBot(ctx)) return;
    const [kind = ''] = ctx.msg.text.slice(1).toLowerCase().split(/[@\s]/u);
    if (sideReplies.allow(kind, { chatId: ctx.chatId, askerId: askerOf(ctx) })) await next();
  });
  return feature;
}

const COMMANDS = ['start', 'help', 'settings', 'privacy', 'forget', 'stats'];
