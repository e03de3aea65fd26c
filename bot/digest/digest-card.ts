import type { InlineKeyboardButton } from 'grammy/types';

import { ruleSentence } from '../../generation/digest/words/rule-words.ts';
import type { ChoiceReason } from '../../retrieval/releases/choose.ts';
import type { Locale } from '../locales/locale.ts';
import { FormattedTextBuilder } from '../messages/formatted-text.ts';
import type { FormattedText } from '../messages/formatted-text.ts';
import { pageReason } from '../sources/page-reason.ts';

import { postAddress } from './channel.ts';
import type { ChannelChat } from './channel.ts';
import type { QueuedPost } from './queued-post.ts';
import { sayTime } from './say-time.ts';

/** What an admin sees below a post: how it stands, why it was chosen, and what can be done. */
export interface DigestCardText extends FormattedText {
  keyboard: InlineKeyboardButton[][];
}

export interface DigestCardOptions {
  locale: Locale;
  timeZone: string;
  now: Date;
  /** Null before Telegram was asked for it. */
  channel: ChannelChat | null;
  /** Who decided, by name; null where nobody did or nobody knows. */
  decider: string | null;
  /** Which buttons are shown of a draft: what can be done, or when it may go out. */
  choice?: 'what' | 'when' | 'edit';
}

export function digestCard(post: QueuedPost, options: DigestCardOptions): DigestCardText {
  const out = new FormattedTextBuilder();
  const keyboard = WRITERS[post.state](post, options, out);
  return { ...out.build(), keyboard };
}

/** What is done is undone for so long. */
export const UNDO_MS = 10 * 60_000;

/** `dig:<action>:<id>:<revision>` */
export function cardButton(
  { id, revision }: Pick<QueuedPost, 'id' | 'revision'>,
  action: string,
  text: string,
): InlineKeyboardButton {
  return { text, callback_data: `dig:${action}:${id}:${revision}` };
}

type Writer = (
  post: QueuedPost,
  options: DigestCardOptions,
  out: FormattedTextBuilder,
) => InlineKeyboardButton[][];

const WRITERS: Record<QueuedPost['state'], Writer> = {
  draft: writeDraft,
  approved: writeApproved,
  sending: writeSending,
  unknown: writeUnknown,
  published: writePublished,
  skipped: writeSkipped,
};

