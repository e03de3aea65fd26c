import type { SourceState } from '../../retrieval/releases/release-store.ts';
import type { Locale } from '../locales/locale.ts';
import { FormattedTextBuilder } from '../messages/formatted-text.ts';
import type { FormattedText } from '../messages/formatted-text.ts';

import { postAddress } from './channel.ts';
import type { ChannelChat } from './channel.ts';
import type { DigestDesk, RoundOutcome } from './digest-desk.ts';
import type { QueuedPost } from './queued-post.ts';
import { sayTime } from './say-time.ts';

export interface DescribeOptions {
  locale: Locale;
  timeZone: string;
  now: Date;
}

/** How the digest stands: rounds, queue, sources. */
export function describeDigest(
  {
    desk,
    channelName,
    queue,
  }: {
    desk: Pick<
      DigestDesk,
      'isRunning' | 'isPaused' | 'nextRoundAt' | 'lastRoundAt' | 'lastOutcome' | 'sources'
    >;
    channelName: string;
    /** What is neither published nor skipped, the oldest first. */
    queue: readonly QueuedPost[];
  },
  { locale, timeZone, now }: DescribeOptions,
): FormattedText {
  const { t } = locale;
  const when = (at: Date): string => sayTime(at, { now, timeZone, locale });
  const out = new FormattedTextBuilder();
  out.wrap({ type: 'bold' }, () => out.append(t('digest-title', { channel: channelName })));
  const next = desk.nextRoundAt();
  if (desk.isRunning()) out.append(`\n${t('digest-runs')}`);
  else if (desk.isPaused()) out.append(`\n⏸ ${t('digest-paused')}`);
  else if (next !== null) out.append(`\n${t('digest-next', { when: when(next) })}`);
  const last = desk.lastRoundAt();
  if (last !== null) out.append(`\n${t('digest-last', { when: when(last) })}`);
  const count = (state: QueuedPost['state']): number =>
    queue.filter((post) => post.state === state).length;
  out.append(`\n${t('digest-queue-count', { count: count('draft') })}`);
  if (count('unknown') > 0)
    out.append(`\n❓ ${t('digest-unknown-count', { count: count('unknown') })}`);
  for (const post of queue.filter(({ state }) => state === 'approved').slice(0, MOST_SHOWN)) {
    out.append(`\n🕗 ${titleOf(post)}: ${when(post.dueAt ?? now)}`);
  }
  const { unmatched = [] } = desk.lastOutcome() ?? {};
  if (unmatched.length > 0) {
    out.append(`\n${t('digest-unmatched', { words: unmatched.join(', ') })}`);
  }
  const sources = desk.sources();
  out.append('\n\n');
  out.wrap({ type: 'bold' }, () => out.append(t('digest-sources')));
  if (sources.length === 0) out.append(`\n${t('digest-sources-unread')}`);
  for (const source of sources.slice(0, MOST_SOURCES)) {
    out.append(`\n${describeSource(source, { locale, timeZone, now })}`);
  }
  if (sources.length > MOST_SOURCES) {
    out.append(`\n${t('sources-more', { count: sources.length - MOST_SOURCES })}`);
  }
  return out.build();
}

function describeSource(
  { name, succeededAt, found, failed }: SourceState,
  { locale, timeZone, now }: DescribeOptions,
): string {
  const { t } = locale;
  const read =
    succeededAt === null
      ? t('digest-source-never')
      : t('digest-source-read', {
          when: sayTime(succeededAt, { now, timeZone, locale }),
          count: found,
        });
  if (failed === null) return `✅ ${name}: ${read}`;
  return `⚠️ ${name}: ${t(`digest-fault-${failed.reason}`)}; ${read}`;
}

/** What a round brought, for whoever asked for it. */
export function describeOutcome(
  { posts, renewed, waiting, notWritten, unmatched, sources }: RoundOutcome,
  { t }: Locale,
): string {
  const lines: string[] = [];
  const learned = sources.filter(({ isFirst, failed }) => isFirst && failed === null);
  const found = learned.reduce((sum, source) => sum + source.found, 0);
  if (posts.length > 0) lines.push(t('digest-brought', { count: posts.length }));
  else if (learned.length > 0) lines.push(t('digest-learned', { count: found }));
  else lines.push(t('digest-nothing-new'));
  if (renewed > 0) lines.push(t('digest-brought-renewed', { count: renewed }));
  if (waiting > 0) lines.push(t('digest-waiting', { count: waiting }));
  for (const title of notWritten.slice(0, MOST_SHOWN))
    lines.push(t('digest-not-written', { title }));
  if (unmatched.length > 0) lines.push(t('digest-unmatched', { words: unmatched.join(', ') }));
  for (const { name, failed } of sources) {
    if (failed !== null) lines.push(`⚠️ ${name}: ${t(`digest-fault-${failed.reason}`)}`);
  }
  return lines.join('\n').slice(0, 4000);
}

/** What was published and skipped, the newest first. */
export function describeHistory(
  posts: readonly QueuedPost[],
  channel: ChannelChat | null,
  { locale, timeZone, now }: DescribeOptions,
): FormattedText {
  const { t } = locale;
  const out = new FormattedTextBuilder();
  out.wrap({ type: 'bold' }, () => out.append(t('digest-history')));
  if (posts.length === 0) out.append(`\n${t('digest-history-empty')}`);
  for (const post of posts) {
    const { sent, state } = post;
    const at = sent?.at ?? post.decidedAt ?? post.madeAt;
    const isKnown = sent !== null && sent.messageId !== 0 && sent.channelId === channel?.id;
    out.append(`\n${state === 'published' ? '✅' : '🗑'} `);
    if (isKnown && channel !== null) {
      const url = postAddress(channel, sent.messageId);
      out.wrap({ type: 'text_link', url }, () => out.append(titleOf(post)));
    } else {
      out.append(titleOf(post));
    }
    out.append(`: ${sayTime(at, { now, timeZone, locale })}`);
  }
  return out.build();
}

export function titleOf({ content }: QueuedPost): string {
  const title = content.post.title.text.replaceAll(/\s+/gu, ' ').trim();
  return title.length <= 80 ? title : `${title.slice(0, 79).trimEnd()}…`;
}

const MOST_SHOWN = 10;
const MOST_SOURCES = 25;
