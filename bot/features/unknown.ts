import { Composer } from 'grammy';

import type { BotContext } from '../context.ts';

import { acknowledge } from './acknowledge.ts';
import { isSentThrough } from './addressed.ts';

/** What no feature knows: a command that does not exist, a button of long ago or of somebody's own making. */
export function unknownFeature(): Composer<BotContext> {
  const feature = new Composer<BotContext>();
  feature.on('callback_query', async (ctx) => {
    await acknowledge(ctx, ctx.locale.t('button-expired'));
  });
  feature.chatType('private').on('message::bot_command', async (ctx) => {
    if (isSentThrough(ctx.msg, ctx.me.id)) return;
    await ctx.reply(ctx.locale.t('unknown-command'));
  });
  return feature;
}
