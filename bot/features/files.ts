import { Composer } from 'grammy';
import type { Message } from 'grammy/types';
import type { Logger } from 'pino';

import { endingOf } from '../../retrieval/extract/source-code.ts';
import type { FileTask } from '../../generation/answer/requested-files.ts';
import type { BotContext } from '../context.ts';
import type { FileDesk, ReadOutcome } from '../files/file-desk.ts';
import type { ChatQuestion } from '../questions/chat-question.ts';
import { placeOf, questionOf } from '../questions/question-of.ts';
import type { ChatFile, ChatFiles } from '../state/chat-files.ts';
import type { Deliveries } from '../state/deliveries.ts';
import { showTyping } from '../telegram/typing.ts';

import { acknowledge } from './acknowledge.ts';
import { addressedText, isSentThrough } from './addressed.ts';
import type { RefuseQuestion } from './again.ts';
import { createAlbums } from './albums.ts';
import { codeFragmentIn, repliedFragment, withQuote } from './code-fragment.ts';
import type { CodeFragment } from './code-fragment.ts';
import { checkWish } from './check-wish.ts';
import { asksWhetherTrue } from './checked-message.ts';
import { createFileReplies } from './file-replies.ts';
import { repliedFile, repliedHere, sentFile } from './sent-files.ts';
import type { SideReplies } from './side-replies.ts';

export interface FilesFeatureOptions {
  files: ChatFiles;
  fileDesk: FileDesk;
  /** Takes a question within the limits. */
  take: (question: ChatQuestion) => Promise<void>;
  /** Takes it without asking whether it may be asked. */
  takeAdmitted: (question: ChatQuestion) => Promise<void>;
  takeEdited: (question: ChatQuestion) => Promise<void>;
  refuse: RefuseQuestion;
  deliveries: Deliveries;
  sideReplies: SideReplies;
  hasModel: boolean;
  /** Whether messages are checked: a file's words are then as well. */
  checks: boolean;
  logger: Logger;
}

/**
 * Files that people send: each is read for its chat alone. Its caption, or a reply to it, is a question
 * about it. In a group a file is read when somebody asks the bot about it.
 */
