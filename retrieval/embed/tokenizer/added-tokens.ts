import { listOf, partOf } from './specification.ts';

/** A text cut at its added tokens: strings between them, and their ids. */
export type CutAtAddedTokens = (text: string) => (string | number)[];

interface AddedToken {
  id: number;
  content: string;
  isNormalized: boolean;
  isSingleWord: boolean;
  takesLeft: boolean;
  takesRight: boolean;
}

/** Tokens that were added to a vocabulary are found before anything is split, the longest first. */
export function readAddedTokens(value: unknown): AddedToken[] {
  return listOf(value).flatMap((entry) => {
    const part = partOf(entry);
    const { id, content } = part;
    if (typeof id !== 'number' || typeof content !== 'string' || content === '') return [];
    return {
      id,
      content,
      isNormalized: part['normalized'] === true,
      isSingleWord: part['single_word'] === true,
      takesLeft: part['lstrip'] === true,
      takesRight: part['rstrip'] === true,
    };
  });
}

export function createCut(tokens: readonly AddedToken[]): CutAtAddedTokens {
  if (tokens.length === 0) return (text) => [text];
  const byContent = new Map(tokens.map((token) => [token.content, token.id]));
  const longestFirst = tokens.toSorted((one, other) => other.content.length - one.content.length);
  const pattern = new RegExp(longestFirst.map(toSource).join('|'), 'gu');
  return (text) => {
    const parts: (string | number)[] = [];
    let end = 0;
    for (const match of text.matchAll(pattern)) {
      const id = byContent.get(match[0]) ?? byContent.get(match[0].trim());
      if (id === undefined) continue;
      if (match.index > end) parts.push(text.slice(end, match.index));
      parts.push(id);
      end = match.index + match[0].length;
    }
    if (end < text.length) parts.push(text.slice(end));
    return parts;
  };
}

function toSource({ content, isSingleWord, takesLeft, takesRight }: AddedToken): string {
  const word = String.raw`[\p{L}\p{N}_]`;
  const left = isSingleWord ? `(?<!${word})` : '';
  const right = isSingleWord ? `(?!${word})` : '';
  const before = takesLeft ? String.raw`\s*` : '';
  const after = takesRight ? String.raw`\s*` : '';
  return `${before}${left}${RegExp.escape(content)}${right}${after}`;
}
