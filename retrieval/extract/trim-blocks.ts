import type { Block } from '../passage.ts';
import type { LinkedBlock } from './blocks.ts';
import { comparable } from './titles.ts';

/**
 * Cuts off what stands around an article's text and in its gaps: the title and byline above it,
 * signposts to other pages, labels of boxes, what is left under its last sentence. A page that is
 * not running text, such as a list of links or a reference page, keeps what it has.
 */
export function trimBlocks(
  blocks: readonly LinkedBlock[],
  { titles, authors }: { titles: readonly string[]; authors: readonly string[] },
): Block[] {
  let kept = dropAboveTitle(blocks, titles);
  if (isRunningText(kept)) {
    kept = dropTeasers(kept).filter((block) => !isSignpost(block));
    kept = dropBefore(kept, authors);
    kept = dropAfter(kept);
  }
  return kept.map(({ kind, text }) => ({ kind, text }));
}

function isProse(block: LinkedBlock): boolean {
  return (
    (block.kind === 'paragraph' || block.kind === 'quotation') &&
    block.linkShare < 0.5 &&
    (block.text.length >= 100 || (block.text.length >= 40 && endsSentence(block.text)))
  );
}

function endsSentence(text: string): boolean {
  return /[.!?…:;。！？]["'»”’)\]]*$/u.test(text);
}

function isRunningText(blocks: readonly LinkedBlock[]): boolean {
  let prose = 0;
  let all = 0;
  for (const block of blocks) {
    all += block.text.length;
    if (isProse(block)) prose += block.text.length;
  }
  return prose >= 250 && prose >= all * 0.3;
}

/** The title is a field of its own; what stands above it on the page is navigation. */
function dropAboveTitle(blocks: readonly LinkedBlock[], titles: readonly string[]): LinkedBlock[] {
  const wanted = new Set(titles.map((title) => comparable(title)));
  let proseAbove = 0;
  for (const [position, { text, kind }] of blocks.entries()) {
    if (wanted.has(comparable(text)) && (kind === 'heading' || kind === 'paragraph')) {
      return blocks.slice(position + 1);
    }
    if (text.length >= 100) proseAbove += 1;
    if (proseAbove >= 2) break;
  }
  return [...blocks];
}

/** Nothing but a link, or a label and a link: «Читайте также: …». */
function isSignpost({ kind, text, linkShare }: LinkedBlock): boolean {
  if (kind === 'code' || kind === 'table-row' || kind === 'heading') return false;
  if (isLabel(text)) return true;
  // The items of a list of names may all be links, as in an encyclopedia; those of headlines are not its text.
  if (linkShare >= 0.9) return kind !== 'list-item' || text.split(' ').length >= 4;
  if (callToAction.test(text) && text.length < 200) return true;
  const labelled = /^[^.!?]{2,40}:\s/u.test(text) || /^[\p{Lu}\s']{4,40}\s*[:|-]/u.test(text);
  return labelled && linkShare > 0.5 && text.length * (1 - linkShare) < 45;
}

/** What pages write on boxes, in the languages that Istok reads. */
const labels = new Set(
  `advert|advertisement|ad|sponsored|close|share|share this|comments|comment|no comments|related|read more|more|print|email|
   view all|load more|show more|save|loading|play|video|photos|gallery|by|
   реклама|закрыть|поделиться|комментарии|комментировать|читать далее|подробнее|ещё|еще|печать|фото|видео`
    .split('|')
    .map((label) => label.trim()),
);

function isLabel(text: string): boolean {
  if (text.length > 40) return false;
  const words = text
    .toLowerCase()
    .replace(/\(?\d+\)?/gu, '')
    .replace(/[^\p{L}\s]/gu, '')
    .trim();
  return labels.has(words);
}

const callToAction =
  /^(?:subscribe (?:to|now|for)|sign up (?:for|to|now)|follow (?:us|me|our)|like (?:us|this)|click here|share this|join our|download our|don[’']t miss|(?:see|read) (?:more|also)\b.{0,20}:|filed under|posted in|tags?:|tagged|подпи(?:шитесь|сывайтесь)|следите за|читайте (?:также|ещё|еще)|смотрите также|поделитесь|теги:|метки:|рубрик[аи]:)/iu;

/** Above the first sentence: a headline said once more, bylines, dates. */
function dropBefore(blocks: readonly LinkedBlock[], authors: readonly string[]): LinkedBlock[] {
  const first = blocks.findIndex((block) => isProse(block));
  if (first <= 0) return [...blocks];
  return [
    ...blocks.slice(0, first).filter((block) => !isSubheadline(block) && !isByline(block, authors)),
    ...blocks.slice(first),
  ];
}

function isSubheadline({ kind, text }: LinkedBlock): boolean {
  return kind === 'heading' && (text.length > 60 || endsSentence(text));
}

function isByline({ kind, text }: LinkedBlock, authors: readonly string[]): boolean {
  if (kind === 'code' || kind === 'table-row' || text.length > 120) return false;
  if (byline.test(text) || (dateLine.test(text) && text.length < 90)) return true;
  const words = comparable(text);
  return authors.some((author) => {
    const name = comparable(author);
    return name.length >= 5 && words.includes(name) && words.length < name.length + 50;
  });
}

const byline =
  /^(?:by|written by|author|автор|авторы|текст|опубликовано|обновлено|posted|published|updated|last (?:updated|modified))(?:$|[\s:])/iu;

const dateLine =
  /(?:^|\s)(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}*\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{1,2} \p{L}{3,9}\.?,? \d{4})(?=$|[\s,|·г])/iu;

/** Under the last sentence: headings of empty boxes, credits, a few names and addresses. */
function dropAfter(blocks: readonly LinkedBlock[]): LinkedBlock[] {
  let end = blocks.length;
  while (end > 1 && isHeadingOrCredit(blocks[end - 1])) end -= 1;
  let loose = end;
  while (loose > 1 && (isLoose(blocks[loose - 1]) || isHeadingOrCredit(blocks[loose - 1]))) {
    loose -= 1;
  }
  // Many short lines are a list, of prices or of dates, not what is left of a page's frame.
  if (end - loose <= 3) end = loose;
  return blocks.slice(0, end);
}

function isLoose(block: LinkedBlock | undefined): boolean {
  if (block?.kind !== 'paragraph' || block.text.length >= 100 || endsSentence(block.text))
    return false;
  // A last line with a figure may be the price that was asked for.
  return block.linkShare > 0 || !/\d/u.test(block.text) || dateLine.test(block.text);
}

function isHeadingOrCredit(block: LinkedBlock | undefined): boolean {
  if (block === undefined) return false;
  if (block.kind === 'heading') return true;
  return block.kind === 'paragraph' && block.text.length < 250 && credit.test(block.text);
}

const credit =
  /\b(?:contributed (?:to this|reporting)|reporting by|editing by|all rights reserved)\b|©|все права защищены/iu;

/** A heading that leads elsewhere, with nothing under it but a line or two. */
function dropTeasers(blocks: readonly LinkedBlock[]): LinkedBlock[] {
  const kept: LinkedBlock[] = [];
  let position = 0;
  while (position < blocks.length) {
    const block = blocks[position];
    if (block === undefined) break;
    let next = position + 1;
    if (block.kind === 'heading' && block.linkShare >= 0.9) {
      while (isLoose(blocks[next])) next += 1;
      const after = blocks[next];
      if (after === undefined || after.kind === 'heading') {
        position = next;
        continue;
      }
      next = position + 1;
    }
    kept.push(block);
    position = next;
  }
  return kept;
}
