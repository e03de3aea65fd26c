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

/** One message of the list, and which sources it shows: each has its buttons there. */
export interface SourcesMessage extends FormattedText {
  shown: Source[];
}

/** In one message, with its buttons. */
const SOURCES_A_MESSAGE = 20;
/** Leaves room for the heading and for how to go on. Telegram takes 4096 characters. */
const CHARACTERS_A_MESSAGE = 3400;
/** Of messages. */
const MOST_MESSAGES = 10;

/** The list of sources: what each is, what it holds, how old that is, what went wrong. */
export function describeSources(
  sources: readonly DescribedSource[],
  locale: Locale,
  now: Date,
): SourcesMessage[] {
  const { t } = locale;
  if (sources.length === 0) {
    return [{ ...new FormattedTextBuilder().append(t('sources-none')).build(), shown: [] }];
  }
  const parts = sources.map((described) => ({
    source: described.source,
    text: describeSource(described, locale, now),
  }));
  const groups = inMessages(parts);
  const shown = groups.slice(0, MOST_MESSAGES);
  const hidden = sources.length - shown.flat().length;
  return shown.map((group, at) => {
    const out = new FormattedTextBuilder();
    if (at === 0) out.wrap({ type: 'bold' }, () => out.append(t('sources-title')));
    for (const { text } of group) out.append('\n\n').append(text);
    if (at === shown.length - 1) {
      if (hidden > 0) out.append(`\n\n${t('sources-more', { count: hidden })}`);
      out.append(`\n\n${t('sources-usage')}`);
    }
    return { ...out.build(), shown: group.map(({ source }) => source) };
  });
}

function inMessages<Part extends { text: FormattedText }>(parts: readonly Part[]): Part[][] {
  const groups: Part[][] = [];
  let characters = Infinity;
  for (const part of parts) {
    const { length } = part.text.text;
    const last = groups.at(-1);
    const isFull = last === undefined || last.length === SOURCES_A_MESSAGE;
    if (isFull || characters + length > CHARACTERS_A_MESSAGE) {
      groups.push([part]);
      characters = length;
    } else {
      last.push(part);
      characters += length + 2;
    }
  }
  return groups;
}

function describeSource(
  { source, run, count }: DescribedSource,
  locale: Locale,
  now: Date,
): FormattedText {
  const { t } = locale;
  const out = new FormattedTextBuilder();
  const marks = `${source.paused ? '⏸ ' : ''}${source.preferred ? '⭐ ' : ''}`;
  out.append(marks);
  out.wrap({ type: 'code' }, () => out.append(source.id));
  out.append(` · ${t(`source-kind-${source.kind}`)}\n`);
  out.wrap({ type: 'text_link', url: source.address }, () => out.append(shorten(source.address)));
  out.append(`\n${t('source-holds', { pages: count.pages, passages: count.passages })}`);
  out.append(`, ${describeAge(run, source, locale, now)}`);
  if (run?.outcome === 'failed') {
    const reason = shorten(sourceNote(run.error ?? '', { t }), 200);
    out.append(`\n⚠️ ${t('source-failed', { reason })}`);
  }
  return out.build();
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

function shorten(text: string, most = 80): string {
  return text.length > most ? `${text.slice(0, most - 1)}…`.toWellFormed() : text;
}
