import { load } from 'cheerio/slim';
import type { Block, BlockKind } from '../passage.ts';
import { foldCode, foldText } from './text-folding.ts';

/**
 * Reads Markdown line by line: what nests becomes flat, so hostile nesting costs nothing. Front
 * matter is left out, but for its title.
 */
export function markdownBlocks(source: string): { blocks: Block[]; title: string | null } {
  const { body, title } = withoutFrontMatter(source);
  const blocks: Block[] = [];
  let kind: BlockKind = 'paragraph';
  let open: string[] = [];
  let fence: string | null = null;

  const close = (): void => {
    const text = fence === null ? inlineText(open.join(' ')) : foldCode(open.join('\n'));
    if (text !== '') blocks.push({ kind: fence === null ? kind : 'code', text });
    open = [];
    kind = 'paragraph';
  };

  for (const line of body.split('\n')) {
    const fenced = /^\s{0,3}(```+|~~~+)/u.exec(line)?.[1];
    if (fence !== null) {
      if (fenced?.startsWith(fence) === true && line.trim() === fenced) {
        close();
        fence = null;
      } else open.push(line);
      continue;
    }
    const heading = /^\s{0,3}#{1,6}\s/u.test(line) ? headingText(line) : undefined;
    const item = /^\s*(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?(.*)$/u.exec(line)?.[1];
    const quoted = /^\s{0,3}>\s?(.*)$/u.exec(line)?.[1];
    if (fenced !== undefined) {
      close();
      fence = fenced;
    } else if (heading !== undefined) {
      close();
      blocks.push(...oneBlock('heading', inlineText(heading)));
    } else if (/^\s*\|.*\|\s*$/u.test(line)) {
      close();
      blocks.push(...tableRow(line));
    } else if (
      /^\s{0,3}(?:=+|-{2,})\s*$/u.test(line) &&
      open.length === 1 &&
      kind === 'paragraph'
    ) {
      kind = 'heading';
      close();
    } else if (line.trim() === '' || /^\s{0,3}(?:[-*_]\s*){3,}$/u.test(line)) close();
    else if (item !== undefined) {
      close();
      kind = 'list-item';
      open.push(item);
    } else if (quoted !== undefined) {
      if (kind !== 'quotation') close();
      kind = 'quotation';
      open.push(quoted.replace(/^(?:>\s?)+/u, ''));
    } else open.push(line);
  }
  close();
  return { blocks, title };
}

function headingText(line: string): string {
  return foldText(line).replace(/^#+ ?/u, '').replace(/ #+$/u, '');
}

function withoutFrontMatter(source: string): { body: string; title: string | null } {
  const text = source.replace(/^\uFEFF/u, '');
  if (!text.startsWith('---\n')) return { body: text, title: null };
  const end = text.indexOf('\n---', 3);
  if (end === -1 || end > 20_000) return { body: text, title: null };
  const title = /^title:\s*["']?(.*?)["']?\s*$/mu.exec(text.slice(4, end))?.[1];
  return { body: text.slice(end + 4).replace(/^-*\n?/u, ''), title: title || null };
}

function tableRow(line: string): Block[] {
  const cells = line
    .trim()
    .slice(1, -1)
    .split(/(?<!\\)\|/u);
  if (cells.every((cell) => /^\s*:?-+:?\s*$/u.test(cell))) return [];
  const texts = cells.map((cell) => inlineText(cell.replaceAll('\\|', '|')));
  return oneBlock('table-row', texts.filter((text) => text !== '').join(' | '));
}

function oneBlock(kind: BlockKind, text: string): Block[] {
  return text === '' ? [] : [{ kind, text }];
}

/** Drops the marks of emphasis, links and images, and markup; what they say stays. */
function inlineText(markdown: string): string {
  const text = markdown
    .replace(/!\[[^\]\n]{0,200}\]\([^)\n]{0,500}\)/gu, '')
    .replace(/\[([^\]\n]{0,200})\]\([^)\n]{0,500}\)/gu, '$1')
    .replace(/<(https?:[^>\s]{1,2000})>/gu, '$1')
    .replace(/(\*\*|__|~~)(?=\S)([^*_~\n]{1,1000})\1/gu, '$2')
    .replace(/(?<![\p{L}\d*_])([*_])(?=\S)([^*_\n]{1,1000})\1(?![\p{L}\d*_])/gu, '$2')
    .replace(/`+([^`\n]{1,1000})`+/gu, '$1')
    .replace(/\\([\\`*_{}[\]()#+\-.!|>~])/gu, '$1');
  return foldText(/<\/?[a-z!]|&[a-z#]/iu.test(text) ? load(text.slice(0, 100_000)).text() : text);
}
