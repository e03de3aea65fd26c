import type { LinkedBlock } from './blocks.ts';
import { comparable } from './titles.ts';

/** Whether a line says who wrote the text, or when, and nothing more. */
export function isByline({ kind, text }: LinkedBlock, authors: readonly string[]): boolean {
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

/** A date as pages write it, somewhere in a line. */
export const dateLine =
  /(?:^|\s)(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}*\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{1,2} \p{L}{3,9}\.?,? \d{4})(?=$|[\s,|·г])/iu;
