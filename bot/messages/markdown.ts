import type {
  BlockContent,
  DefinitionContent,
  LinkReference,
  List,
  ListItem,
  PhrasingContent,
  RootContent,
} from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';

import { FormattedTextBuilder } from './formatted-text.ts';
import type { FormattedText } from './formatted-text.ts';
import { linkAddress } from './link-address.ts';

export interface MarkdownOptions {
  /** Which addresses may become links; of the others the words stay. Only http(s) ever may. */
  allowLink?: (url: string) => boolean;
}

/**
 * The Markdown that models write as text with entities. What Telegram has no counterpart for keeps
 * its words: headings become bold, pictures their description, HTML stays as it is written.
 */
export function renderMarkdown(
  markdown: string,
  { allowLink = () => true }: MarkdownOptions = {},
): FormattedText {
  const rendering: Rendering = { out: new FormattedTextBuilder(), allowLink };
  renderBlocks(fromMarkdown(markdown).children, '\n\n', rendering);
  return rendering.out.build();
}

interface Rendering {
  out: FormattedTextBuilder;
  allowLink: (url: string) => boolean;
}

function renderBlocks(
  blocks: readonly (RootContent | BlockContent | DefinitionContent)[],
  separator: string,
  rendering: Rendering,
): void {
  let written = false;
  for (const block of blocks) {
    if (block.type === 'definition' || block.type === 'thematicBreak') continue;
    if (written) rendering.out.append(separator);
    renderBlock(block, rendering);
    written = true;
  }
}

function renderBlock(block: RootContent, rendering: Rendering): void {
  const { out } = rendering;
  switch (block.type) {
    case 'paragraph':
      renderPhrasing(block.children, rendering);
      break;
    case 'heading':
      out.wrap({ type: 'bold' }, () => renderPhrasing(block.children, rendering));
      break;
    case 'blockquote':
      out.wrap({ type: 'blockquote' }, () => renderBlocks(block.children, '\n\n', rendering));
      break;
    case 'list':
      renderList(block, 0, rendering);
      break;
    case 'code': {
      const language = block.lang ?? '';
      const style =
        language === '' ? ({ type: 'pre' } as const) : ({ type: 'pre', language } as const);
      out.wrap(style, () => out.append(block.value));
      break;
    }
    case 'html':
      out.append(block.value);
      break;
    default:
      break;
  }
}

function renderList(list: List, depth: number, rendering: Rendering): void {
  let number = list.start ?? 1;
  for (const [index, item] of list.children.entries()) {
    if (index > 0) rendering.out.append('\n');
    rendering.out.append('   '.repeat(depth)).append(list.ordered === true ? `${number}. ` : '• ');
    renderListItem(item, depth, rendering);
    number += 1;
  }
}

function renderListItem(item: ListItem, depth: number, rendering: Rendering): void {
  for (const [index, block] of item.children.entries()) {
    if (index > 0) rendering.out.append('\n');
    if (block.type === 'list') renderList(block, depth + 1, rendering);
    else renderBlock(block, rendering);
  }
}

function renderPhrasing(nodes: readonly PhrasingContent[], rendering: Rendering): void {
  for (const node of nodes) renderPhrase(node, rendering);
}

function renderPhrase(node: PhrasingContent, rendering: Rendering): void {
  const { out, allowLink } = rendering;
  const renderChildren = (children: readonly PhrasingContent[]): void =>
    renderPhrasing(children, rendering);
  switch (node.type) {
    case 'text':
    case 'html':
      out.append(node.value);
      break;
    case 'inlineCode':
      out.wrap({ type: 'code' }, () => out.append(node.value));
      break;
    case 'strong':
      out.wrap({ type: 'bold' }, () => renderChildren(node.children));
      break;
    case 'emphasis':
      out.wrap({ type: 'italic' }, () => renderChildren(node.children));
      break;
    case 'link':
      if (linkAddress(node.url) !== null && allowLink(node.url)) {
        out.wrap({ type: 'text_link', url: node.url }, () => renderChildren(node.children));
      } else renderChildren(node.children);
      break;
    case 'linkReference':
      renderReference(node, rendering);
      break;
    case 'image':
    case 'imageReference':
      out.append(node.alt ?? '');
      break;
    case 'break':
      out.append('\n');
      break;
    default:
      break;
  }
}

/**
 * A model that lists its sources as definitions turns `[1]`, and `[1][2]`, into references: the
 * markers stay, words lose their brackets.
 */
function renderReference(node: LinkReference, rendering: Rendering): void {
  const words = new FormattedTextBuilder();
  renderPhrasing(node.children, { ...rendering, out: words });
  const { text, entities } = words.build();
  rendering.out.append(isNumber(text) ? `[${text}]` : { text, entities });
  if (node.referenceType === 'full' && isNumber(node.label))
    rendering.out.append(`[${node.label}]`);
}

function isNumber(text: string | null | undefined): boolean {
  return /^\d+$/u.test(text ?? '');
}