function writeDraft(
  post: QueuedPost,
  { locale, choice = 'what' }: DigestCardOptions,
  out: FormattedTextBuilder,
): InlineKeyboardButton[][] {
  const { t, language } = locale;
  const isList = post.content.kind === 'list';
  out.wrap({ type: 'bold' }, () => {
    out.append(t(isList ? 'digest-card-list' : 'digest-card-draft'));
  });
  const reasons = post.reasons
    .slice(0, MOST_REASONS)
    .map((reason) => sayReason(reason, t))
    .join('; ');
  if (reasons !== '') out.append(`\n${t('digest-card-why', { reasons })}`);
  if (post.trouble?.kind === 'refused') {
    out.append(`\n⚠️ ${t('digest-card-refused', { words: post.trouble.words })}`);
  }
  if (post.content.kind === 'release') {
    for (const rule of post.content.post.brokenRules.slice(0, MOST_RULES)) {
      out.append(`\n⚠️ ${ruleSentence(rule, language)}`);
    }
    for (const { url, reason } of (post.content.notRead ?? []).slice(0, MOST_UNREAD)) {
      const page = shorten(url.replace(/^https?:\/\//u, ''), 80);
      out.append(`\n⚠️ ${t('digest-card-unread', { page, reason: pageReason(reason, locale) })}`);
    }
    appendSources(post.content.post.sources, out, t);
  }
  const button = (action: string, key: string): InlineKeyboardButton =>
    cardButton(post, action, t(key));
  if (choice === 'when') {
    return [
      [button('tonight', 'button-tonight'), button('tomorrow', 'button-tomorrow')],
      [button('pick', 'button-pick-time'), button('back', 'button-back')],
    ];
  }
  if (choice === 'edit') {
    return [
      [button('text', 'button-new-text'), button('instruct', 'button-instruct')],
      [button('back', 'button-back')],
    ];
  }
  const last = [button('later', 'button-later'), button('skip', 'button-skip')];
  if (isList) return [[button('publish', 'button-publish')], last];
  const opinion = post.opinion === null ? 'button-opinion' : 'button-opinion-other';
  return [
    [button('publish', 'button-publish')],
    [
      button('edit', 'button-edit'),
      button('opinion', opinion),
      ...(post.opinion === null ? [] : [button('no-opinion', 'button-no-opinion')]),
    ],
    last,
  ];
}

function writeApproved(
  post: QueuedPost,
  { locale, timeZone, now, decider }: DigestCardOptions,
  out: FormattedTextBuilder,
): InlineKeyboardButton[][] {
  const { t } = locale;
  const dueAt = post.dueAt ?? now;
  const isDue = dueAt.getTime() <= now.getTime() + 1_000;
  out.append(
    isDue
      ? `🕗 ${t('digest-card-due')}`
      : `🕗 ${t('digest-card-scheduled', { when: sayTime(dueAt, { now, timeZone, locale }) })}`,
  );
  appendDecider(post, decider, out, t);
  const cancel = cardButton(post, 'cancel', t('button-cancel'));
  return [isDue ? [cancel] : [cardButton(post, 'now', t('button-now')), cancel]];
}

function writeSending(
  _post: QueuedPost,
  { locale: { t } }: DigestCardOptions,
  out: FormattedTextBuilder,
): InlineKeyboardButton[][] {
  out.append(`🕗 ${t('digest-card-sending')}`);
  return [];
}

function writeUnknown(
  post: QueuedPost,
  { locale: { t } }: DigestCardOptions,
  out: FormattedTextBuilder,
): InlineKeyboardButton[][] {
  out.wrap({ type: 'bold' }, () => out.append(`❓ ${t('digest-card-unknown')}`));
  const kind = post.trouble?.kind === 'not-found' ? 'not-found' : 'not-looked';
  out.append(`\n${t(`digest-card-${kind}`)}`);
  return [
    [
      cardButton(post, 'arrived', t('button-arrived')),
      cardButton(post, 'again', t('button-send-again')),
    ],
    [cardButton(post, 'drop', t('button-drop'))],
  ];
}

function writePublished(
  post: QueuedPost,
  { locale, timeZone, now, channel, decider }: DigestCardOptions,
  out: FormattedTextBuilder,
): InlineKeyboardButton[][] {
  const { t } = locale;
  const { sent } = post;
  const when = sayTime(sent?.at ?? now, { now, timeZone, locale });
  out.append(`✅ ${t('digest-card-published', { when })}`);
  appendDecider(post, decider, out, t);
  const rows: InlineKeyboardButton[][] = [];
  if (post.renewed !== null) {
    out.append(`\n🔄 ${t('digest-card-renewed')}`);
    rows.push([
      cardButton(post, 'renew', t('button-renew')),
      cardButton(post, 'keep', t('button-keep')),
    ]);
  }
  // Where an admin saw the post in the channel, its message is not known.
  if (sent === null || sent.messageId === 0) return rows;
  const row: InlineKeyboardButton[] = [];
  if (channel !== null && channel.id === sent.channelId) {
    row.push({ text: t('button-open-post'), url: postAddress(channel, sent.messageId) });
  }
  if (now.getTime() < sent.at.getTime() + UNDO_MS) {
    row.push(cardButton(post, 'undo', t('button-undo')));
  }
  if (row.length > 0) rows.push(row);
  return rows;
}

function writeSkipped(
  post: QueuedPost,
  { locale: { t }, decider }: DigestCardOptions,
  out: FormattedTextBuilder,
): InlineKeyboardButton[][] {
  out.append(`🗑 ${t('digest-card-skipped')}`);
  appendDecider(post, decider, out, t);
  return [[cardButton(post, 'restore', t('button-restore'))]];
}

function appendDecider(
  { decidedBy }: QueuedPost,
  decider: string | null,
  out: FormattedTextBuilder,
  t: Locale['t'],
): void {
  if (decidedBy === null) out.append(` ${t('digest-card-by-itself')}`);
  else if (decider !== null) out.append(` ${t('digest-card-by', { name: decider })}`);
}

function appendSources(
  sources: readonly { title: string; site: string; quote: string; quoteUrl: string }[],
  out: FormattedTextBuilder,
  t: Locale['t'],
): void {
  if (sources.length === 0) return;
  out.append('\n').wrap({ type: 'expandable_blockquote' }, () => {
    out.append(t('digest-card-sources'));
    for (const { title, site, quote, quoteUrl } of sources.slice(0, MOST_SOURCES)) {
      out.append('\n').wrap({ type: 'text_link', url: quoteUrl }, () => {
        out.append(shorten(title === '' ? site : title, 100));
      });
      out.append(`: «${shorten(quote, 200)}»`);
    }
  });
}

const MOST_REASONS = 8;
const MOST_RULES = 8;
const MOST_UNREAD = 3;
const MOST_SOURCES = 6;

function shorten(text: string, most: number): string {
  const words = text.replaceAll(/\s+/gu, ' ').trim();
  return words.length <= most ? words : `${words.slice(0, most - 1).trimEnd()}…`;
}

function sayReason(reason: ChoiceReason, t: Locale['t']): string {
  switch (reason.kind) {
    case 'topic':
      return t('digest-why-topic', { topic: reason.topic });
    case 'include':
      return t('digest-why-include', { word: reason.word });
    case 'popular':
      return t(`digest-why-${reason.measure}`, { count: reason.value });
    case 'growing':
      return t(`digest-why-more-${reason.measure}`, {
        count: reason.to - reason.from,
        hours: reason.hours,
      });
    case 'post':
      return reason.publisher === null
        ? t('digest-why-feed')
        : t('digest-why-post', { publisher: reason.publisher });
    case 'watched':
      return t('digest-why-watched', { repository: reason.repository });
    default:
      return t('digest-why-places', { count: reason.count });
  }
}
