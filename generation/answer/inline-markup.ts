import { createCodeSpans } from '../models/code-spans.ts';

/** Takes the tags of web pages out of a text that is none. One for each answer. */
export interface InlineMarkupFilter {
  push(text: string): string;
  end(): string;
}

/** «<b>671</b>&nbsp;млрд<br>» is read as it would be seen; what stands in code stays. */
export function createInlineMarkupFilter(): InlineMarkupFilter {
  let held = '';
  let shown = '';
  let hidden: string | null = null;
  const code = createCodeSpans();

  const show = (text: string): string => {
    if (hidden !== null) return '';
    code.read(text);
    shown = (shown + text).slice(-2);
    return text;
  };

  const replacement = (piece: string): string => {
    if (piece.startsWith('&')) return entities.get(piece.toLowerCase()) ?? piece;
    const name = piece.match(/[a-z][a-z\d]*/iu)?.[0].toLowerCase() ?? '';
    const closes = piece.startsWith('</');
    if (unseen.has(name)) {
      hidden = closes ? null : name;
      return '';
    }
    if (!block.has(name)) return '';
    const item = name === 'li' && !closes ? '- ' : '';
    return shown === '' || shown.endsWith('\n') ? item : `\n${item}`;
  };

  const release = (isEnd: boolean): string => {
    const cut = isEnd ? -1 : held.search(possible);
    let ready = cut === -1 ? held : held.slice(0, cut);
    held = held.slice(ready.length);
    let text = '';
    for (;;) {
      const piece = ready.match(markup);
      if (piece?.index === undefined) break;
      text += show(ready.slice(0, piece.index));
      ready = ready.slice(piece.index + piece[0].length);
      const isNamed = /["'«“‘]$/u.test(shown) && /^["'»”’]/u.test(ready);
      const isType = /^<\p{L}>/u.test(piece[0]) && /[a-z_]$/iu.test(shown);
      if (code.isOpen || isNamed || isType) text += show(piece[0]);
      else text += show(replacement(piece[0]));
    }
    return text + show(ready);
  };

  return {
    push(text) {
      held += text;
      return release(false);
    },
    end: () => release(true),
  };
}

const unseen = new Set(['script', 'style', 'template', 'title']);
const block = new Set(
  'article blockquote body br center dd div dl dt footer h1 h2 h3 h4 h5 h6 head header hr html li main ol p section table tbody td th thead tr ul'.split(
    ' ',
  ),
);
const inline =
  'a abbr b big cite del em font i ins kbd mark q s small span strike strong sub sup tt u'.split(
    ' ',
  );
const names = [...unseen, ...block, ...inline].join('|');
const entity = '&(?:nbsp|amp|lt|gt|quot|apos|#39|laquo|raquo|mdash|ndash|hellip|thinsp);';
// Words after its name that are no attributes make a comparison of it.
const markup = new RegExp(
  `<(?:${names})(?:\\s+[a-z][\\w:-]*\\s*=\\s*(?:"[^"<]*"|'[^'<]*'|[^\\s"'<>]+))*\\s*/?>|</(?:${names})\\s*>|${entity}`,
  'iu',
);
/** The beginning of a tag or an entity at the end of the text; a quotation mark may follow a tag. */
const possible = /<(?:\/?[a-z][^<>\n]{0,200})?\/?$|<\/?[a-z][^<>\n]{0,200}>$|&[a-z#\d]{0,8};?$/iu;

const entities = new Map(
  Object.entries({
    '&nbsp;': '\u00A0',
    '&amp;': '&',
    '&lt;': '<',
    '&gt;': '>',
    '&quot;': '"',
    '&apos;': "'",
    '&#39;': "'",
    '&laquo;': '«',
    '&raquo;': '»',
    '&mdash;': '—',
    '&ndash;': '–',
    '&hellip;': '…',
    '&thinsp;': '\u2009',
  }),
);
