import { Composer, GrammyError } from 'grammy';
import type { InlineQueryResult } from 'grammy/types';
import type { Logger } from 'pino';

import type { Ask, AskRequest, DeclineReason } from '../../generation/answer/answer-event.ts';
import type { BotContext } from '../context.ts';
import { createInlineAsker } from '../inline/inline-asker.ts';
import type { InlineAskerOptions, Told } from '../inline/inline-asker.ts';
import { INLINE_START } from '../inline/inline-questions.ts';
import type { InlineQuestions } from '../inline/inline-questions.ts';
import { inlineResults } from '../inline/inline-results.ts';
import { createSharedAnswers } from '../inline/shared-answers.ts';
import type { SharedAnswersOptions } from '../inline/shared-answers.ts';
import type { Locales } from '../locales/locale.ts';

export interface InlineOptions
  extends Omit<InlineAskerOptions, 'answers'>, Pick<SharedAnswersOptions, 'stopping'> {
  ask: Ask;
  locales: Locales;
  logger: Logger;
  /** Where questions wait for those who take the button into the chat. */
  questions: InlineQuestions;
  /** Whether everybody may ask: then Telegram may show the results of one to the next. */
  isPublic?: boolean;
  /** How many answers are remembered and made at once, and for how long. */
  sharing?: Omit<SharedAnswersOptions, 'ask' | 'clock' | 'stopping'>;
}

/**
 * `@bot question` in any chat: a list of what can be sent there, or a button that says why there is
 * nothing and leads to the bot's own chat.
 */
export function inlineFeature({
  ask,
  locales,
  logger,
  questions,
  isPublic = true,
  sharing = {},
  clock,
  stopping,
  ...options
}: InlineOptions): Composer<BotContext> {
  const common = { ...(clock !== undefined && { clock }) };
  const answers = createSharedAnswers({
    ask,
    ...common,
    ...(stopping !== undefined && { stopping }),
    ...sharing,
  });
  const asker = createInlineAsker({ answers, ...common, ...options });

  function listOf(told: Told, request: AskRequest, ctx: BotContext, userId: number): ResultList {
    const { locale } = ctx;
    switch (told.type) {
      case 'answered': {
        const { report } = told;
        // Who reads the message need not speak the sender's language, but does that of the question.
        const own = report.language === 'other' ? locale : locales[report.language];

        return {
          results: inlineResults(report, own),
          cacheSeconds: report.modelFailed ? CACHE_SECONDS.trouble : CACHE_SECONDS.answer,
          isPersonal: !isPublic || request.quotesOnly === true || report.language === 'other',
        };
      }
      case 'declined':
        return hint(locale.t(`inline-${DECLINED[told.reason]}`), CACHE_SECONDS.declined);
      case 'failed':
        return hint(locale.t('inline-failed'), CACHE_SECONDS.trouble);
      case 'not-allowed':
        return hint(locale.t('inline-limit'), CACHE_SECONDS.trouble);
      case 'late': {
        const startParameter = questions.remember(userId, request.question);
        return hint(locale.t('inline-late'), CACHE_SECONDS.late, startParameter);
      }
    }
  }

  const feature = new Composer<BotContext>();
  feature.on('inline_query', async (ctx) => {
    const { query, offset } = ctx.inlineQuery;
    const userId = ctx.from.id;
    // There is never a second page of results.
    if (offset !== '') return await answer(ctx, { results: [], cacheSeconds: 300 }, logger);
    if ((query.match(/[\p{L}\p{N}]/gu) ?? []).length < SHORTEST_QUERY) {
      asker.giveUp(userId);
      return await answer(ctx, hint(ctx.locale.t('inline-hint'), CACHE_SECONDS.hint), logger);
    }
    const request = requestOf(query, ctx);
    const told = await asker.ask({ userId, id: ctx.update.update_id, request });
    // The app has asked for something else by now.
    if (told === null) return;
    await answer(ctx, listOf(told, request, ctx, userId), logger);
  });
  return feature;
}

interface ResultList {
  results: InlineQueryResult[];
  /** How long Telegram may give the list to whoever types the same. */
  cacheSeconds: number;
  isPersonal?: boolean;
  button?: { text: string; start_parameter: string };
}

const SHORTEST_QUERY = 3;

const CACHE_SECONDS = { answer: 300, hint: 30, declined: 10, trouble: 5, late: 0 };

/** A button has room for a few words, so there are fewer reasons than in a chat. */
const DECLINED: Record<DeclineReason, string> = {
  'nothing-found': 'nothing-found',
  'nothing-read': 'nothing-read',
  'not-answered': 'nothing-found',
  'search-failed': 'search-failed',
  'not-in-files': 'nothing-found',
  'no-question': 'hint',
  'empty-question': 'hint',
  'question-too-long': 'too-long',
  'unsupported-language': 'unsupported-language',
};

function requestOf(query: string, { settings }: BotContext): AskRequest {
  const quotesOnly = settings.writer === 'quotes';
  return { question: query, length: 'short', ...(quotesOnly && { quotesOnly }) };
}

/** In the words of one language, so never for others. */
function hint(text: string, cacheSeconds: number, startParameter = INLINE_START): ResultList {
  const button = { text, start_parameter: startParameter };
  return { results: [], cacheSeconds, isPersonal: true, button };
}

async function answer(
  ctx: BotContext,
  { results, cacheSeconds, isPersonal = false, button }: ResultList,
  logger: Logger,
): Promise<void> {
  try {
    await ctx.answerInlineQuery(results, {
      cache_time: cacheSeconds,
      is_personal: isPersonal,
      ...(button !== undefined && { button }),
    });
  } catch (error) {
    if (!(error instanceof GrammyError) || !/query is too old/iu.test(error.description)) {
      throw error;
    }
    logger.info('an inline query was answered too late');
  }
}
