import { Composer, InlineKeyboard } from 'grammy';
import type { Message } from 'grammy/types';
import type { Logger } from 'pino';

import type { DigestWriter } from '../../generation/digest/digest-writer.ts';
import type { BotContext } from '../context.ts';
import { titleOf } from '../digest/describe-digest.ts';
import { draftFromMessage, isForwardedPost, isOnlyLink } from '../digest/draft-from-message.ts';
import type { MessageDraft } from '../digest/draft-from-message.ts';
import type { DraftCards } from '../digest/draft-cards.ts';
import type { DigestPosts } from '../state/digest-posts.ts';

export interface DigestMessagesOptions {
  posts: DigestPosts;
  draftCards: Pick<DraftCards, 'show'>;
  writer: Pick<DigestWriter, 'draft'>;
  /** Whether messages are checked: then that is offered, too. */
  checks: boolean;
  logger: Logger;
  /** Aborted when the program stops. */
  stopping: AbortSignal;
}

export interface DigestMessages {
  /** A link that an admin sends and says nothing of. */
  feature: Composer<BotContext>;
  /** A message that somebody forwarded, if it is one for the channel. Resolves to whether it was. */
  takeForwarded(ctx: BotContext, message: Message): Promise<boolean>;
}

/** Makes drafts of what admins send: a link by itself, a post of another channel. */
export function createDigestMessages({
  posts,
  draftCards,
  writer,
  checks,
  logger,
  stopping,
}: DigestMessagesOptions): DigestMessages {
  const feature = new Composer<BotContext>();

  feature.chatType('private').on('message:text', async (ctx, next) => {
    const isForwarded = ctx.message.forward_origin !== undefined;
    const isReply = ctx.message.reply_to_message !== undefined;
    if (!ctx.isAdmin || isForwarded || isReply || !isOnlyLink(ctx.message)) {
      await next();
      return;
    }
    await take(ctx, ctx.message);
  });

  return {
    feature,
    async takeForwarded(ctx, message) {
      if (!ctx.isAdmin || ctx.chat?.type !== 'private' || !isForwardedPost(message)) return false;
      await take(ctx, message);
      return true;
    },
  };

  async function take(ctx: BotContext, message: Message): Promise<void> {
    const { t } = ctx.locale;
    const isPost = message.forward_origin !== undefined;
    const check = new InlineKeyboard().text(t('button-check'), 'check:this');
    const options = {
      reply_parameters: { message_id: message.message_id, allow_sending_without_reply: true },
      ...(isPost && checks ? { reply_markup: check } : {}),
    };
    const notice = await ctx.reply(t('digest-drafting'), options);
    let draft: MessageDraft | { kind: 'failed' };
    try {
      draft = await draftFromMessage(message, { posts, writer, signal: stopping });
    } catch (error) {
      // It is taken up after the start.
      stopping.throwIfAborted();
      logger.warn({ err: error }, 'no draft could be made of a message');
      draft = { kind: 'failed' };
    }
    const said =
      draft.kind === 'known'
        ? t(`digest-known-${draft.post.state}`, { title: titleOf(draft.post) })
        : t(`digest-message-${draft.kind}`);
    await ctx.api.editMessageText(notice.chat.id, notice.message_id, said, {
      link_preview_options: { is_disabled: true },
      ...(isPost && checks ? { reply_markup: check } : {}),
    });
    if (draft.kind === 'drafted') await draftCards.show(draft.post.id);
    if (draft.kind === 'known') await draftCards.show(draft.post.id, { to: [message.chat.id] });
  }
}
