import { Composer, InlineKeyboard } from 'grammy';

import type { BotContext } from '../context.ts';
import { subjectOf } from '../digest/askable-post.ts';
import type { FindAskablePost } from '../digest/askable-post.ts';
import { FormattedTextBuilder } from '../messages/formatted-text.ts';
import type { AskedPosts } from '../state/asked-posts.ts';

import { acknowledge } from './acknowledge.ts';

export interface AskedPostOptions {
  findPost: FindAskablePost;
  askedPosts: AskedPosts;
  now?: () => Date;
}

/** «Спросить» below a post of the channel: what is asked next is answered from what that post rests on. */
export function askedPostFeature({
  findPost,
  askedPosts,
  now = () => new Date(),
}: AskedPostOptions): Composer<BotContext> {
  const feature = new Composer<BotContext>();

  feature.chatType('private').command('start', async (ctx, next) => {
    const [, id] = /^post-(\d{1,12})$/u.exec(ctx.match) ?? [];
    if (id === undefined) {
      // Who begins anew asks about anything again.
      askedPosts.end(ctx.chatId);
      await next();
      return;
    }
    const { t } = ctx.locale;
    const post = findPost(Number(id));
    if (post === null) {
      await ctx.reply(t('post-not-there'));
      return;
    }
    askedPosts.begin(ctx.chatId, post.id, now());
    const out = new FormattedTextBuilder().append(t('post-asked'));
    out.append(' ').wrap({ type: 'bold' }, () => out.append(subjectOf(post)));
    const { text, entities } = out.append(`\n${t('post-asked-how')}`).build();
    const keyboard = new InlineKeyboard();
    if (post.url !== null) keyboard.url(t('button-open-post'), post.url);
    keyboard.text(t('button-leave-post'), 'post:leave');
    await ctx.reply(text, {
      entities,
      link_preview_options: { is_disabled: true },
      reply_markup: keyboard,
    });
  });

  feature.callbackQuery('post:leave', async (ctx) => {
    askedPosts.end(ctx.chatId ?? ctx.from.id);
    await acknowledge(ctx, ctx.locale.t('post-left'));
    // The button has done what it can.
    await ctx.editMessageReplyMarkup().catch(() => {});
  });
  return feature;
}