export function filesFeature({
  files,
  fileDesk,
  take,
  takeAdmitted,
  takeEdited,
  refuse,
  deliveries,
  sideReplies,
  hasModel,
  checks,
  logger,
}: FilesFeatureOptions): Composer<BotContext> {
  const feature = new Composer<BotContext>();
  const albums = createAlbums<ReadOutcome>();
  const replies = createFileReplies({
    files,
    fileDesk,
    take,
    deliveries,
    sideReplies,
    hasModel,
  });
  const { tell, ask, askAbout, check, questionAbout } = replies;

  feature.on('message:document', async (ctx, next) => {
    const file = sentFile(ctx, ctx.message);
    const isCheck = checks && checkWish(ctx, ctx.message)?.text === null;
    const caption = isCheck ? '' : addressedText(ctx);
    const isPrivate = ctx.chat.type === 'private';
    if (
      file === null ||
      isSentThrough(ctx.message, ctx.me.id) ||
      (!isPrivate && caption === null)
    ) {
      await next();
      return;
    }
    // A command for something else is none of ours.
    if (ctx.message.caption !== undefined && caption === null) {
      await next();
      return;
    }
    const words = isQuestion(ctx.message, caption ?? '') ? (caption ?? '') : '';
    const stopTyping = typing(ctx);
    let outcomes: ReadOutcome[] | null;
    try {
      outcomes = await albums.gather(ctx.chat.id, file.albumId, fileDesk.read(file), {
        isAsked: words !== '' || isCheck,
      });
    } finally {
      stopTyping();
    }
    if (outcomes === null) return;
    if (isCheck) await check(ctx, outcomes);
    else if (words !== '') await askAbout(ctx, words, outcomes);
    else if (!outcomes.every(isToldAlready)) await tell(ctx, outcomes);
  });

  feature.on('message', async (ctx, next) => {
    const words = addressedText(ctx);
    const replied = ctx.message.reply_to_message ?? ctx.message.external_reply;
    if (checks && replied !== undefined && checkWish(ctx, ctx.message)?.text === null) {
      await checkReplied(ctx, replied, next);
      return;
    }
    if (words === null || asksWhetherTrue(words)) {
      await next();
      return;
    }
    // What the bot has shown of a file is asked about as that file.
    const isOwn = ctx.message.reply_to_message?.from?.id === ctx.me.id;
    const fragment =
      codeFragmentIn(ctx.message, words) ?? (isOwn ? null : repliedFragment(ctx.message, words));
    if (fragment !== null) {
      await takeFragment(ctx, fragment, next);
      return;
    }
    if (replied === undefined) {
      await next();
      return;
    }
    const known = filesOf(ctx, repliedHere(ctx.message) ?? undefined);
    const file = repliedFile(ctx, replied);
    if (known.length === 0 && file === null) {
      await next();
      return;
    }
    if (known.length > 0) {
      if (words === '') await tell(ctx, known.map(toOutcome));
      else await ask(ctx, withQuote(words, ctx.message), known);
      return;
    }
    if (file === null) return;
    const stopTyping = typing(ctx);
    const outcome = await fileDesk.read(file).finally(stopTyping);
    if (words === '') await tell(ctx, [outcome]);
    else await askAbout(ctx, words, [outcome]);
  });

  feature.on('edited_message', async (ctx, next) => {
    const words = addressedText(ctx);
    const { message_id: ownId, reply_to_message: replied } = ctx.editedMessage;
    const own = filesOf(ctx, ownId);
    const known = own.length > 0 ? own : filesOf(ctx, replied?.message_id);
    if (words === null || words === '' || known.length === 0) {
      await next();
      return;
    }
    const question = questionAbout(ctx, words, known);
    if (question !== null) await takeEdited(question);
  });

  feature.callbackQuery(
    /^file:(summary|explain|tests|documentation|refactor):(\d{1,15})$/u,
    async (ctx) => {
      const task = ctx.match[1] as FileTask;
      const file = files.find(Number(ctx.match[2]));
      const place = placeOf(ctx);
      // Callback data can be forged, and the file may have been forgotten.
      const isHere = file !== null && file.chatId === ctx.chatId && place !== null;
      if (!isHere || (file.threadId !== place.threadId && place.kind !== 'private')) {
        await acknowledge(ctx, ctx.locale.t('button-expired'));
        return;
      }
      const refusal = refuse(ctx, ctx.from.id);
      await acknowledge(ctx, refusal ?? undefined, { isAlert: refusal !== null });
      if (refusal !== null) return;
      const isCode = file.kind === 'code';
      const wish = task === 'summary' && isCode ? 'outline' : task;
      const question = questionOf(ctx, ctx.locale.t(`file-wish-${wish}`), { deliveries });
      if (question === null) return;
      await takeAdmitted({
        ...question,
        place: { ...question.place, messageId: file.messageId },
        askedAt: new Date(),
        inReplyTo: null,
        unseen: null,
        length: task === 'summary' ? question.length : 'long',
        about: { fileIds: [file.id], task },
      });
    },
  );

  return feature;

  function filesOf(ctx: BotContext, messageId: number | undefined): ChatFile[] {
    if (ctx.chatId === undefined || messageId === undefined) return [];
    const known = files.ofMessage(ctx.chatId, messageId);
    const { albumId = null } = known[0] ?? {};
    // One line told of all that came together.
    const isTold = known.some(({ toldMessageId }) => toldMessageId === messageId);
    if (albumId === null || !isTold) return known;
    return files.ofChat(ctx.chatId).filter((file) => file.albumId === albumId);
  }

  /** Words of a message are checked before what is attached to it. */
  async function checkReplied(
    ctx: BotContext,
    replied: NonNullable<Message['reply_to_message'] | Message['external_reply']>,
    next: () => Promise<void>,
  ): Promise<void> {
    const hasWords = 'caption' in replied && (replied.caption ?? '').trim() !== '';
    const file = repliedFile(ctx, replied);
    const isCaption = hasWords && !asksWhetherTrue(replied.caption ?? '');
    // What the bot said when it had read them has nothing to check.
    const told = filesOf(
      ctx,
      (ctx.message === undefined ? null : repliedHere(ctx.message)) ?? undefined,
    ).map(toOutcome);
    if (file === null && told.length > 0 && ctx.message?.quote === undefined) {
      await check(ctx, told);
      return;
    }
    if (file === null || isCaption || ctx.message?.quote !== undefined) {
      await next();
      return;
    }
    const stopTyping = typing(ctx);
    await check(ctx, [await fileDesk.read(file).finally(stopTyping)]);
  }

  /** Code in the message itself is a file of few lines. */
  async function takeFragment(
    ctx: BotContext,
    { code, language, rest }: CodeFragment,
    next: () => Promise<void>,
  ): Promise<void> {
    const place = placeOf(ctx);
    if (place === null || ctx.msg === undefined) return;
    const ending = language === null ? null : endingOf(language);
    const name = ctx.locale.t('file-fragment') + (ending === null ? '' : `.${ending}`);
    const outcome = await fileDesk.read({
      place: { chatId: place.chatId, threadId: place.threadId },
      messageId: ctx.msg.message_id,
      albumId: null,
      name,
      sentAt: new Date(ctx.msg.date * 1000),
      content: { text: code },
    });
    if (outcome.type === 'forgotten') return;
    if (outcome.type === 'unread') await next();
    else if (rest === '') await tell(ctx, [outcome]);
    else await ask(ctx, rest, [outcome.file], { thenWeb: true });
  }

  function typing(ctx: BotContext): () => void {
    const place = placeOf(ctx);
    return place === null ? () => {} : showTyping(ctx.api, place, { logger });
  }
}

/** What somebody else wrote under a file is no question to the bot, unless it asks something. */
function isQuestion(message: Message, caption: string): boolean {
  if (caption === '') return false;
  return message.forward_origin === undefined || /[?？][\s)»”"!]*$/u.test(caption);
}

/** An update that a restart brings again tells nothing twice. */
function isToldAlready(outcome: ReadOutcome): boolean {
  return outcome.type === 'read' && !outcome.isKnown && outcome.file.toldMessageId !== null;
}

function toOutcome(file: ChatFile): ReadOutcome {
  return { type: 'read', file, isKnown: false, gone: [] };
}
