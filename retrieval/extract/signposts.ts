import type { LinkedBlock } from './blocks.ts';

/** Nothing but a link, or a label and a link: «Читайте также: …». */
export function isSignpost({ kind, text, linkShare }: LinkedBlock): boolean {
  if (kind === 'code' || kind === 'table-row' || kind === 'heading') return false;
  if (isLabel(text)) return true;
  // The items of a list of names may all be links, as in an encyclopedia; those of headlines are not its text.
  if (linkShare >= 0.9) return kind !== 'list-item' || text.split(' ').length >= 4;
  if (callToAction.test(text) && text.length < 200) return true;
  const labelled = /^[^.!?]{2,40}:\s/u.test(text);
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
