import type { Message } from 'grammy/types';

import { looksLikeCode } from '../../retrieval/extract/source-code.ts';

/** Code that stands in a message's words, and the words around it. */
export interface CodeFragment {
  code: string;
  /** As the message names it: `python`; null where it does not. */
  language: string | null;
  /** What of the words is no code. */
  rest: string;
}

/** The longest block of code of a message that is long enough to be asked about; null for none. */
export function codeFragmentIn(
  message: Pick<Message, 'text' | 'caption' | 'entities' | 'caption_entities'>,
  words = message.text ?? message.caption ?? '',
): CodeFragment | null {
  const text = message.text ?? message.caption ?? '';
  const marked = (message.entities ?? message.caption_entities ?? []).flatMap((entity) => {
    if (entity.type !== 'pre') return [];
    const code = text.slice(entity.offset, entity.offset + entity.length);
    return [{ code, whole: code, language: entity.language?.toLowerCase() ?? null }];
  });
  const fenced = [...text.matchAll(/^```([\w+#-]*)[ \t]*\n([^]*?)\n?```/gmu)].map(
    ([whole, language = '', code = '']) => {
      return { code, whole, language: language === '' ? null : language.toLowerCase() };
    },
  );
  const [longest] = [...marked, ...fenced].toSorted(
    (one, other) => other.code.length - one.code.length,
  );
  if (longest === undefined || longest.code.trim().split('\n').length < fewestLines) return null;
  const { code, whole, language } = longest;
  // The words have come without their runs of spaces: see addressed.ts.
  const rest = folded(words).replace(folded(whole).trim(), () => ' ');
  return { code, language, rest: rest.trim() };
}

/** Code that is replied to: the lines that were marked in it, or its block. */
export function repliedFragment(message: Message, words: string): CodeFragment | null {
  const marked = message.quote?.text ?? '';
  if (marked.trim().split('\n').length >= fewestLines && looksLikeCode(marked)) {
    return { code: marked, language: null, rest: words };
  }
  const replied = message.reply_to_message;
  const fragment = replied === undefined ? null : codeFragmentIn(replied);
  return fragment === null ? null : { ...fragment, rest: withQuote(words, message) };
}

/** «Почему так?» under words that were marked asks about those. */
export function withQuote(words: string, { quote }: Message): string {
  const marked = quote?.text.replaceAll(/\s+/gu, ' ').trim() ?? '';
  return marked === '' || words === '' || marked.length > 300 ? words : `${words} «${marked}»`;
}

function folded(text: string): string {
  return text.replaceAll(/[ \t]{2,}/gu, ' ');
}

/** One or two lines are a question's own words. */
const fewestLines = 3;
