import type { DatabaseSync } from 'node:sqlite';

import type { Bot } from 'grammy';
import type { Logger } from 'pino';

import type { Ask } from '../../generation/answer/answer-event.ts';
import type { Config } from '../config.ts';
import type { BotContext } from '../context.ts';
import { createInlineQuestions } from '../inline/inline-questions.ts';
import type { FileDesk } from '../files/file-desk.ts';
import type { Locale, Locales } from '../locales/locale.ts';
import type { KeptStats } from '../operator/kept-stats.ts';
import { limitSentence } from '../messages/limit-sentence.ts';
import { answerKeyboard } from '../questions/answer-keyboard.ts';
import type { ChatQuestion } from '../questions/chat-question.ts';
import { createPasteJoiner } from '../questions/paste-joiner.ts';
import { createQuestionLimits } from '../questions/question-limits.ts';
import type { QuestionDesk } from '../questions/question-desk.ts';
import { replyTo } from '../questions/reply-to.ts';
import type { Services } from '../services.ts';
import type { AdminCode } from '../state/admin-code.ts';
import type { Admins } from '../state/admins.ts';
import type { ChatFiles } from '../state/chat-files.ts';
import type { ChatSettingsStore } from '../state/chat-settings.ts';
import type { Conversations } from '../state/conversations.ts';
import type { Deliveries } from '../state/deliveries.ts';
import type { MovedGroups } from '../state/moved-groups.ts';
import { createFeedback } from '../state/feedback.ts';
import { forgetChat } from '../state/forget.ts';
import { readStats } from '../state/stats.ts';
import { createReindexMessages } from '../sources/reindex-message.ts';
import type { OpenedDesk } from '../digest/open-desk.ts';
import type { SourcesDesk } from '../sources/sources-desk.ts';
import { createUsage } from '../state/usage.ts';

import { accessFeature } from './access.ts';
import { adminFeature } from './admin.ts';
import { againFeature } from './again.ts';
import { checkFeature } from './check.ts';
import { channelPostsFeature } from './channel-posts.ts';
import { digestDraftsFeature } from './digest-drafts.ts';
import { createDigestMessages } from './digest-messages.ts';
import { digestFeature, noDigestFeature } from './digest.ts';
import { createEditedQuestions } from './edited-questions.ts';
import { askFeature } from './ask.ts';
import { askedPostFeature } from './asked-post.ts';
import type { AskedPostOptions } from './asked-post.ts';
import { announceToAdmin } from './commands.ts';
import { feedbackFeature } from './feedback.ts';
import { filesFeature } from './files.ts';
import { forgetFeature } from './forget.ts';
import { inlineFeature } from './inline.ts';
import { membershipFeature } from './membership.ts';
import { createRecentAlbums } from './recent-albums.ts';
import { createRecentForwards } from './recent-forwards.ts';
import { privacyFeature } from './privacy.ts';
import { settingsFeature } from './settings.ts';
import { createSideReplies, groupCommandsFeature } from './side-replies.ts';
import { sourceFeature } from './source.ts';
import { sourcesFeature } from './sources.ts';
import { startFeature } from './start.ts';
import { statsFeature } from './stats.ts';
import { stopFeature } from './stop.ts';
import { unknownFeature } from './unknown.ts';

export interface FeatureParts {
  ask: Ask;
  /** Whether messages are checked. */
  checks: boolean;
  desk: QuestionDesk;
  database: DatabaseSync;
  conversations: Conversations;
  deliveries: Deliveries;
  settings: ChatSettingsStore;
  movedGroups: MovedGroups;
  admins: Admins;
  adminCode: AdminCode;
  access: Pick<Config['access'], 'mode' | 'allowedIds'>;
  questionsPerDay: number | null;
  services: Services;
  sources: SourcesDesk | null;
  chatFiles: ChatFiles;
  /** Null where files are not read. */
  fileDesk: FileDesk | null;
  /** Null where there is no channel. */
  digest: OpenedDesk | null;
  /** Null where there are no posts to ask about. */
  askedPost: AskedPostOptions | null;
  readKept: (() => Promise<KeptStats>) | null;
  locales: Locales;
  logger: Logger;
  stopping: AbortSignal;
  now: () => Date;
  onMigrated: (fromChatId: number, toChatId: number) => void;
}

