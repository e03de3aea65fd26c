import { Composer } from 'grammy';

import type { BotContext } from '../context.ts';
import type { Channel } from '../digest/channel.ts';

/** Posts of others in the channel: nobody asks there, but how far its ids have come is remembered. */
export function channelPostsFeature({ channel }: { channel: Channel }): Composer<BotContext> {
  const feature = new Composer<BotContext>();
  feature.on('channel_post', (ctx) => {
    if (ctx.chatId === channel.known()?.id) channel.saw(ctx.channelPost.message_id);
  });
  return feature;
}
