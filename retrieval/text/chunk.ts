import type { Block, Place } from '../passage.ts';
import { chunkUnits, sizeInWords, type ChunkUnit } from './chunk-units.ts';

export interface Chunk {
  /** The nearest heading above, or null. */
  heading: string | null;
  /** One or more sentences, blocks apart by a line break; each line stands on the page as it is. */
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
 * new passage once there is something to close, and is carried along with what follows. What
 * introduces a list, a table or code stays with its beginning; rows and code are not cut within, and
 * a table that goes on in another passage has its first row there again.
 */
export function chunkBlocks(
  blocks: readonly Block[],
  { targetWords = 120, maxWords = 200 }: ChunkOptions = {},
): Chunk[] {
  return sectionsOf(blocks).flatMap(({ heading, blocks: section }) => {
    const units = chunkUnits(section, maxWords);
    return groupUnits(units, { targetWords, maxWords }).map((group) => toChunk(heading, group));
  });
}

function sectionsOf(blocks: readonly Block[]): { heading: string | null; blocks: Block[] }[] {
  const sections: { heading: string | null; blocks: Block[] }[] = [{ heading: null, blocks: [] }];
  for (const block of blocks) {
    if (block.kind === 'heading') sections.push({ heading: block.text, blocks: [] });
    else sections.at(-1)?.blocks.push(block);
  }
  return sections;
}

function groupUnits(
  units: readonly ChunkUnit[],
  { targetWords, maxWords }: Required<ChunkOptions>,
): ChunkUnit[][] {
  const groups: ChunkUnit[][] = [];
  let group: ChunkUnit[] = [];
  let words = 0;
  for (const unit of units) {
    // Better a little over the target than a stump: close only when this unit strays further from it.
    const over = words + unit.words - targetWords;
    if (words > 0 && over > 0 && (over > targetWords - words || words + unit.words > maxWords)) {
      const moved = openersAt(group, maxWords - unit.words);
      groups.push(group.slice(0, group.length - moved.length));
      group = [...headerFor([...moved, unit], maxWords), ...moved];
      words = sumOfWords(group);
    }
    group.push(unit);
    words += unit.words;
  }
  if (group.length > 0) groups.push(group);
  return groups;
}

/** Units at the end of a group that open what follows it: they go along, but never all that is there. */
function openersAt(group: readonly ChunkUnit[], room: number): ChunkUnit[] {
  let from = group.length;
  while (from > 1 && group[from - 1]?.opensNext === true) from -= 1;
  const openers = group.slice(from);
  return sumOfWords(openers) <= room ? openers : [];
}

function headerFor(units: readonly ChunkUnit[], maxWords: number): ChunkUnit[] {
  const header = units[0]?.header ?? null;
  if (header === null) return [];
  const words = sizeInWords(header);
  if (words + sumOfWords(units) > maxWords) return [];
  return [
    {
      text: header,
      words,
      separator: '\n',
      place: null,
      isCode: false,
      opensNext: true,
      header: null,
    },
  ];
}

function sumOfWords(units: readonly ChunkUnit[]): number {
  return units.reduce((sum, { words }) => sum + words, 0);
}

function toChunk(heading: string | null, units: readonly ChunkUnit[]): Chunk {
  const text = units
    .map((unit, at) => (at === 0 ? '' : separatorOf(units[at - 1], unit)) + unit.text)
    .join('');
  const place = units.reduce<Place | null>((sum, unit) => covering(sum, unit.place), null);
  return { heading, text: text.trim(), place };
}

/** Blank lines between lines of a file stay, so that each line of a passage can be told in it. */
function separatorOf(before: ChunkUnit | undefined, { separator, place }: ChunkUnit): string {
  if (separator === ' ' || before?.place?.unit !== 'line' || place?.unit !== 'line') {
    return separator;
  }
  const lines = place.from - before.place.to;
  return lines > 1 && lines <= mostBlankLines ? '\n'.repeat(lines) : separator;
}

const mostBlankLines = 5;

function covering(one: Place | null, other: Place | null): Place | null {
  if (one === null || other === null || one.unit !== other.unit) return one ?? other;
  return {
    unit: one.unit,
    from: Math.min(one.from, other.from),
    to: Math.max(one.to, other.to),
  };
}
