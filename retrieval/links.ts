import { isStopWord } from './text/stop-words.ts';
import { tokenize } from './text/terms.ts';

/** Web addresses that stand in a question, in order and distinct, and the question without them. */
export function takeLinks(text: string): { links: string[]; rest: string } {
  const links = new Set<string>();
  const rest = text.replace(linkPattern, (found) => {
    const address = withoutPunctuation(found);
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

// Two addresses with only a comma between them are two; "web.archive.org/web/https://…" is one.
const linkPattern = /https?:\/\/(?:(?![,;|]https?:\/\/)[^\s<>«»“”"\u200b\u2060\ufeff])+/giu;

/** «(https://ru.wikipedia.org/wiki/Исток_(река)).»: a bracket belongs to the address if it closes one of its own. */
function withoutPunctuation(found: string): string {
  const unclosed = { ')': 0, ']': 0, '}': 0 };
  for (const character of found) {
    if (isClosing(character)) unclosed[character] -= 1;
    else if (character in openings) unclosed[openings[character] ?? ')'] += 1;
  }
  let end = found.length;
  for (; end > 0; end -= 1) {
    const last = found.charAt(end - 1);
    if (isClosing(last)) {
      if (unclosed[last] >= 0) break;
      unclosed[last] += 1;
    } else if (!punctuation.has(last)) break;
  }
  return found.slice(0, end);
}

const openings: Record<string, ClosingBracket> = { '(': ')', '[': ']', '{': '}' };
const punctuation = new Set(`.,;:!?…'’*\``);

type ClosingBracket = ')' | ']' | '}';

function isClosing(character: string): character is ClosingBracket {
  return character === ')' || character === ']' || character === '}';
}
