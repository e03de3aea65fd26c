import type { InlineKeyboardMarkup, LinkPreviewOptions } from 'grammy/types';

import type { DigestPost, PostLink, PostRange } from '../../generation/digest/digest-post.ts';
import type { ListPost } from '../../generation/digest/list-post.ts';
import { FormattedTextBuilder } from '../messages/formatted-text.ts';
import type { FormattedText } from '../messages/formatted-text.ts';

import type { QueuedPost } from './queued-post.ts';

/** A post as the channel shows it. */
export interface ChannelMessage extends FormattedText {
  preview: LinkPreviewOptions;
  /** «Спросить»; none below a list. */
  keyboard: InlineKeyboardMarkup | null;
}

export interface ChannelMessageOptions {
  /** Of the bot, without @. */
  username: string;
}

/** What is sent to the channel, and shown to admins before. */
export function channelMessage(
  { id, content, opinion }: Pick<QueuedPost, 'id' | 'content' | 'opinion'>,
  { username }: ChannelMessageOptions,
): ChannelMessage {
  if (content.kind === 'list') return listMessage(content.post);
  const { post } = content;
  const ask = { text: ASK[post.language], url: `https://t.me/${username}?start=post-${id}` };
  return {
    ...formatPost(post, opinion),
    preview: previewOf(post.links),
    keyboard: { inline_keyboard: [[ask]] },
  };
}

/** Of the channel's readers, who read the language of its posts. */
const ASK = { ru: '💬 Спросить', en: '💬 Ask' } as const;

function formatPost({ text, title, links, opinionAt }: DigestPost, opinion: string | null) {
  const marked: MarkedRange[] = [
    { start: title.start, end: title.end, style: { type: 'bold' } },
    ...links.map(({ start, end, url }) => ({
      start,
      end,
      style: { type: 'text_link', url } as const,
    })),
  ];
  const said = opinion?.trim() ?? '';
  if (said === '') return formatRange(text, marked);
  return new FormattedTextBuilder()
    .append(formatRange(text, marked, 0, opinionAt))
    .append(`\n\n${said}\n\n`)
    .append(formatRange(text, marked, opinionAt))
    .build();
}

function listMessage({ text, title, links }: ListPost): ChannelMessage {
  const marked: MarkedRange[] = [
    { start: title.start, end: title.end, style: { type: 'bold' } },
    ...links.map(({ start, end, url }) => ({
      start,
      end,
      style: { type: 'text_link', url } as const,
    })),
  ];
  // One of a dozen links would stand for them all.
  return { ...formatRange(text, marked), preview: { is_disabled: true }, keyboard: null };
}

interface MarkedRange extends PostRange {
  style: { type: 'bold' } | { type: 'text_link'; url: string };
}

function formatRange(
  text: string,
  marked: readonly MarkedRange[],
  from = 0,
  to = text.length,
): FormattedText {
  const builder = new FormattedTextBuilder();
  let at = from;
  const inside = marked.filter(({ start, end }) => start >= from && end <= to);
  for (const { start, end, style } of inside.toSorted((one, other) => one.start - other.start)) {
    builder.append(text.slice(at, start)).wrap(style, () => builder.append(text.slice(start, end)));
    at = end;
  }
  return builder.append(text.slice(at, to)).build();
}

/**
 * Which page Telegram shows below a post: that of the weights has a picture with their name, that of a
 * repository nearly so; a paper's says least.
 */
const PREVIEWED: readonly PostLink['label'][] = ['Huggingface', 'GitHub', 'Paper'];

function previewOf(links: readonly PostLink[]): LinkPreviewOptions {
  const labelled = PREVIEWED.map((label) => links.find((link) => link.label === label));
  const url = labelled.find((link) => link !== undefined)?.url ?? links[0]?.url;
  return url === undefined ? { is_disabled: true } : { url, prefer_small_media: true };
}
