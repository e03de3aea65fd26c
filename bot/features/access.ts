import { Composer } from 'grammy';
import type { Logger } from 'pino';

import type { Config } from '../config.ts';
import type { BotContext } from '../context.ts';

import { acknowledge } from './acknowledge.ts';
import { addressedText } from './addressed.ts';
import { RecentlyTold } from './recently-told.ts';

export interface AccessOptions {
  access: Pick<Config['access'], 'mode' | 'allowedIds'>;
  /** What a group was before it became a supergroup: whoever allowed that allowed this. */
  formerIds?: (chatId: number) => readonly number[];
  logger: Logger;
  now?: () => Date;
  /** Between two times that the same person or group is told. */
  quietMs?: number;
}

/**
 * Lets through who may ask: everybody, or only those on the list and the admins. Others are told once in
 * a while what to give to the operator; what they do goes no further.
 */
export function accessFeature({
  access: { mode, allowedIds },
  formerIds = () => [],
  logger,
  now = () => new Date(),
  quietMs = 60 * 60 * 1000,
}: AccessOptions): Composer<BotContext> {
  const feature = new Composer<BotContext>();
  if (mode === 'public') return feature;
  const allowed = new Set(allowedIds);
  const told = new RecentlyTold(quietMs);
  const others = feature.filter(
    (ctx) => !ctx.isAdmin && !idsOf(ctx, formerIds).some((id) => allowed.has(id)),
  );

  others.on('callback_query', async (ctx) => {
    await acknowledge(ctx, ctx.locale.t('access-refused-alert'), { isAlert: true });
  });

  others.on('inline_query', async (ctx) => {
    await ctx.answerInlineQuery([], {
      cache_time: 0,
      is_personal: true,
      button: { text: ctx.locale.t('access-refused-inline'), start_parameter: 'access' },
    });
  });

  others.on('message', async (ctx, next) => {
    const isPrivate = ctx.chat.type === 'private';
    if (!isPrivate && !isAddressed(ctx)) {
      // Not for the bot, or about the group itself, such as that it has become another.
      await next();
      return;
    }
    const id = isPrivate ? ctx.from.id : ctx.chat.id;
    // Whoever follows the button of an inline query, or begins anew, wants to know.
    const isBeginning = isPrivate && ctx.hasCommand('start');
    if (!told.mayTell(id, now()) && !isBeginning) return;
    logger.info({ id }, 'somebody who is not in ALLOWED_IDS was turned away');
    const text = ctx.locale.t(isPrivate ? 'access-refused' : 'access-refused-group', {
      id: String(id),
    });
    const offset = text.indexOf(String(id));
    await ctx.reply(text, { entities: [{ type: 'code', offset, length: String(id).length }] });
  });

  others.on('edited_message', () => {});
  return feature;
}

/** Who asks, and in which group: either may be on the list. */
function idsOf(ctx: BotContext, formerIds: (chatId: number) => readonly number[]): number[] {
  const former = ctx.chat === undefined ? [] : formerIds(ctx.chat.id);
  return [ctx.chat?.id, ctx.from?.id, ctx.senderChat?.id, ...former].filter(
    (id) => id !== undefined,
  );
}

function isAddressed(ctx: BotContext): boolean {
  return addressedText(ctx) !== null || ctx.hasCommand(COMMANDS);
}

const COMMANDS = ['start', 'help', 'settings', 'privacy', 'forget', 'stats'];
