import type { Element, ParentNode } from 'domhandler';
import type { Block } from '../passage.ts';
import { toBlocks } from './blocks.ts';
import { descendants, removeWhere } from './elements.ts';
import { readDate } from './dates.ts';

export interface Channel {
  /** For each post a heading with its time and address, and what it says. */
  blocks: Block[];
  /** ISO 8601, of the newest post. */
  latest: string | null;
}

/**
 * A public channel as Telegram shows it in a browser, known by the marks on its messages: posts with
 * text, the oldest first. Null for any other page.
 */
export function readChannel(
  document: ParentNode,
  { fetchedAt }: { fetchedAt: string },
): Channel | null {
  const posts = descendants(document).filter(
    ({ attribs }) => 'data-post' in attribs && hasClass(attribs, 'tgme_widget_message'),
  );
  if (posts.length === 0) return null;
  const blocks: Block[] = [];
  let latest: string | null = null;
  for (const post of posts) {
    const { said, date, address } = readPost(post, fetchedAt);
    if (said.length === 0) continue;
    const time = date?.slice(0, 16).replace('T', ' ') ?? null;
    const heading = [time === null ? '' : `${time} UTC`, address].filter((part) => part !== '');
    if (heading.length > 0) blocks.push({ kind: 'heading', text: heading.join(' · ') });
    blocks.push(...said);
    if (date !== null && (latest === null || date > latest)) latest = date;
  }
  return { blocks, latest };
}

function readPost(
  post: Element,
  fetchedAt: string,
): { said: Block[]; date: string | null; address: string } {
  let date: string | null = null;
  let address = '';
  const texts: Element[] = [];
  // What is answered to is another post.
  removeWhere(post, ({ attribs }) => hasClass(attribs, 'tgme_widget_message_reply'));
  for (const element of descendants(post)) {
    const { name, attribs } = element;
    if (hasClass(attribs, 'tgme_widget_message_text')) texts.push(element);
    else if (hasClass(attribs, 'tgme_widget_message_date')) {
      address = /^https?:\/\/\S{1,300}$/u.test(attribs['href'] ?? '')
        ? (attribs['href'] ?? '')
        : '';
    } else if (name === 'time') date = readDate(attribs['datetime'], fetchedAt) ?? date;
  }
  const said = toBlocks(texts).map(({ linkShare: _linkShare, ...block }): Block => block);
  return { said, date, address };
}

function hasClass(attribs: Record<string, string>, name: string): boolean {
  return (attribs['class'] ?? '').split(/\s+/u, 20).includes(name);
}
