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
    out.append(`\n${t('digest-unmatched', { words: shorten(unmatched.join(', '), MOST_WORDS) })}`);
  }
  // Where there is no room for all, those that are to be seen to come first.
  const sources = desk.sources().toSorted((one, other) => rankOf(one) - rankOf(other));
  out.append('\n\n');
  out.wrap({ type: 'bold' }, () => out.append(t('digest-sources')));
  if (sources.length === 0) out.append(`\n${t('digest-sources-unread')}`);
  let left = sources.length;
  for (const source of sources) {
    const line = `\n${describeSource(source, { locale, timeZone, now })}`;
    if (out.length + line.length > MOST_CHARACTERS) break;
    out.append(line);
    left -= 1;
  }
  if (left > 0) out.append(`\n${t('sources-more', { count: left })}`);
  return out.build();
}

function rankOf({ failed }: SourceState): number {
  return failed === null ? 1 : 0;
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
  const title = shorten(name, MOST_NAME);
  if (failed === null) return `✅ ${title}: ${read}`;
  return `⚠️ ${title}: ${t(`digest-fault-${failed.reason}`)}; ${read}`;
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
  if (unmatched.length > 0) {
    lines.push(t('digest-unmatched', { words: shorten(unmatched.join(', '), MOST_WORDS) }));
  }
  const failing = sources.filter(({ failed }) => failed !== null);
  let left = failing.length;
  for (const { name, failed } of failing) {
    const line = `⚠️ ${shorten(name, MOST_NAME)}: ${t(`digest-fault-${failed?.reason ?? 'unknown'}`)}`;
    if (lines.join('\n').length + line.length > MOST_CHARACTERS) break;
    lines.push(line);
    left -= 1;
  }
  if (left > 0) lines.push(t('sources-more', { count: left }));
  return lines.join('\n');
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
  return shorten(content.post.title.text.replaceAll(/\s+/gu, ' ').trim(), 80);
}

function shorten(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
}

const MOST_SHOWN = 10;
/** Of a source's name: some addresses are long. */
const MOST_NAME = 120;
/** Of the words that matched nothing. */
const MOST_WORDS = 800;
/** Telegram takes 4,096; what follows needs some. */
const MOST_CHARACTERS = 3900;
