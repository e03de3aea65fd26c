import { Composer } from 'grammy';
import type { FilterQuery } from 'grammy';

import type { BotContext } from '../context.ts';
import type { ChatQuestion } from '../questions/chat-question.ts';
import { askerOf, questionOf } from '../questions/question-of.ts';
import type { Deliveries } from '../state/deliveries.ts';

import { addressedText, repliedText } from './addressed.ts';
import type { RecentAlbums } from './recent-albums.ts';
import type { SideReplies } from './side-replies.ts';

export interface AskOptions {
  /** Takes a question that may be a piece of a longer one. */
  take: (question: ChatQuestion) => Promise<void>;
  /** What an edited one asks, which may be such a piece; null when that is dealt with. */
  edit: (question: ChatQuestion) => Promise<ChatQuestion | null>;
  /** Takes it in the place of what the same message asked before. */
  takeEdited: (question: ChatQuestion) => Promise<void>;
  sideReplies: SideReplies;
  albums: RecentAlbums;
  deliveries: Deliveries;
}

/**
 * A question in a private chat, or one put to the bot in a group, gets its answer; an edited one gets
 * it anew, in the place of the old. What is no text gets a sentence.
 */
export function askFeature({
  take,
  edit,
  takeEdited,
  sideReplies,
  albums,
  deliveries,
}: AskOptions): Composer<BotContext> {
  const feature = new Composer<BotContext>();

  feature.on('message', async (ctx, next) => {
    const addressed = addressedText(ctx);
    if (addressed === null) {
      await next();
      return;
    }
    // The answer speaks for the other pictures, too.
    albums.isNew(ctx.chat.id, ctx.message.media_group_id);
    const text = addressed === '' ? repliedText(ctx) : addressed;
    const question = text === null ? null : questionOf(ctx, text, { deliveries });
    if (question === null) {
      const to = { chatId: ctx.chat.id, askerId: askerOf(ctx) };
      if (sideReplies.allow('ask-how', to)) await ctx.reply(ctx.locale.t('ask-how'), inReply(ctx));
      return;
    }
    await take(question);
  });

  feature.on('edited_message', async (ctx, next) => {
    const text = addressedText(ctx);
    const edited = text === null || text === '' ? null : questionOf(ctx, text, { deliveries });
    if (edited === null) {
      await next();
      return;
    }
    const question = await edit(edited);
    if (question !== null) await takeEdited(question);
  });

  feature.chatType('private').on(NOT_TEXT, async (ctx) => {
    // An album comes as one message a picture: one sentence is enough for all.
    if (!albums.isNew(ctx.chat.id, ctx.message.media_group_id)) return;
    await ctx.reply(ctx.locale.t('only-text'), inReply(ctx));
  });
  return feature;
}

/** What people send. Service messages, such as a pinned message, want no reply. */
const NOT_TEXT = [
  'message:media',
  'message:file',
  'message:location',
  'message:contact',
  'message:poll',
  'message:dice',
  'message:game',
  'message:story',
  'message:paid_media',
  'message:checklist',
] satisfies FilterQuery[];

function inReply(ctx: BotContext) {
  const messageId = ctx.msgId;
  if (messageId === undefined) return {};
  return { reply_parameters: { message_id: messageId, allow_sending_without_reply: true } };
}
