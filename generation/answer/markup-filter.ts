import { createInlineMarkupFilter } from './inline-markup.ts';

/** Makes plain text of an answer that a model wrote as a web page. One for each answer. */
export interface MarkupFilter {
  push(text: string): string;
  end(): string;
}

/**
 * An answer that opens with a tag is markup throughout: tags go, blocks become lines. Later on tags go
 * too, but in code, and unless the answer `mayNameTags`, being about them.
 */
export function createMarkupFilter({
  mayNameTags = false,
}: { mayNameTags?: boolean } = {}): MarkupFilter {
  const inline = mayNameTags ? null : createInlineMarkupFilter();
  let state: 'start' | 'text' | 'markup' = 'start';
  let held = '';
  let hidden: string | null = null;
  let hasText = false;

  const start = (isEnd: boolean): void => {
    const rest = held.trimStart().replace(/^```html?\s*\n/iu, '');
    if (opening.test(rest)) {
      state = 'markup';
      held = rest;
    } else if (isEnd || !beginning.test(rest)) state = 'text';
  };

  const strip = (isEnd: boolean): string => {
    const cut = isEnd ? -1 : held.search(/<[^>]*$|&[a-z#\d]{0,8}$|`{1,3}$/iu);
    const ready = cut === -1 ? held : held.slice(0, cut);
    held = cut === -1 ? '' : held.slice(cut);
    let shown = '';
    for (const [piece, tag] of ready.matchAll(/<!--[^>]*>|<[/!]?([a-z][\w-]*)?[^>]*>|[^<]+|</giu)) {
      const name = tag?.toLowerCase() ?? '';
      if (!piece.startsWith('<')) shown += hidden === null ? piece : '';
      else if (piece.startsWith('</') && name === hidden) hidden = null;
      else if (unseen.has(name) && !piece.startsWith('</')) hidden = name;
      else if (block.has(name)) shown += '\n';
    }
    const plain = decode(shown)
      .replaceAll('```', '')
      .replaceAll(/[ \t]*\n\s*/gu, '\n');
    const text = hasText ? plain : plain.trimStart();
    hasText ||= text !== '';
    return text;
  };

  const release = (isEnd: boolean): string => {
    if (state === 'start') start(isEnd);
    if (state === 'markup') return strip(isEnd);
    if (state === 'start') return '';
    const text = held;
    held = '';
    if (inline === null) return text;
    return inline.push(text) + (isEnd ? inline.end() : '');
  };

  return {
    push(text) {
      held += text;
      return release(false);
    },
    end: () => release(true),
  };
}

const opening =
  /^<(?:!doctype\b|!--|(?:html|head|body|main|article|section|div|p|span|br|b|i|em|strong|u|ul|ol|li|table|h[1-6]|a|script|style|center|font)(?:\s[^>]*)?\/?>)/iu;
// What may still become a tag or its fence.
const beginning = /^(?:$|<[^>]{0,200}$|`{1,3}(?:h(?:t(?:ml?)?)?)?\s*$)/iu;
const unseen = new Set(['script', 'style', 'title', 'template']);
const block = new Set(
  'address article blockquote body br dd div dl dt footer h1 h2 h3 h4 h5 h6 header html li main ol p pre section table tr ul'.split(
    ' ',
  ),
);

function decode(text: string): string {
  return text.replaceAll(
    /&(?:nbsp|amp|lt|gt|quot|#39|laquo|raquo|mdash|ndash);/gu,
    (entity) => entities[entity] ?? entity,
  );
}

const entities: Record<string, string> = {
  '&nbsp;': '\u00A0',
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&laquo;': '«',
  '&raquo;': '»',
  '&mdash;': '—',
  '&ndash;': '–',
};
