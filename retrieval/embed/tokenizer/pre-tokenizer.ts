import { createByteLevel } from './byte-level.ts';
import { listOf, partOf, patternOf, typeOf, unknownPart } from './specification.ts';
import type { Specification } from './specification.ts';

/** Splits pieces of a text further. `isFirst`: the first piece begins the text. */
export type PreTokenize = (pieces: readonly string[], isFirst: boolean) => string[];

/**
 * How a tokenizer splits a text into words before it looks for tokens in them.
 * Source: https://huggingface.co/docs/tokenizers/api/pre-tokenizers
 * @throws {EmbedError} for a kind that is not known
 */
export function createPreTokenizer(value: unknown): PreTokenize {
  if (value === null || value === undefined) return (pieces) => [...pieces];
  const part = partOf(value);
  const create = KINDS[typeOf(part)];
  if (create === undefined) throw unknownPart(`the pre-tokenizer ${JSON.stringify(typeOf(part))}`);
  return create(part);
}

const PUNCTUATION = /[!-/:-@[-`{-~\p{P}]/gu;

const KINDS: Record<string, (part: Specification) => PreTokenize> = {
  Sequence(part) {
    const steps = listOf(part['pretokenizers']).map(createPreTokenizer);
    return (pieces, isFirst) => steps.reduce((result, step) => step(result, isFirst), [...pieces]);
  },
  BertPreTokenizer: () => eachMatch(/[!-/:-@[-`{-~\p{P}]|[^\s!-/:-@[-`{-~\p{P}]+/gu),
  Whitespace: () => {
    const word = String.raw`[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]`;
    return eachMatch(new RegExp(`${word}+|[^\\s${word.slice(1, -1)}]+`, 'gu'));
  },
  WhitespaceSplit: () => eachMatch(/\S+/gu),
  Punctuation: (part) =>
    eachPiece((piece) => splitAt(piece, PUNCTUATION, String(part['behavior'] ?? 'Isolated'))),
  Digits: (part) => {
    const pattern = part['individual_digits'] === true ? /\p{N}/gu : /\p{N}+/gu;
    return eachPiece((piece) => splitAt(piece, pattern, 'Isolated'));
  },
  Split(part) {
    const pattern = patternOf(part);
    const behavior = String(part['behavior'] ?? 'Isolated');
    const isInverted = part['invert'] === true;
    // Inverted, what matches is what is kept, and what lies between is what separates.
    if (isInverted && behavior === 'Removed') return eachMatch(pattern);
    return eachPiece((piece) => splitAt(piece, pattern, behavior));
  },
  Metaspace: createMetaspace,
  ByteLevel: createByteLevel,
};

function eachPiece(split: (piece: string) => string[]): PreTokenize {
  return (pieces) => pieces.flatMap(split);
}

function eachMatch(pattern: RegExp): PreTokenize {
  return eachPiece((piece) => piece.match(pattern) ?? []);
}

function createMetaspace(part: Specification): PreTokenize {
  const mark = String(part['replacement'] ?? '▁');
  const scheme =
    part['prepend_scheme'] ?? (part['add_prefix_space'] === false ? 'never' : 'always');
  const beforeMark = new RegExp(`(?=${RegExp.escape(mark)})`, 'u');
  return (pieces, isFirst) =>
    pieces.flatMap((piece, at) => {
      const marked = piece.replaceAll(' ', mark);
      const wantsMark = scheme === 'always' || (scheme === 'first' && isFirst && at === 0);
      const whole = wantsMark && !marked.startsWith(mark) ? `${mark}${marked}` : marked;
      return part['split'] === false ? [whole] : whole.split(beforeMark).filter(Boolean);
    });
}

function splitAt(text: string, pattern: RegExp, behavior: string): string[] {
  const pieces: string[] = [];
  let end = 0;
  let isGlued = false;
  const add = (piece: string, toLast: boolean): void => {
    if (piece === '') return;
    if (toLast && pieces.length > 0) pieces.push(`${pieces.pop() ?? ''}${piece}`);
    else pieces.push(piece);
  };
  for (const match of text.matchAll(pattern)) {
    const between = text.slice(end, match.index);
    add(between, isGlued);
    isGlued = false;
    end = match.index + match[0].length;
    if (behavior === 'Removed') continue;
    const isNeighbour = between === '';
    add(match[0], isNeighbour ? behavior === 'Contiguous' : behavior === 'MergedWithPrevious');
    isGlued = behavior === 'MergedWithNext';
  }
  add(text.slice(end), isGlued);
  return pieces;
}
