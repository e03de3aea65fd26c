import { Bot, BotError, GrammyError, HttpError, InlineKeyboard } from 'grammy';
import type { Update } from 'grammy/types';
import type { DatabaseSync } from 'node:sqlite';
import type { Logger } from 'pino';

import type { Ask } from '../generation/answer/answer-event.ts';
import type { Check } from '../generation/check/check-event.ts';
import type { FileLibrary } from '../retrieval/files/file-library.ts';

import type { Config } from './config.ts';
import type { BotContext } from './context.ts';
import type { DigestDesk } from './digest/digest-desk.ts';
import { createFindAskablePost } from './digest/askable-post.ts';
import { openDesk } from './digest/open-desk.ts';
import type { OpenDeskOptions } from './digest/open-desk.ts';
import { addFeatures } from './features/add-features.ts';
import { createDownloadFile } from './files/download-file.ts';
import { createFileDesk } from './files/file-desk.ts';
import { createFilesOfQuestion } from './files/files-of-question.ts';
import type { FilesOfQuestion } from './files/files-of-question.ts';
import { createLocales } from './locales/locale.ts';
import type { Locales } from './locales/locale.ts';
import { failureSentence } from './messages/error-reply.ts';
import { createLiveMessages } from './messages/open-live-message.ts';
import type { KeptStats } from './operator/kept-stats.ts';
import { createQuestionWork } from './questions/answer-question.ts';
import { HandedBackError } from './questions/handed-back.ts';
import { createPostOfQuestion } from './questions/post-of-question.ts';
import { createQuestionDesk } from './questions/question-desk.ts';
import type { OnStep } from './questions/step.ts';
import type { Services } from './services.ts';
import type { SourcesDesk } from './sources/sources-desk.ts';
import type { AdminCode } from './state/admin-code.ts';
import type { Admins } from './state/admins.ts';
import { createAskedPosts } from './state/asked-posts.ts';
import { createChatFiles } from './state/chat-files.ts';
import { createChatSettings } from './state/chat-settings.ts';
import { createConversations } from './state/conversations.ts';
import { createDeliveries } from './state/deliveries.ts';
import { createMovedGroups } from './state/moved-groups.ts';
import { createSendingPace } from './telegram/sending-pace.ts';
import type { SendingPace } from './telegram/sending-pace.ts';
import { configureSending, createFrameApi } from './telegram/sending.ts';
import { NotSentError, sendingFailureOf } from './telegram/sending-failure.ts';

export interface BotOptions {
  /** From @BotFather. A secret. */
  token: string;
  /** Without a slash at its end. */
  apiRoot?: string;
  ask: Ask;
  /** Null where messages are not checked. */
  check?: Check | null;
  database: DatabaseSync;
  admins: Admins;
  adminCode: AdminCode;
  access?: Pick<Config['access'], 'mode' | 'allowedIds'>;
  /** In 24 hours, of one asker. Null: as many as they like. */
  questionsPerDay?: number | null;
  /** Whom a question meets on its way, for those who ask. */
  services?: Services;
  /** What admins keep read; null where nothing is kept. */
  sources?: SourcesDesk | null;
  /** What files of chats are kept in; null where none are read. */
  files?: FileLibrary | null;
  /** What posts for the channel are made with; null where there is no channel. */
  digest?: Pick<
    OpenDeskOptions,
    'digest' | 'channel' | 'releases' | 'notices' | 'publishing'
  > | null;
  /** What is kept of the web, for /stats. */
  readKept?: (() => Promise<KeptStats>) | null;
  logger: Logger;
  locales?: Locales;
  /** Aborted when the program stops: questions in progress are left for the next start. */
  stopping?: AbortSignal;
  /** The longest that a question may take before its reader is told so. */
  answerTimeoutMs?: number;
  /** How fast messages may follow each other. */
  pace?: SendingPace;
  now?: () => Date;
  onStep?: OnStep;
}

export interface IstokBot {
  readonly bot: Bot<BotContext>;
  /** The channel's; it begins when it is told to. Null where there is no channel. */
  readonly desk: DigestDesk | null;
  /**
   * Does what an update asks for.
   * @throws {HandedBackError} when the program stops before it is done.
   */
  handle(update: Update): Promise<void>;
  /** Tells whoever sent an update that it could not be dealt with. Never throws. */
  apologize(update: Update): Promise<void>;
}

