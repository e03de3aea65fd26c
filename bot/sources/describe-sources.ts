import type { IndexCount } from '../../retrieval/index/passage-index.ts';
import type { Source, SourceRun } from '../../retrieval/sources/source.ts';
import type { Locale } from '../locales/locale.ts';
import { FormattedTextBuilder } from '../messages/formatted-text.ts';
import type { FormattedText } from '../messages/formatted-text.ts';

import { sourceNote } from './source-note.ts';

export interface DescribedSource {
  source: Source;
  run: SourceRun | null;
  count: IndexCount;
}

/** More would not fit one message with its buttons. */
export const SHOWN_SOURCES = 20;

/** The list of sources: what each is, what it holds, how old that is, what went wrong. */
export function describeSources(
  sources: readonly DescribedSource[],
  locale: Locale,
  now: Date,
): FormattedText {
  const { t } = locale;
  const out = new FormattedTextBuilder();
  if (sources.length === 0) return out.append(t('sources-none')).build();
  out.wrap({ type: 'bold' }, () => out.append(t('sources-title')));
  for (const described of sources.slice(0, SHOWN_SOURCES)) {
    out.append('\n\n');
    appendSource(out, described, locale, now);
  }
  const hidden = sources.length - SHOWN_SOURCES;
  if (hidden > 0) out.append(`\n\n${t('sources-more', { count: hidden })}`);
  return out.append(`\n\n${t('sources-usage')}`).build();
}

function appendSource(
  out: FormattedTextBuilder,
  { source, run, count }: DescribedSource,
  locale: Locale,
  now: Date,
): void {
  const { t } = locale;
  const marks = `${source.paused ? '⏸ ' : ''}${source.preferred ? '⭐ ' : ''}`;
  out.append(marks);
  out.wrap({ type: 'code' }, () => out.append(source.id));
  out.append(` · ${t(`source-kind-${source.kind}`)}\n`);
  out.wrap({ type: 'text_link', url: source.address }, () => out.append(shorten(source.address)));
  out.append(`\n${t('source-holds', { pages: count.pages, passages: count.passages })}`);
  out.append(`, ${describeAge(run, source, locale, now)}`);
  if (run?.outcome === 'failed') {
    out.append(`\n⚠️ ${t('source-failed', { reason: sourceNote(run.error ?? '', { t }) })}`);
  }
}

function describeAge(run: SourceRun | null, source: Source, { t }: Locale, now: Date): string {
  if (run === null) return t('source-never-read');
  if (run.endedAt === null) return t('source-being-read');
  const hours = Math.floor((now.getTime() - Date.parse(run.endedAt)) / 3_600_000);
  const age =
    hours < 1
      ? t('source-read-now')
      : hours < 48
        ? t('source-read-hours', { hours })
        : t('source-read-days', { days: Math.floor(hours / 24) });
  return `${age}, ${t('source-every', { hours: source.everyHours })}`;
}

function shorten(address: string): string {
  return address.length > 80 ? `${address.slice(0, 79)}…`.toWellFormed() : address;
}
