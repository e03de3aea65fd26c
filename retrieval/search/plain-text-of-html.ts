import { load } from 'cheerio/slim';

/**
 * Plain text of an engine's snippet or title, which may or may not hold HTML, on one line. A sign
 * that only looks like a tag stays: `a < b`, `vector<int>`.
 */
export function plainTextOfHtml(html: string, maxCharacters = 2000): string {
  const source = html.slice(0, maxCharacters * 4);
  const text = /[<&]/u.test(source) ? parse(source) : source;
  return text
    .replace(/[\s\u200b\u00ad]+/gu, ' ')
    .trim()
    .slice(0, maxCharacters);
}

/** As `plainTextOfHtml`, with a line for each paragraph, heading and item. */
export function linesOfHtml(html: string, maxCharacters = 2000): string {
  const source = html.slice(0, maxCharacters * 4);
  // Markup breaks its lines where it likes; a text without markup, where it means to.
  const text = /[<&]/u.test(source) ? parse(source.replaceAll(/\s+/gu, ' '), '\n') : source;
  return text
    .split(/\n+/u)
    .map((line) => line.replaceAll(/[\s\u200b\u00ad]+/gu, ' ').trim())
    .filter((line) => line !== '')
    .join('\n')
    .slice(0, maxCharacters);
}

function parse(source: string, atBlocks = ' '): string {
  const $ = load(source.replace(notATag, '&lt;').replace(breakingTag, atBlocks), {}, false);
  $('script, style').remove();
  return $.root().text();
}

const notATag =
  /<(?!\/?(?:a|abbr|b|bdi|big|blockquote|br|cite|code|dd|div|dl|dt|em|font|h[1-6]|hr|i|img|ins|kbd|li|mark|ol|p|pre|q|s|samp|script|section|small|span|strong|style|sub|sup|table|tbody|td|th|tr|tt|u|ul|var|wbr)(?![\w-])|!--)/giu;

const breakingTag =
  /<\/?(?:blockquote|br|dd|div|dl|dt|h[1-6]|hr|li|ol|p|pre|section|table|td|th|tr|ul)(?![\w-])[^>]*>/giu;