/** The bot with all its features. Nothing runs yet: run-bot.ts fetches updates for it. */
export function createBot({
  token,
  apiRoot = 'https://api.telegram.org',
  ask,
  check = null,
  database,
  admins,
  adminCode,
  access = { mode: 'public', allowedIds: [] },
  questionsPerDay = null,
  services = { searchEngines: [], models: [], embeddings: null, reranker: null, pageReader: null },
  sources = null,
  files = null,
  digest = null,
  readKept = null,
  logger,
  locales = createLocales(),
  stopping = new AbortController().signal,
  answerTimeoutMs = 120_000,
  pace = createSendingPace(),
  now = () => new Date(),
  onStep = () => {},
}: BotOptions): IstokBot {
  const bot = new Bot<BotContext>(token, { client: { apiRoot, timeoutSeconds: 60 } });
  const conversations = createConversations(database, { now });
  const deliveries = createDeliveries(database, { now });
  const settings = createChatSettings(database);
  const movedGroups = createMovedGroups(database);
  const chatFiles = createChatFiles(database);
  const fileDesk =
    files === null
      ? null
      : createFileDesk({
          download: createDownloadFile({ api: bot.api, apiRoot, token }),
          library: files,
          files: chatFiles,
          logger,
          stopping,
        });

  configureSending(bot.api, { pace, logger, stopping, onMigrated });
  const openLiveMessage = createLiveMessages({
    frameApi: createFrameApi(token, { apiRoot }),
    pace,
    logger,
    stopKeyboard({ id, locale }) {
      const keyboard = new InlineKeyboard().text(locale.t('button-stop'), `stop:${id}`);
      return { inline_keyboard: keyboard.inline_keyboard };
    },
  });
  const opened =
    digest === null
      ? null
      : openDesk({
          ...digest,
          api: bot.api,
          username: () => bot.botInfo.username,
          database,
          adminIds: () => admins.ids(),
          localeOf(adminId) {
            const { language } = settings.of(adminId);
            return language === 'auto' ? locales.ru : locales[language];
          },
          logger,
          now,
        });
  const askedPosts = createAskedPosts(database);
  const findPost = opened === null ? null : createFindAskablePost(opened);
  const work = createQuestionWork({
    ask,
    check,
    filesOf:
      fileDesk === null
        ? NO_FILES
        : createFilesOfQuestion({ files: chatFiles, desk: fileDesk, conversations }),
    ...(findPost === null ? {} : { postOf: createPostOfQuestion({ findPost, askedPosts }) }),
    hasModel: services.models.length > 0,
    api: bot.api,
    openLiveMessage,
    database,
    deliveries,
    conversations,
    locales,
    logger,
    stopping,
    answerTimeoutMs,
    now,
    onStep,
  });
  const desk = createQuestionDesk({ work });

  bot.use(async (ctx, next) => {
    ctx.settings = settings.of(ctx.chatId ?? ctx.from?.id ?? 0);
    const { language } = ctx.settings;
    ctx.locale = language === 'auto' ? locales.of(ctx.from?.language_code) : locales[language];
    ctx.isAdmin = ctx.from !== undefined && admins.isAdmin(ctx.from.id);
    await next();
  });
  addFeatures(bot, {
    ask,
    checks: check !== null,
    desk,
    database,
    conversations,
    deliveries,
    settings,
    movedGroups,
    admins,
    adminCode,
    access,
    questionsPerDay,
    services,
    sources,
    chatFiles,
    fileDesk,
    digest: opened,
    askedPost: findPost === null ? null : { findPost, askedPosts },
    readKept,
    locales,
    logger,
    stopping,
    now,
    onMigrated,
  });
  return { bot, desk: opened?.desk ?? null, handle, apologize };

  function onMigrated(fromChatId: number, toChatId: number): void {
    movedGroups.add(fromChatId, toChatId);
    conversations.move(fromChatId, toChatId);
    deliveries.move(fromChatId, toChatId);
    settings.move(fromChatId, toChatId);
    chatFiles.move(fromChatId, toChatId);
  }

  async function handle(update: Update): Promise<void> {
    try {
      await bot.handleUpdate(update);
    } catch (thrown) {
      if (!(thrown instanceof BotError)) throw thrown;
      await onError(thrown.error, thrown.ctx as BotContext);
    }
  }

  async function apologize(update: Update): Promise<void> {
    const message = update.message ?? update.edited_message ?? update.callback_query?.message;
    if (message === undefined) return;
    const from = update.callback_query?.from ?? ('from' in message ? message.from : undefined);
    const sentence = failureSentence('failed', locales.of(from?.language_code));
    try {
      await bot.api.sendMessage(message.chat.id, sentence, {
        reply_parameters: { message_id: message.message_id, allow_sending_without_reply: true },
      });
    } catch (error) {
      logger.error({ err: error }, 'a failure could not be told');
    }
  }

  async function onError(error: unknown, ctx: BotContext): Promise<void> {
    if (error instanceof HandedBackError) throw error;
    const update = ctx.update.update_id;
    if (isOfTelegram(error)) {
      const failure = sendingFailureOf(error);
      const isReaders = failure === 'blocked' || failure === 'gone' || failure === 'no-rights';
      logger[isReaders ? 'info' : 'error']({ err: error, update }, `not sent: ${failure}`);
      return;
    }
    logger.error({ err: error, update }, 'an update could not be handled');
    if (ctx.chat?.type !== 'private') return;
    try {
      await ctx.reply(failureSentence('failed', ctx.locale));
    } catch (replyError) {
      logger.error({ err: replyError }, 'a failure could not be told');
    }
  }
}

const NO_FILES: FilesOfQuestion = () => Promise.resolve(undefined);

/** Where Telegram itself is the trouble, one more message would not arrive either. */
function isOfTelegram(error: unknown): boolean {
  return (
    error instanceof GrammyError || error instanceof HttpError || error instanceof NotSentError
  );
}