/** All that people can do with the bot, in the order in which an update passes it. */
export function addFeatures(
  bot: Bot<BotContext>,
  {
    ask,
    checks,
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
    digest,
    askedPost,
    readKept,
    locales,
    logger,
    stopping,
    now,
    onMigrated,
  }: FeatureParts,
): void {
  const limits = createQuestionLimits({
    usage: createUsage(database, { now }),
    perDay: questionsPerDay,
    isUnlimited: (askerId) => admins.isAdmin(askerId),
    now,
  });
  const sideReplies = createSideReplies({ now });
  const inlineQuestions = createInlineQuestions();
  const pastes = createPasteJoiner({ take: takeWithinLimits });
  const { take, edit } = pastes;
  const takeEdited = createEditedQuestions({ admit, desk, conversations, deliveries });
  const forwards = createRecentForwards({ now });
  const albums = createRecentAlbums();

  const digestMessages =
    digest === null ? null : createDigestMessages({ ...digest, checks, logger, stopping });

  bot.use(
    // A channel asks nothing.
    ...(digest === null ? [] : [channelPostsFeature(digest)]),
    // Before everything that could wait or refuse: what is under way can always be ended.
    stopFeature({ desk, sideReplies }),
    adminFeature({
      adminCode,
      onClaimed: (userId) => announceToAdmin(bot.api, userId, locales),
      sideReplies,
      logger,
    }),
    groupCommandsFeature({ sideReplies }),
    // Who may not ask any more may still know what is kept, and have it forgotten.
    privacyFeature({ services }),
    forgetFeature({
      forget: (chatId) => forgetChat(database, chatId),
      async onForget(chatId) {
        pastes.drop(chatId);
        inlineQuestions.forget(chatId);
        forwards.forget(chatId);
        await desk.withdrawAll(chatId);
        await fileDesk?.forget(chatId);
      },
      logger,
    }),
    accessFeature({ access, formerIds: movedGroups.formerIds, logger, now }),
    membershipFeature({ onMigrated, logger }),
    ...(askedPost === null ? [] : [askedPostFeature({ ...askedPost, now })]),
    startFeature({
      take,
      deliveries,
      recall: inlineQuestions.recall,
      onAdmin(userId) {
        announceToAdmin(bot.api, userId, locales).catch((error: unknown) => {
          logger.warn({ err: error }, 'the list of commands could not be set for an admin');
        });
      },
    }),
    settingsFeature({ settings, locales, hasModel: services.models.length > 0 }),
    statsFeature({ readStats: () => readStats(database, { now: now() }), readKept, logger }),
    ...(sources === null ? [] : [sourcesOf(sources)]),
    ...(digest === null ? [noDigestFeature()] : digestOf(digest)),
    sourceFeature({ conversations }),
    feedbackFeature({
      feedback: createFeedback(database),
      conversations,
      keyboard: answerKeyboard,
      logger,
    }),
    againFeature({ desk, refuse, conversations, deliveries }),
    inlineFeature({
      ask,
      locales,
      logger,
      questions: inlineQuestions,
      isPublic: access.mode === 'public',
      stopping,
      allow: (userId, id) => limits.allow(userId, id).allowed,
    }),
    ...(digestMessages === null ? [] : [digestMessages.feature]),
    ...(fileDesk === null ? [] : [filesOf(fileDesk)]),
    ...(checks ? [checkingFeature()] : []),
    askFeature({ take, edit, takeEdited, sideReplies, albums, deliveries }),
    unknownFeature(),
  );

  function sourcesOf(desk: SourcesDesk) {
    const reindexes = createReindexMessages({ api: bot.api, reindexer: desk.reindexer, logger });
    return sourcesFeature({ desk, reindexes, now });
  }

  function digestOf(opened: OpenedDesk) {
    const hasModel = services.models.length > 0;
    const parts = { ...opened, hasModel, logger, stopping, now };
    return [digestFeature(parts), digestDraftsFeature(parts)];
  }

  function filesOf(desk: FileDesk) {
    return filesFeature({
      files: chatFiles,
      fileDesk: desk,
      take: takeWithinLimits,
      takeAdmitted,
      takeEdited,
      refuse,
      deliveries,
      sideReplies,
      hasModel: services.models.length > 0,
      checks,
      logger,
    });
  }

  function takeAdmitted(question: ChatQuestion): Promise<void> {
    return desk.take(question);
  }

  function checkingFeature() {
    return checkFeature({
      take,
      takeWhole: takeWithinLimits,
      takeAdmitted,
      takeEdited,
      refuse,
      forwards,
      sideReplies,
      albums,
      deliveries,
      locales,
      ...(digestMessages === null ? {} : { takeOtherwise: digestMessages.takeForwarded }),
    });
  }

  function refuse(ctx: BotContext, askerId: number): string | null {
    return refusalOf(askerId, ctx.update.update_id, ctx.locale);
  }

  function refusalOf(askerId: number, questionId: number, locale: Locale): string | null {
    const allowance = limits.allow(askerId, questionId);
    return allowance.allowed ? null : limitSentence(allowance, locale, now());
  }

  async function admit({ askerId, id, locale, place }: ChatQuestion): Promise<boolean> {
    const refusal = refusalOf(askerId, id, locale);
    if (refusal === null) return true;
    if (sideReplies.allow('limit', { chatId: place.chatId, askerId })) {
      await bot.api.sendMessage(place.chatId, refusal, replyTo(place));
    }
    return false;
  }

  async function takeWithinLimits(question: ChatQuestion): Promise<void> {
    if (await admit(question)) await desk.take(question);
  }
}
