import type { Release } from '../../retrieval/releases/release.ts';
import type {
  DigestPost,
  DraftParagraph,
  LinkLabel,
  PostDraft,
  PostLanguage,
  PostLine,
  PostLink,
  PostParagraph,
} from './digest-post.ts';

export type LaidOut = Pick<DigestPost, 'text' | 'title' | 'paragraphs' | 'links' | 'opinionAt'>;

/** A draft's text with where its parts stand. */
export function layOut(
  draft: PostDraft,
  links: readonly Omit<PostLink, 'start' | 'end'>[],
): LaidOut {
  const title = draft.emoji === '' ? draft.title.text : `${draft.emoji} ${draft.title.text}`;
  let text = title;
  const paragraphs: PostParagraph[] = [];
  for (const paragraph of draft.paragraphs) {
    const written = paragraphText(paragraph);
    if (written === '') continue;
    text += '\n\n';
    const start = text.length;
    text += written;
    paragraphs.push({ kind: paragraph.kind, text: written, start, end: text.length });
  }
  const opinionAt = text.length;
  const placed: PostLink[] = [];
  for (const [at, link] of links.entries()) {
    text += at === 0 ? '\n\n' : ' | ';
    placed.push({ ...link, start: text.length, end: text.length + link.label.length });
    text += link.label;
  }
  const head = { text: title, emoji: draft.emoji, start: 0, end: title.length };
  return { text, title: head, paragraphs, links: placed, opinionAt };
}

/** The links of the last line, in their order; a story without any has its source. */
export function linksOf(
  { links: { github, huggingface, paper }, appearances }: Pick<Release, 'links' | 'appearances'>,
  language: PostLanguage,
): Omit<PostLink, 'start' | 'end'>[] {
  const links: { label: LinkLabel; url: string }[] = [];
  if (github !== null) links.push({ label: 'GitHub', url: github });
  if (huggingface !== null) links.push({ label: 'Huggingface', url: huggingface });
  if (paper !== null) links.push({ label: 'Paper', url: paper });
  const url = appearances[0]?.url;
  if (links.length === 0 && url !== undefined && url !== '') {
    links.push({ label: language === 'ru' ? 'Источник' : 'Source', url });
  }
  return links;
}

/** A draft that is no longer than so many characters: what weighs least goes first. */
export function fit(
  draft: PostDraft,
  links: readonly Omit<PostLink, 'start' | 'end'>[],
  most: number,
): PostDraft {
  let fitted = draft;
  while (layOut(fitted, links).text.length > most) {
    const lightest = linesOf(fitted)
      .filter(({ weight }) => weight < 1)
      .toSorted((one, other) => one.weight - other.weight)[0];
    if (lightest === undefined) return fitted;
    fitted = without(fitted, lightest);
  }
  return fitted;
}

/** Every line of a draft but its title. */
export function linesOf({ paragraphs }: PostDraft): PostLine[] {
  return paragraphs.flatMap((paragraph) =>
    paragraph.kind === 'text' ? paragraph.lines : [paragraph.lead, ...paragraph.items],
  );
}

/**
 * Not more paragraphs than a post may have, and none that is a single short line: it joins the one
 * before it, or after it where that one is a list.
 */
export function joinParagraphs(
  draft: PostDraft,
  { most, shortest = 90 }: { most: number; shortest?: number },
): PostDraft {
  const paragraphs = draft.paragraphs.filter((paragraph) => paragraphText(paragraph) !== '');
  const joinAt = (at: number): boolean => {
    const [before, own] = [paragraphs[at - 1], paragraphs[at]];
    if (before?.kind !== 'text' || own?.kind !== 'text') return false;
    paragraphs.splice(at - 1, 2, { kind: 'text', lines: [...before.lines, ...own.lines] });
    return true;
  };
  for (let at = paragraphs.length - 1; at > 0; at -= 1) {
    const own = paragraphs[at];
    if (own?.kind !== 'text' || paragraphText(own).length >= shortest) continue;
    if (at > 1 || paragraphs.length === 2) joinAt(at);
    else joinAt(at + 1);
  }
  for (let at = paragraphs.length - 1; at > 0 && paragraphs.length > most; at -= 1) joinAt(at);
  return { ...draft, paragraphs };
}

function without(draft: PostDraft, line: PostLine): PostDraft {
  const paragraphs = draft.paragraphs.flatMap((paragraph): DraftParagraph[] => {
    if (paragraph.kind === 'text') {
      return [{ kind: 'text', lines: paragraph.lines.filter((other) => other !== line) }];
    }
    const items = paragraph.items.filter((other) => other !== line);
    // One point is no list.
    const [only] = items;
    if (only === undefined) return [];
    if (items.length === 1) {
      const text = `${paragraph.lead.text} ${only.text}.`;
      return [{ kind: 'text', lines: [{ text, facts: only.facts, weight: only.weight }] }];
    }
    return [{ ...paragraph, items }];
  });
  return { ...draft, paragraphs };
}

function paragraphText(paragraph: DraftParagraph): string {
  if (paragraph.kind === 'text') return paragraph.lines.map(({ text }) => text).join(' ');
  return [paragraph.lead.text, ...paragraph.items.map(({ text }) => `• ${text}`)].join('\n');
}
