import type { DigestPost, PostLanguage, PostRange } from './digest-post.ts';
import { plural } from './words/russian-numbers.ts';

/** A list of releases: what each is in a line, its name a link. */
export interface ListPost {
  language: PostLanguage;
  text: string;
  /** To be shown in bold. */
  title: PostRange & { text: string };
  links: readonly (PostRange & { releaseId: string; url: string })[];
  /** Releases that the message had no room for. */
  leftOut: number;
}

export interface ListPostOptions {
  period: 'day' | 'week';
  language?: PostLanguage;
  /** Where a release has its own post in the channel, that is linked. */
  postUrl?: (releaseId: string) => string | null;
  /** Telegram's limit for a message. */
  most?: number;
}

/**
 * «12 релизов за неделю»: one line for each post, in the order given. Its words are the posts' own
 * titles, so its figures are borne out where theirs are; null where there is nothing to list.
 */
export function writeListPost(
  posts: readonly Pick<DigestPost, 'releaseId' | 'title' | 'links'>[],
  { period, language = 'ru', postUrl = () => null, most = 4096 }: ListPostOptions,
): ListPost | null {
  if (posts.length === 0) return null;
  const title = `🗞 ${heading(posts.length, period, language)}`;
  let text = `${title}\n`;
  const links: (PostRange & { releaseId: string; url: string })[] = [];
  let leftOut = 0;
  for (const {
    releaseId,
    title: own,
    links: [first],
  } of posts) {
    const bare = own.text.slice(own.emoji.length).trim();
    const url = postUrl(releaseId) ?? first?.url ?? null;
    const [name = bare] = bare.split(/: /u);
    if (text.length + own.text.length + RESERVE > most) {
      leftOut += 1;
      continue;
    }
    const rest = bare.slice(name.length).replace(/^: /u, ' — ');
    text += `\n${own.emoji} `;
    const start = text.length;
    text += name;
    if (url !== null) links.push({ releaseId, url, start, end: text.length });
    text += rest;
  }
  if (leftOut > 0) text += `\n\n${more(leftOut, language)}`;
  return { language, text, title: { text: title, start: 0, end: title.length }, links, leftOut };
}

/** For the line that says how many more there are. */
const RESERVE = 60;

function heading(count: number, period: 'day' | 'week', language: PostLanguage): string {
  if (language === 'en') return `${count} ${count === 1 ? 'release' : 'releases'} of the ${period}`;
  const releases = plural(count, ['релиз', 'релиза', 'релизов']);
  return `${count} ${releases} за ${period === 'day' ? 'день' : 'неделю'}`;
}

function more(count: number, language: PostLanguage): string {
  if (language === 'en') return `And ${count} more.`;
  return `И ещё ${count} ${plural(count, ['релиз', 'релиза', 'релизов'])}.`;
}
