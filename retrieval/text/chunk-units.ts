import type { Block, Place } from '../passage.ts';
import { splitSentences } from './sentences.ts';
import { findTableHeader } from './table-header.ts';

/** What a passage is put together from and never cuts: a sentence, a row, a block of code. */
export interface ChunkUnit {
  text: string;
  words: number;
  /** What parts it from the unit before it in a passage. */
  separator: '\n' | ' ';
  place: Place | null;
  isCode: boolean;
  /** Whether it introduces what follows and stays with it: «Нужны:», the first row of a table. */
  opensNext: boolean;
  /** Of a row: the row that names the columns; repeated where a passage begins in the middle. */
  header: string | null;
}

/** The units of blocks under one heading, in order; none is longer than `maxWords`. */
export function chunkUnits(blocks: readonly Block[], maxWords: number): ChunkUnit[] {
  const headers = tableHeaders(blocks);
  return blocks.flatMap((block, at) => {
    const parts = partsOf(block, maxWords);
    const texts = parts.map(({ text }) => text);
    const isIntroduction = introduces(block, blocks[at + 1], texts);
    const header = headers.get(block) ?? null;
    return parts.map(({ text, place }, index): ChunkUnit => {
      const isHeader = header !== null && text === header;
      return {
        text,
        words: sizeInWords(text),
        separator: index === 0 || hasLines(block) ? '\n' : ' ',
        place,
        isCode: block.kind === 'code',
        opensNext: isHeader || (isIntroduction && index === parts.length - 1),
        header: isHeader ? null : header,
      };
    });
  });
}

/** What is longer than usual words counts for several: addresses, data, text without spaces. */
export function sizeInWords(text: string): number {
  const words = text.match(/\S+/gu)?.length ?? 0;
  return Math.max(words, Math.ceil(text.length / charactersOfLongWord));
}

const charactersOfLongWord = 12;

/** Each row of a table whose first row names the columns, with that row: as markup says, or by its looks. */
function tableHeaders(blocks: readonly Block[]): Map<Block, string> {
  const headers = new Map<Block, string>();
  for (let from = 0, to = 0; from < blocks.length; from = to + 1) {
    to = from;
    while (blocks[to]?.kind === 'table-row') to += 1;
    const rows = blocks.slice(from, to);
    const stated = new Set(rows.flatMap(({ tableHeader }) => tableHeader ?? []));
    const found = stated.size > 0 ? null : findTableHeader(rows.map(({ text }) => text));
    for (const row of rows) {
      const header = row.tableHeader ?? (stated.has(row.text) ? row.text : found);
      if (header !== null) headers.set(row, header);
    }
  }
  return headers;
}

function introduces(block: Block, next: Block | undefined, texts: readonly string[]): boolean {
  const last = texts.at(-1);
  if (block.kind !== 'paragraph' || next === undefined || last === undefined) return false;
  if (last.endsWith(':')) return true;
  return opensWithin.has(next.kind) && texts.length === 1 && sizeInWords(last) <= longestLeadIn;
}

/** These are seldom understood without the sentence above them. */
const opensWithin: ReadonlySet<Block['kind']> = new Set(['list-item', 'table-row', 'code']);

const longestLeadIn = 40;

interface Part {
  text: string;
  place: Place | null;
}

/** A line of code that stands on lines of its file knows which. */
function partsOf(block: Block, maxWords: number): Part[] {
  const place = block.place ?? null;
  const lines = block.kind === 'code' ? block.text.split('\n') : [];
  const isCut = block.kind === 'code' && sizeInWords(block.text) > maxWords;
  if (!isCut || place?.unit !== 'line' || lines.length !== place.to - place.from + 1) {
    return textsOf(block, maxWords).map((text) => ({ text, place }));
  }
  return lines.flatMap((line, at): Part[] => {
    if (line.trim() === '') return [];
    const own: Place = { unit: 'line', from: place.from + at, to: place.from + at };
    return cutLong(line, maxWords).map((text) => ({ text, place: own }));
  });
}

function textsOf(block: Block, maxWords: number): string[] {
  const isWhole = block.kind === 'code' && sizeInWords(block.text) <= maxWords;
  const texts = isWhole
    ? [block.text]
    : hasLines(block)
      ? block.text.split('\n')
      : splitSentences(block.text).map((sentence) => sentence.text);
  return texts.filter((text) => text.trim() !== '').flatMap((text) => cutLong(text, maxWords));
}

/** Where lines mean something, a passage keeps them. */
function hasLines({ kind }: Block): boolean {
  return kind === 'code' || kind === 'table-row';
}

/** Text without full stops, or one endless word, may not become a passage of any size. */
function cutLong(unit: string, maxWords: number): string[] {
  const maxCharacters = maxWords * charactersOfLongWord;
  if (sizeInWords(unit) <= maxWords) return [unit];
  const parts: string[] = [];
  let part = '';
  let words = 0;
  for (const piece of unit.match(/\S+\s*/gu) ?? []) {
    for (let at = 0, slice = ''; at < piece.length; at += slice.length) {
      slice = sliceWhole(piece, at, maxCharacters);
      if (words >= maxWords || part.length + slice.length > maxCharacters) {
        if (part.trim() !== '') parts.push(part.trim());
        part = '';
        words = 0;
      }
      part += slice;
      words += 1;
    }
  }
  if (part.trim() !== '') parts.push(part.trim());
  return parts;
}

/** Never half of a character that takes two units: no address or request could carry it. */
function sliceWhole(text: string, at: number, length: number): string {
  const slice = text.slice(at, at + length);
  const cutsPair = length > 1 && /[\ud800-\udbff]$/.test(slice) && at + length < text.length;
  return cutsPair ? slice.slice(0, -1) : slice;
}
