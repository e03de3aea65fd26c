import { load } from 'cheerio';

import type { PageFetcher } from '../crawl/fetch-page.ts';
import { addressesIn } from './addresses.ts';
import { linksOf } from './feed.ts';
import { requestPage } from './page-request.ts';
import { clean, dateOf } from './read-items.ts';
import type { Appearance } from './release.ts';
import { ReleaseSourceError } from './release-source.ts';
import type { ReleaseSource } from './release-source.ts';

export interface TelegramChannelOptions {
  /** `name`, with or without the @. */
  channel: string;
  fetchPage: PageFetcher['fetchPage'];
  baseUrl?: string;
  /** Of about twenty posts each, the newest first. */
  pages?: number;
  maxBytes?: number;
  now?: () => number;
}

/** A public channel's posts by its web page. */
export function createTelegramChannel({
  channel,
  fetchPage,
  baseUrl = 'https://t.me',
  pages = 5,
  maxBytes = 5_000_000,
  now = Date.now,
}: TelegramChannelOptions): ReleaseSource {
  const handle = channel.replace(/^@/u, '');
  const name = `telegram @${handle}`;
  return {
    name,
    async *collect({ since, signal, onNote }) {
      let url: string | null = `${baseUrl}/s/${handle}`;
      for (let page = 0; url !== null; page += 1) {
        if (page === pages) {
          onNote(`${name}: only the newest ${pages} pages of posts are read`);
          return;
        }
        const fetched = await requestPage(fetchPage, { name, url, maxBytes, signal });
        const posts = readPosts(fetched.text, fetched.url, now());
        if (page === 0 && posts.length === 0) {
          throw new ReleaseSourceError(`${name}: shows no posts, so it may be private or empty`, {
            reason: 'unreadable',
          });
        }
        yield* posts.flatMap(({ appearance }) => appearance ?? []);
        const oldest = posts.at(-1)?.postedAt ?? null;
        if (posts.length === 0 || (oldest !== null && oldest < since)) return;
        url = earlierPage(fetched.text, fetched.url);
      }
    },
  };
}

interface Post {
  /** Null where it says nothing in words. */
  appearance: Appearance | null;
  postedAt: Date | null;
}

/** The newest first. */
function readPosts(html: string, pageUrl: string, now: number): Post[] {
  const $ = load(html);
  const title = clean($('.tgme_channel_info_header_title').first().text(), 200);
  const posts = $('.tgme_widget_message[data-post]').toArray();
  return posts.toReversed().map((element): Post => {
    const post = $(element);
    post.find('.tgme_widget_message_reply').remove();
    const postedAt = dateOf(post.find('.tgme_widget_message_date time').attr('datetime'), now);
    const said = post.find('.tgme_widget_message_text').first();
    said.find('br, p').before('\n');
    const lines = said
      .text()
      .split('\n')
      .map((line) => clean(line))
      .filter((line) => line !== '');
    const [first] = lines;
    const id = post.attr('data-post') ?? '';
    if (first === undefined || id === '') return { appearance: null, postedAt };
    const writer = clean(post.find('.tgme_widget_message_owner_name').first().text(), 200) || title;
    const origin = clean(post.find('.tgme_widget_message_forwarded_from_name').first().text(), 200);
    const preview = post.find('.tgme_widget_message_link_preview').attr('href');
    const appearance: Appearance = {
      id: `telegram:${id}`,
      service: 'telegram',
      kind: 'post',
      url: post.find('.tgme_widget_message_date').attr('href') ?? pageUrl,
      title: clean(first, 300),
      // Of a forwarded post, who wrote it.
      publisher: origin || writer || null,
      summary: clean(lines.join('\n')),
      publishedAt: postedAt,
      updatedAt: null,
      links: [...new Set([...linksOf(said.html() ?? '', pageUrl), ...addressesIn(preview ?? '')])],
      tags:
        lines
          .join(' ')
          .match(/#[\p{L}\p{N}_]+/gu)
          ?.slice(0, 30) ?? [],
      baseModels: [],
      popularity: { downloads: null, likes: null, upvotes: null, stars: null },
      ...(origin === '' ? {} : { via: writer }),
    };
    return { appearance, postedAt };
  });
}

function earlierPage(html: string, pageUrl: string): string | null {
  const link = load(html)('a[data-before], link[rel="prev"]').first().attr('href');
  const url = link === undefined ? null : URL.parse(link, pageUrl);
  return url !== null && url.host === new URL(pageUrl).host ? url.href : null;
}
