import type { ReindexResult } from '../../retrieval/sources/reindex.ts';
import type { ReindexerProgress } from '../../retrieval/sources/reindexer.ts';
import type { Locale } from '../locales/locale.ts';

import { pageReason } from './page-reason.ts';
import { sourceNote } from './source-note.ts';

/** How far a re-index is, among as many pages as are known of by now. */
export function describeProgress(
  { source, counts, expected, failures, seconds, at, of }: ReindexerProgress,
  { t }: Locale,
): string {
  const done = counts.changed + counts.unchanged + counts.failed;
  const perSecond = seconds > 0 ? done / seconds : 0;
  const left = expected - done;
  const title =
    of > 1
      ? t('reindex-title-of', { id: source.id, at, of })
      : t('reindex-title', { id: source.id });
  const lines = [
    title,
    `${bar(expected === 0 ? 0 : done / expected)} ${done}/${expected}`,
    t('reindex-counts', {
      changed: counts.changed,
      unchanged: counts.unchanged,
      failed: counts.failed,
    }),
    t('reindex-speed', { speed: round(perSecond) }),
  ];
  if (perSecond > 0 && left > 0) {
    lines.push(t('reindex-left', { seconds: Math.ceil(left / perSecond) }));
  }
  return [...lines, ...describeFailures(failures, t)].join('\n');
}

/** How a re-index ended, source by source. */
export function describeResults(results: readonly ReindexResult[], { t }: Locale): string {
  if (results.length === 0) return t('reindex-nothing');
  const parts = results.map(({ source, outcome, counts, failures, notes, error, seconds }) =>
    [
      `${MARKS[outcome]} ${source.id}: ${t(`reindex-${outcome}`)}`,
      ...(error === null ? [] : [sourceNote(error, { t })]),
      t('reindex-counts', {
        changed: counts.changed,
        unchanged: counts.unchanged,
        failed: counts.failed,
      }),
      ...(counts.removed > 0 ? [t('reindex-removed', { count: counts.removed })] : []),
      t('reindex-took', { seconds: round(seconds) }),
      ...describeFailures(failures, t),
      ...[...new Set(notes)].slice(0, 3).map((note) => `• ${sourceNote(note, { t })}`),
    ].join('\n'),
  );
  const shown = parts.slice(0, 12);
  if (parts.length > shown.length) shown.push(`+${parts.length - shown.length}`);
  return shown.join('\n\n').slice(0, 4000).toWellFormed();
}

const MARKS = { done: '✅', failed: '⚠️', cancelled: '⏹', interrupted: '⏸' } as const;

/** The commonest reasons first. */
function describeFailures(failures: ReadonlyMap<string, number>, t: Locale['t']): string[] {
  return [...failures]
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, 5)
    .map(([reason, count]) => t('reindex-failure', { reason: pageReason(reason, { t }), count }));
}

function bar(share: number): string {
  const full = Math.round(Math.min(1, share) * BAR_LENGTH);
  return '▓'.repeat(full) + '░'.repeat(BAR_LENGTH - full);
}

const BAR_LENGTH = 12;

function round(value: number): number {
  return value < 10 ? Math.round(value * 10) / 10 : Math.round(value);
}
