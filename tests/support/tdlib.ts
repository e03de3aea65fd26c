import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import type { MessageEntity } from 'grammy/types';
import * as tdl from 'tdl';

/** Why Telegram's own parser is not to be had here, for `test.skipIf`; null where it is. */
export const tdlibMissing: string | null = configure();

/**
 * What Telegram's own parser has against a message, or what it would change in it without a word;
 * null when the message arrives as it is. Lengths and numbers it does not check.
 * @throws when the parser is missing.
 */
export function objectionOfTdlib(text: string, entities: readonly MessageEntity[]): string | null {
  if (tdlibMissing !== null) throw new Error(tdlibMissing);
  if (text !== text.trim()) return 'white space at the edges of the text would be cut off';
  const styled = entities.filter(({ type }) => type in STYLES);
  const result: Parsed = tdl.execute({
    _: 'getMarkdownText',
    text: {
      _: 'formattedText',
      text: GUARD + text,
      entities: styled.map((entity) => ({
        _: 'textEntity',
        offset: entity.offset + GUARD.length,
        length: entity.length,
        type: { _: `textEntityType${STYLES[entity.type]}`, ...detailOf(entity) },
      })),
    },
  });
  if (result._ === 'error') return result.message;
  if (result.text !== GUARD + text) return 'characters of the text would be changed';
  const sent = styled.map((entity) => ({
    style: [STYLES[entity.type], addressOf(detailOf(entity).url)].join(' ').trim(),
    start: entity.offset,
    end: entity.offset + entity.length,
  }));
  const kept = result.entities.map(({ offset, length, type }) => ({
    style: [type._.replace('textEntityType', ''), addressOf(type.url)].join(' ').trim(),
    start: offset - GUARD.length,
    end: offset - GUARD.length + length,
  }));
  return difference(spansOf(sent), spansOf(kept));
}

/**
 * Makes TDLib give back the entities that it keeps. It would write them as Markdown, but for a text
 * that would read differently afterwards; and so does one that holds marks already.
 */
const GUARD = '**.**\n';

/** Others are found in the text by Telegram itself, whatever a bot says of them. */
const STYLES: Partial<Record<MessageEntity['type'], string>> = {
  bold: 'Bold',
  italic: 'Italic',
  underline: 'Underline',
  strikethrough: 'Strikethrough',
  spoiler: 'Spoiler',
  code: 'Code',
  pre: 'Pre',
  blockquote: 'BlockQuote',
  expandable_blockquote: 'ExpandableBlockQuote',
  text_link: 'TextUrl',
};

/** Those that TDLib writes as several pieces, or several as one, which looks the same. */
const DIVISIBLE = /^(?:Bold|Italic|Underline|Strikethrough|Spoiler)$/u;

/** As far as it is read here: the package has no types of TDLib's objects. */
type Parsed =
  | { _: 'error'; message: string }
  | {
      _: 'formattedText';
      text: string;
      entities: { offset: number; length: number; type: { _: string; url?: string } }[];
    };

interface Span {
  style: string;
  start: number;
  end: number;
}

function detailOf(entity: MessageEntity): { url?: string } {
  return entity.type === 'text_link' ? { url: entity.url } : {};
}

/** As TDLib writes an address, with the slash that an empty path has. */
function addressOf(address: string | undefined): string {
  return address === undefined ? '' : URL.canParse(address) ? new URL(address).href : address;
}

function spansOf(given: readonly Span[]): string[] {
  const spans: Span[] = [];
  const sorted = given.toSorted(
    (one, other) => one.style.localeCompare(other.style) || one.start - other.start,
  );
  for (const span of sorted) {
    const last = spans.at(-1);
    const touches = last !== undefined && last.style === span.style && last.end >= span.start;
    if (touches && DIVISIBLE.test(span.style)) last.end = Math.max(last.end, span.end);
    else spans.push({ ...span });
  }
  return spans.map(({ style, start, end }) => `${style} ${start}–${end}`);
}

function difference(sent: readonly string[], kept: readonly string[]): string | null {
  const lost = sent.filter((span) => !kept.includes(span));
  const added = kept.filter((span) => !sent.includes(span));
  if (lost.length === 0 && added.length === 0) return null;
  return `entities would be changed: lost [${lost.join(', ')}], instead [${added.join(', ')}]`;
}

function configure(): string | null {
  let manifest: string;
  try {
    const require = createRequire(import.meta.url);
    manifest = require.resolve('@prebuilt-tdlib/linux-x64-glibc/package.json');
  } catch {
    return 'TDLib is not installed on this system';
  }
  const tdjson = join(dirname(manifest), 'libtdjson.so');
  if (!existsSync(tdjson)) return 'TDLib is not installed on this system';
  tdl.configure({ tdjson, verbosityLevel: 0 });
  return null;
}
