import { Composer } from 'grammy';
import type { Logger } from 'pino';

import type { BotContext } from '../context.ts';
import type { Locale } from '../locales/locale.ts';
import { FormattedTextBuilder } from '../messages/formatted-text.ts';
import type { FormattedText } from '../messages/formatted-text.ts';
import type { KeptStats } from '../operator/kept-stats.ts';
import type { PeriodStats, Stats } from '../state/stats.ts';

/** /stats: how the bot serves its readers. For admins only, and in private, as it shows questions. */
export function statsFeature({
  readStats,
  readKept = null,
  logger,
}: {
  readStats: () => Stats;
  /** What is kept of the web; null where nothing is. */
  readKept?: (() => Promise<KeptStats>) | null;
  logger: Logger;
}): Composer<BotContext> {
  const feature = new Composer<BotContext>();
  feature.command('stats', async (ctx, next) => {
    if (!ctx.isAdmin) {
      await next();
      return;
    }
    if (ctx.chat.type !== 'private') {
      await ctx.reply(ctx.locale.t('stats-not-here'));
      return;
    }
    const kept = await readKept?.().catch((error: unknown) => {
      logger.warn({ err: error }, 'what is kept could not be counted');
    });
    const { text, entities } = describeStats(readStats(), kept ?? null, ctx.locale);
    await ctx.reply(text, { entities, link_preview_options: { is_disabled: true } });
  });
  return feature;
}

function describeStats(
  { day, week, disliked }: Stats,
  kept: KeptStats | null,
  locale: Locale,
): FormattedText {
  const { t } = locale;
  const out = new FormattedTextBuilder();
  for (const [title, period] of [
    [t('stats-day'), day],
    [t('stats-week'), week],
  ] as const) {
    out.wrap({ type: 'bold' }, () => out.append(title)).append('\n');
    out.append(`${describePeriod(period, locale).join('\n')}\n\n`);
  }
  if (kept !== null) {
    out.wrap({ type: 'bold' }, () => out.append(t('stats-kept'))).append('\n');
    out.append(`${describeKept(kept, locale).join('\n')}\n\n`);
  }
  if (disliked.length > 0) {
    out.wrap({ type: 'bold' }, () => out.append(t('stats-disliked')));
    for (const question of disliked) out.append(`\n• ${shorten(question)}`);
  }
  return out.build();
}

function describePeriod(period: PeriodStats, { t }: Locale): string[] {
  const { questions, chats, liked, disliked, medianMs, p95Ms } = period;
  if (questions === 0) return [t('stats-none')];
  const percent = (count: number): number => Math.round((100 * count) / questions);
  const lines = [
    t('stats-questions', { questions }),
    t('stats-chats', { chats }),
    t('stats-shares', {
      answered: percent(period.answered),
      declined: percent(period.declined),
      failed: percent(period.failed),
      stopped: percent(period.stopped),
    }),
  ];
  if (medianMs !== null && p95Ms !== null) {
    lines.push(t('stats-times', { median: inSeconds(medianMs), slow: inSeconds(p95Ms) }));
  }
  return [...lines, t('stats-ratings', { liked, disliked })];
}

function describeKept(kept: KeptStats, { t }: Locale): string[] {
  const { pages, passages, sources, bytes, fetched, fromCache } = kept;
  const lines = [t('source-holds', { pages, passages }), t('stats-sources', { count: sources })];
  lines.push(t('stats-disk', { megabytes: Math.ceil(bytes / 1_000_000) }));
  if (fetched > 0) lines.push(t('stats-cache', { share: Math.round((100 * fromCache) / fetched) }));
  return lines;
}

function inSeconds(ms: number): number {
  return Math.round(ms / 100) / 10;
}

function shorten(question: string): string {
  const line = question.replaceAll(/\s+/gu, ' ').trim();
  return line.length > 120 ? `${line.slice(0, 119).trimEnd()}…`.toWellFormed() : line;
}
