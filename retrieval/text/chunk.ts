import type { Block, Place } from '../passage.ts';
import { splitSentences } from './sentences.ts';

export interface Chunk {
  /** The nearest heading above, or null. */
  heading: string | null;
  /** One or more sentences, blocks apart by a line break. */
  text: string;
  /** Pages or lines from its first block to its last; null where they have none. */
  place: Place | null;
}

export interface ChunkOptions {
  /** Words a passage aims at; the last of a section may be shorter. */
  targetWords?: number;
  /** Words a passage never exceeds; a longer sentence is cut between words. */
  maxWords?: number;
}

/**
 * Cuts a page's blocks into passages of about 120 words on sentence boundaries. A heading starts a
 * new passage once there is something to close, and is carried along with what follows.
 */
export function chunkBlocks(
  blocks: readonly Block[],
  { targetWords = 120, maxWords = 200 }: ChunkOptions = {},
): Chunk[] {
  const chunks: Chunk[] = [];
  let heading: string | null = null;
  let pieces: string[] = [];
  let words = 0;
  let place: Place | null = null;

  const close = (): void => {
    if (words > 0) chunks.push({ heading, text: pieces.join('').trim(), place });
    pieces = [];
    words = 0;
    place = null;
  };

  for (const block of blocks) {
    if (block.kind === 'heading') {
      close();
      heading = block.text;
      continue;
    }
    let separator = '\n';
    const between = hasLines(block) ? '\n' : ' ';
    for (const unit of unitsOf(block, maxWords)) {
      const size = sizeInWords(unit);
      // Better a little over the target than a stump: close only when this unit strays further from it.
      const over = words + size - targetWords;
      if (words > 0 && over > 0 && (over > targetWords - words || words + size > maxWords)) close();
      pieces.push(pieces.length === 0 ? unit : separator + unit);
      words += size;
      place = covering(place, block.place ?? null);
      separator = between;
    }
  }
  close();
  return chunks;
}

function covering(one: Place | null, other: Place | null): Place | null {
  if (one === null || other === null || one.unit !== other.unit) return one ?? other;
  return {
    unit: one.unit,
    from: Math.min(one.from, other.from),
    to: Math.max(one.to, other.to),
  };
}

function unitsOf(block: Block, maxWords: number): string[] {
  const units = hasLines(block)
    ? block.text.split('\n')
    : splitSentences(block.text).map((sentence) => sentence.text);
  return units.filter((unit) => unit.trim() !== '').flatMap((unit) => cutLong(unit, maxWords));
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

/** What is longer than usual words counts for several: addresses, data, text without spaces. */
function sizeInWords(text: string): number {
  const words = text.match(/\S+/gu)?.length ?? 0;
  return Math.max(words, Math.ceil(text.length / charactersOfLongWord));
}

const charactersOfLongWord = 12;
