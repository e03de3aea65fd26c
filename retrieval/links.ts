import { isStopWord } from './text/stop-words.ts';
import { tokenize } from './text/terms.ts';

/** Web addresses that stand in a question, in order and distinct, and the question without them. */
export function takeLinks(text: string): { links: string[]; rest: string } {
  const links = new Set<string>();
  const rest = text.replace(linkPattern, (found) => {
    const trimmed = found.replace(/[.,;:!?…»”"'*]+$/u, '');
    // «(https://ru.wikipedia.org/wiki/Исток_(река))»: a bracket belongs to the address if it closes one of its own.
    const address = closesMore(trimmed) ? trimmed.slice(0, -1) : trimmed;
    if (!URL.canParse(address)) return found;
    links.add(address);
    return ` ${found.slice(address.length)}`;
  });
  return { links: [...links], rest: rest.replace(/\s+/gu, ' ').trim() };
}

/** Whether a text asks what the pages of its links say, and nothing that could be searched for. */
export function asksAboutLinks(text: string): boolean {
  const { links, rest } = takeLinks(text);
  return links.length > 0 && tokenize(rest).every(({ word }) => saysNothingBesideLink(word));
}

function saysNothingBesideLink(word: string): boolean {
  return isStopWord(word) || askingForPage.test(word);
}

/** Words for a page, and for being told what it says. */
const askingForPage =
  /^(?:стать[яиюе]|страниц[аыуе]|ссылк[аиуе]|текста?|материала?|публикаци[яию]|новост[ьи]|сайта?|содержани[ея]|суть|кратко|вкратце|коротко|перескажи(?:те)?|расскажи(?:те)?|объясни(?:те)?|опиши(?:те)?|прочитай(?:те)?|прочти(?:те)?|page|article|link|text|post|site|website|content|contents|summary|summari[sz]e|tldr|briefly|explain|describe|tell|read|please|пожалуйста)$/u;

const linkPattern = /https?:\/\/[^\s<>«»“”"]+/giu;

function closesMore(address: string): boolean {
  return (
    address.endsWith(')') &&
    (address.match(/\)/gu)?.length ?? 0) > (address.match(/\(/gu)?.length ?? 0)
  );
}
