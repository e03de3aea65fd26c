import type { BotContext } from '../context.ts';
import { describeFiles, goneNotes } from '../files/describe-file.ts';
import type { FileDesk, ReadOutcome } from '../files/file-desk.ts';
import type { ChatQuestion } from '../questions/chat-question.ts';
import { askerOf, placeOf, questionOf } from '../questions/question-of.ts';
import { replyTo } from '../questions/reply-to.ts';
import type { ChatFile, ChatFiles } from '../state/chat-files.ts';
import type { Deliveries } from '../state/deliveries.ts';

import type { SideReplies } from './side-replies.ts';

export interface FileRepliesOptions {
  files: Pick<ChatFiles, 'told'>;
  fileDesk: Pick<FileDesk, 'beginning'>;
  /** Takes a question within the limits. */
  take: (question: ChatQuestion) => Promise<void>;
  deliveries: Deliveries;
  sideReplies: SideReplies;
  hasModel: boolean;
}

/** What becomes of files once they are read: a word on each, or the question that came with them. */
export interface FileReplies {
  /** Says what each is and what can be asked, or why it could not be read. */
  tell(ctx: BotContext, outcomes: readonly ReadOutcome[]): Promise<void>;
  /** Asks about those that were read, and says why others were not. */
  askAbout(ctx: BotContext, words: string, outcomes: readonly ReadOutcome[]): Promise<void>;
  /** `thenWeb`: the web is searched where they do not answer. */
  ask(
    ctx: BotContext,
    words: string,
    asked: readonly ChatFile[],
    options?: { thenWeb?: boolean },
  ): Promise<void>;
  /** Checks what they say, as the words of a message; of a long one its beginning. */
  check(ctx: BotContext, outcomes: readonly ReadOutcome[]): Promise<void>;
  questionAbout(ctx: BotContext, words: string, asked: readonly ChatFile[]): ChatQuestion | null;
}

/** As long as a message may be. UTF-16 units. */
const longestChecked = 4096;

export function createFileReplies({
  files,
  fileDesk,
  take,
  deliveries,
  sideReplies,
  hasModel,
}: FileRepliesOptions): FileReplies {
  return { tell, askAbout, ask, check, questionAbout };

  async function askAbout(
    ctx: BotContext,
    words: string,
    outcomes: readonly ReadOutcome[],
  ): Promise<void> {
    const asked = await readable(ctx, outcomes);
    if (asked.length > 0) await ask(ctx, words, asked);
  }

  /** Those that were read, after a word on what else became of them. */
  async function readable(ctx: BotContext, outcomes: readonly ReadOutcome[]): Promise<ChatFile[]> {
    const read = outcomes.filter((outcome) => outcome.type === 'read');
    const rest = outcomes.filter((outcome) => outcome.type === 'unread');
    if (rest.length > 0) await tell(ctx, rest);
    const { chatId } = placeOf(ctx) ?? {};
    for (const note of goneNotes(read, ctx.locale)) {
      if (chatId !== undefined) await ctx.api.sendMessage(chatId, note);
    }
    return read.map(({ file }) => file);
  }

  async function check(ctx: BotContext, outcomes: readonly ReadOutcome[]): Promise<void> {
    const asked = await readable(ctx, outcomes);
    if (asked.length === 0) return;
    let text = '';
    let isCut = false;
    for (const file of asked) {
      const maxCharacters = longestChecked - text.length;
      if (maxCharacters < 200) {
        isCut = true;
        break;
      }
      const beginning = await fileDesk.beginning(file, { maxCharacters });
      text += text === '' ? beginning.text : `\n\n${beginning.text}`;
      isCut ||= beginning.isCut;
    }
    const question = questionOf(ctx, text, { deliveries });
    const place = placeOf(ctx);
    if (question === null || place === null) return;
    if (isCut) {
      await ctx.api.sendMessage(place.chatId, ctx.locale.t('check-file-beginning'), replyTo(place));
    }
    const asWhole = { inReplyTo: null, unseen: null, checked: { ownPages: [] } };
    await take({ ...question, ...asWhole });
  }

  async function ask(
    ctx: BotContext,
    words: string,
    asked: readonly ChatFile[],
    { thenWeb = false }: { thenWeb?: boolean } = {},
  ): Promise<void> {
    const question = questionAbout(ctx, words, asked);
    if (question === null || question.about === null) return;
    await take(thenWeb ? { ...question, about: { ...question.about, thenWeb } } : question);
  }

  function questionAbout(
    ctx: BotContext,
    words: string,
    asked: readonly ChatFile[],
  ): ChatQuestion | null {
    const question = questionOf(ctx, words, { deliveries });
    if (question === null) return null;
    const about = { fileIds: asked.map(({ id }) => id), task: null };
    return { ...question, inReplyTo: null, unseen: null, about };
  }

  async function tell(ctx: BotContext, outcomes: readonly ReadOutcome[]): Promise<void> {
    const told = outcomes.filter((outcome) => outcome.type !== 'forgotten');
    const place = placeOf(ctx);
    if (told.length === 0 || place === null) return;
    const isGood = told.some(({ type }) => type === 'read');
    const to = { chatId: place.chatId, askerId: askerOf(ctx) };
    if (!isGood && !sideReplies.allow('file', to)) return;
    const { message, keyboard } = describeFiles(told, ctx.locale, {
      hasModel: hasModel && ctx.settings.writer !== 'quotes',
    });
    const sent = await ctx.api.sendMessage(place.chatId, message.text, {
      ...replyTo(place),
      entities: message.entities,
      link_preview_options: { is_disabled: true },
      ...(keyboard !== null && { reply_markup: keyboard }),
    });
    for (const outcome of told) {
      if (outcome.type === 'read') files.told(outcome.file.id, sent.message_id);
    }
  }
}
