import { Composer, GrammyError } from 'grammy';
import type { InlineKeyboardButton } from 'grammy/types';

import { SOURCE_KINDS, SourceError } from '../../retrieval/sources/source.ts';
import type { Source, SourceKind } from '../../retrieval/sources/source.ts';
import type { BotContext } from '../context.ts';
import type { Locale } from '../locales/locale.ts';
import { describeSources } from '../sources/describe-sources.ts';
import { guessKind } from '../sources/guess-kind.ts';
import type { ReindexMessages } from '../sources/reindex-message.ts';
import { readLimits } from '../sources/read-limits.ts';
import type { SourcesDesk } from '../sources/sources-desk.ts';

import { acknowledge } from './acknowledge.ts';

export interface SourcesOptions {
  desk: SourcesDesk;
  reindexes: ReindexMessages;
  now?: () => Date;
}

/**
 * /sources and /reindex: what an admin keeps read. Both in private, since addresses may be nobody
 * else's business.
 */
export function sourcesFeature({
  desk,
  reindexes,
  now = () => new Date(),
}: SourcesOptions): Composer<BotContext> {
  const feature = new Composer<BotContext>();

  feature.command(['sources', 'reindex'], async (ctx, next) => {
    if (!ctx.isAdmin || ctx.chat.type !== 'private') {
      await ctx.reply(ctx.locale.t(ctx.isAdmin ? 'stats-not-here' : 'sources-admins-only'));
      return;
    }
    await next();
  });

  feature.command('sources', async (ctx) => {
    const [action = '', ...words] = ctx.match.split(/\s+/u).filter((word) => word !== '');
    if (action === '') return showList(ctx);
    if (/^(?:add|добавить)$/iu.test(action)) return add(ctx, words);
    if (/^https?:\/\//iu.test(action)) return add(ctx, [action, ...words]);
    if (/^(?:set|задать|настроить)$/iu.test(action)) {
      await ctx.reply(setLimits(words, ctx.locale));
      return;
    }
    const change = ACTIONS.find(({ words: known }) => known.test(action))?.name;
    if (change === undefined) {
      await ctx.reply(ctx.locale.t('sources-usage'));
      return;
    }
    await ctx.reply(await apply(change, words[0] ?? '', ctx.locale));
  });

  feature.command('reindex', async (ctx) => {
    const ids = ctx.match.split(/\s+/u).filter((word) => word !== '');
    const unknown = ids.find((id) => desk.store.find(id) === null);
    if (unknown !== undefined) {
      await ctx.reply(ctx.locale.t('source-fault-unknown'));
      return;
    }
    if (desk.store.list().length === 0) {
      await ctx.reply(ctx.locale.t('sources-none'));
      return;
    }
    await reindexes.begin({
      chatId: ctx.chatId,
      locale: ctx.locale,
      ids: ids.length === 0 ? null : ids,
    });
  });

  feature.callbackQuery('reindex:cancel', async (ctx, next) => {
    if (!ctx.isAdmin) return next();
    const isCancelled = reindexes.cancel();
    await acknowledge(ctx, ctx.locale.t(isCancelled ? 'reindex-cancelling' : 'reindex-over'));
  });

  feature.callbackQuery(/^src:(pause|resume|read|remove|surely):(.{1,50})$/u, async (ctx, next) => {
    const [, action = '', id = ''] = ctx.match;
    if (!ctx.isAdmin) return next();
    const { t } = ctx.locale;
    if (desk.store.find(id) === null) {
      await acknowledge(ctx, t('source-fault-unknown'), { isAlert: true });
      return;
    }
    if (action === 'read') {
      await acknowledge(ctx, t('reindex-begins'));
      await reindexes.begin({ chatId: ctx.from.id, locale: ctx.locale, ids: [id] });
      return;
    }
    if (action === 'remove') {
      await acknowledge(ctx);
      await ctx.reply(t('source-remove-surely', { id }), {
        reply_markup: {
          inline_keyboard: [[{ text: t('source-remove'), callback_data: `src:surely:${id}` }]],
        },
      });
      return;
    }
    const change = action === 'surely' ? 'remove' : action === 'pause' ? 'pause' : 'resume';
    const said = await apply(change, id, ctx.locale);
    await acknowledge(ctx, said);
    if (change === 'remove') await ctx.editMessageText(said).catch(ignoreRefusal);
    else await editList(ctx, id);
  });
  return feature;

  async function showList(ctx: BotContext): Promise<void> {
    for (const { text, shown: _shown, ...options } of await list(ctx.locale)) {
      await ctx.reply(text, options);
    }
  }

  /** The message of the list that shows the source: its button was pressed there. */
  async function editList(ctx: BotContext, id: string): Promise<void> {
    const message = (await list(ctx.locale)).find(({ shown }) =>
      shown.some((source) => source.id === id),
    );
    if (message === undefined) return;
    const { text, shown: _shown, ...options } = message;
    await ctx.editMessageText(text, options).catch(ignoreRefusal);
  }

  async function list(locale: Locale) {
    const counts = await desk.countBySource();
    const sources = desk.store.list();
    const described = sources.map((source) => ({
      source,
      run: desk.store.latestRun(source.id),
      count: counts.get(source.id) ?? { pages: 0, passages: 0 },
    }));
    return describeSources(described, locale, now()).map((message) => ({
      ...message,
      link_preview_options: { is_disabled: true },
      reply_markup: { inline_keyboard: message.shown.map(buttonsOf) },
    }));
  }

  async function add(ctx: BotContext, words: readonly string[]): Promise<void> {
    const { t } = ctx.locale;
    const { limits, everyHours, rest, wrong } = readLimits(words);
    const address = rest.find((word) => !isKind(word)) ?? '';
    const kind = rest.find(isKind);
    if (wrong !== null) {
      await ctx.reply(t('source-fault-limit', { word: wrong }));
      return;
    }
    const refusal = desk.refuseAddress(address);
    if (refusal !== null) {
      await ctx.reply(t(`source-fault-${refusal}`));
      return;
    }
    try {
      const source = desk.store.add({
        kind: kind ?? guessKind(address),
        address,
        limits,
        ...(everyHours === null ? {} : { everyHours }),
      });
      await ctx.reply(t('source-added', { id: source.id, kind: t(`source-kind-${source.kind}`) }));
      await reindexes.begin({ chatId: ctx.chatId ?? 0, locale: ctx.locale, ids: [source.id] });
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      await ctx.reply(t(`source-fault-${error.reason}`));
    }
  }

  /** @returns what is to be said */
  function setLimits(words: readonly string[], { t }: Locale): string {
    const { limits, everyHours, rest, wrong } = readLimits(words);
    const source = desk.store.find(rest[0] ?? '');
    if (source === null) return t('source-fault-unknown');
    if (wrong !== null) return t('source-fault-limit', { word: wrong });
    const after = desk.store.change(source.id, {
      limits: { ...source.limits, ...limits },
      everyHours: everyHours ?? source.everyHours,
    });
    const { pages, depth } = after.limits;
    return t('source-set', { id: source.id, pages, depth, hours: after.everyHours });
  }

  /** @returns what is to be said */
  async function apply(
    change: 'pause' | 'resume' | 'remove' | 'prefer',
    id: string,
    { t }: Locale,
  ): Promise<string> {
    const source = desk.store.find(id);
    if (source === null) return t('source-fault-unknown');
    if (change === 'prefer') {
      const { preferred } = desk.store.change(id, { preferred: !source.preferred });
      return t(preferred ? 'source-preferred' : 'source-unpreferred', { id });
    }
    if (change === 'remove') await desk.remove(id);
    else desk.store.change(id, { paused: change === 'pause' });
    return t(`source-${change}d`, { id });
  }
}

const ACTIONS = [
  { name: 'pause', words: /^(?:pause|пауза|остановить)$/iu },
  { name: 'resume', words: /^(?:resume|продолжить|вернуть)$/iu },
  { name: 'prefer', words: /^(?:prefer|предпочитать|важный)$/iu },
  { name: 'remove', words: /^(?:remove|delete|удалить|убрать)$/iu },
] as const;

function isKind(word: string): word is SourceKind {
  return SOURCE_KINDS.some((kind) => kind === word.toLowerCase());
}

function buttonsOf({ id, paused }: Source): InlineKeyboardButton[] {
  const pause = paused
    ? { text: `▶️ ${id}`, callback_data: `src:resume:${id}` }
    : { text: `⏸ ${id}`, callback_data: `src:pause:${id}` };
  return [
    pause,
    { text: '🔄', callback_data: `src:read:${id}` },
    { text: '🗑', callback_data: `src:remove:${id}` },
  ];
}

/** Telegram refuses an edit that changes nothing, and one of a message of long ago. */
function ignoreRefusal(error: unknown): void {
  if (!(error instanceof GrammyError) || error.error_code !== 400) throw error;
}
