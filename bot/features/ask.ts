import { Composer } from 'grammy';

import type { BotContext } from '../context.ts';

import type { AnswerInChat } from './answer-in-chat.ts';

/** A question in a private chat gets its answer; what is no text gets a sentence. */
export function askFeature({ answer }: { answer: AnswerInChat }): Composer<BotContext> {
  const feature = new Composer<BotContext>();
  const chat = feature.chatType('private');

  chat.on('message:text', async (ctx) => {
    await answer(ctx, { question: ctx.message.text, length: 'short' });
  });

  let lastAlbum: string | undefined;
  // What people send. Service messages, such as a pinned message, want no reply.
  chat.on(
    [
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
    ],
    async (ctx) => {
      // An album comes as one message a picture: one sentence is enough for all.
      const album = ctx.message.media_group_id;
      if (album !== undefined && album === lastAlbum) return;
      lastAlbum = album;
      await ctx.reply(ctx.locale.t('only-text'));
    },
  );
  return feature;
}
