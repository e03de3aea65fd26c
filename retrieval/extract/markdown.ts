import { load } from 'cheerio/slim';
import type { Block, BlockKind } from '../passage.ts';
import { foldCode, foldText } from './text-folding.ts';

/**
 * Reads Markdown line by line, so that each block knows its lines: what nests becomes flat, and
 * hostile nesting costs nothing. Front matter is left out, but for its title.
 */
export function markdownBlocks(source: string): { blocks: Block[]; title: string | null } {
  const { body, title, skipped } = withoutFrontMatter(source);
  const blocks: Block[] = [];
  let kind: BlockKind = 'paragraph';
  let open: string[] = [];
  let fence: string | null = null;
  let codeLanguage: string | null = null;
  let isTable = false;
  let isComment = false;
  let from = 0;
  let at = skipped;

  const add = (block: Omit<Block, 'place'>, first: number, last: number): void => {
    if (block.text === '' || blocks.length >= maxBlocks) return;
    blocks.push({ ...block, place: { unit: 'line', from: first, to: last } });
  };
  const close = (): void => {
    if (open.length > 0) {
      const last = from + open.length - 1;
      const said = codeLanguage === null ? {} : { codeLanguage };
      if (fence === null) add({ kind, text: inlineText(open.join(' ')) }, from, last);
      else add({ kind: 'code', text: foldCode(open.join('\n')), ...said }, from, last);
    }
    open = [];
    kind = 'paragraph';
  };
  const push = (line: string): void => {
    if (open.length === 0) from = at;
    open.push(line);
  };

  const lines = body.split('\n', maxLines);
  for (const [index, line] of lines.entries()) {
    at = skipped + index + 1;
    const [, fenced, info = ''] = /^\s*(```+|~~~+)\s*(\S*)/u.exec(line) ?? [];
    if (isComment || (fence === null && /^\s*<!--/u.test(line))) {
      if (!isComment) close();
      isComment = !line.includes('-->');
      continue;
    }
    if (fence !== null) {
      if (fenced?.startsWith(fence) === true && line.trim() === fenced) {
        close();
        fence = null;
      } else push(line);
      continue;
    }
    isTable = isTableRow(line, lines[index + 1] ?? '', isTable);
    const heading = /^\s{0,3}#{1,6}\s/u.test(line) ? headingText(line) : undefined;
    const item = /^\s*(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?(.*)$/u.exec(line)?.[1];
    const quoted = /^\s{0,3}>\s?(.*)$/u.exec(line)?.[1];
    if (fenced !== undefined) {
      close();
      fence = fenced;
      codeLanguage = /^[\w+#-]{1,30}$/u.test(info) ? info.toLowerCase() : null;
    } else if (heading !== undefined) {
      close();
      add({ kind: 'heading', text: inlineText(heading) }, at, at);
    } else if (isTable) {
      close();
      add({ kind: 'table-row', text: tableRow(line) }, at, at);
    } else if (
      /^\s{0,3}(?:=+|-{2,})\s*$/u.test(line) &&
      open.length === 1 &&
      kind === 'paragraph'
    ) {
      kind = 'heading';
      close();
    } else if (/^\s{0,3}\[[^\]]{1,200}\]:\s+\S+/u.test(line)) close();
    else if (line.trim() === '' || /^\s{0,3}(?:[-*_]\s*){3,}$/u.test(line)) close();
    else if (item !== undefined) {
      close();
      kind = 'list-item';
      push(item);
    } else if (quoted !== undefined) {
      if (kind !== 'quotation') close();
      kind = 'quotation';
      push(quoted.replace(/^(?:>\s?)+/u, ''));
    } else push(line);
  }
  close();
  return { blocks, title };
}

const maxLines = 100_000;
const maxBlocks = 20_000;

/** A row between bars, or one of a table that was opened by a line of dashes below its head. */
function isTableRow(line: string, next: string, isTable: boolean): boolean {
  if (/^\s*\|.*\|\s*$/u.test(line)) return true;
  if (!line.includes('|')) return false;
  return isTable || (/^[\s|:-]+$/u.test(next) && /-\s*\|\s*:?-|^\s*\|?\s*:?-+:?\s*\|/u.test(next));
}

function headingText(line: string): string {
  return foldText(line).replace(/^#+ ?/u, '').replace(/ #+$/u, '');
}

function withoutFrontMatter(source: string): {
  body: string;
  title: string | null;
  /** Lines that were left out. */
  skipped: number;
} {
  const text = source.replace(/^\uFEFF/u, '');
  const none = { body: text, title: null, skipped: 0 };
  const mark = /^(---|\+\+\+)[^\S\n]*\n/u.exec(text)?.[1];
  if (mark === undefined) return none;
  const end = text.indexOf(`\n${mark}`, 3);
  if (end === -1 || end > 20_000) return none;
  const lineEnd = text.indexOf('\n', end + 1);
  const bodyStart = lineEnd === -1 ? text.length : lineEnd + 1;
  const title = /^title\s*[:=]\s*["']?(.*?)["']?\s*$/mu.exec(text.slice(4, end))?.[1];
  const skipped = text.slice(0, bodyStart).split('\n').length - 1;
  return { body: text.slice(bodyStart), title: title || null, skipped };
}

/** Cells apart by bars; empty for the line of dashes below a table's head. */
function tableRow(line: string): string {
  const cells = line
    .trim()
    .replace(/^\||(?<!\\)\|$/gu, '')
    .split(/(?<!\\)\|/u);
  if (cells.every((cell) => /^\s*:?-+:?\s*$/u.test(cell))) return '';
  const texts = cells.map((cell) => inlineText(cell.replaceAll('\\|', '|')));
  return texts.filter((text) => text !== '').join(' | ');
}

/** Drops the marks of emphasis, links and images, and markup; what they say stays. */
function inlineText(markdown: string): string {
  const text = markdown
    .replace(/!\[[^\]\n]{0,600}\]\([^)\n]{0,500}\)/gu, '')
    .replace(/\[([^\]\n]{0,200})\]\([^)\n]{0,500}\)/gu, '$1')
    .replace(/\[([^\]\n]{1,200})\]\[[^\]\n]{0,200}\]/gu, '$1')
    .replace(/<(https?:[^>\s]{1,2000})>/gu, '$1')
    .replace(/(\*\*|__|~~)(?=\S)([^*_~\n]{1,1000})\1/gu, '$2')
    .replace(/(?<![\p{L}\d*_])([*_])(?=\S)([^*_\n]{1,1000})\1(?![\p{L}\d*_])/gu, '$2')
    .replace(/`+([^`\n]{1,1000})`+/gu, '$1')
    .replace(/\\([\\`*_{}[\]()#+\-.!|>~])/gu, '$1');
  return foldText(/<\/?[a-z!]|&[a-z#]/iu.test(text) ? load(text.slice(0, 100_000)).text() : text);
}
