import type { Token } from '../../retrieval/text/terms.ts';
import { cardinalValue, scaleFactor } from '../number-words.ts';

/** A number in words, and how many words it takes. */
export interface NumberPhrase {
  value: number;
  length: number;
  /** Of a whole: «три четверти». */
  isShare?: boolean;
}

/**
 * The number that is written in words from a token on, or null: «сто пятьдесят», "one hundred and
 * fifty", «две тысячи пятьсот», "two thirds", «полтора миллиона».
 */
export function readNumberPhrase(tokens: readonly Token[], at: number): NumberPhrase | null {
  const share = readShare(tokens, at);
  if (share !== null) return share;
  let sum = 0;
  let length = 0;
  let lastScale = Infinity;
  while (true) {
    const group = readGroup(tokens, at + length);
    const scaleAt = at + length + (group?.length ?? 0);
    const scale = scaleFactor(tokens[scaleAt]?.word ?? '');
    // «Миллион» by itself is a number only after another one: «два миллиона».
    if (group === null) break;
    if (scale !== null && scale < lastScale) {
      sum += group.value * scale;
      length += group.length + 1;
      lastScale = scale;
      if (!isWrittenNumber(tokens[at + length]?.word ?? '')) break;
    } else {
      if (length > 0 && group.value >= lastScale) break;
      sum += group.value;
      length += group.length;
      break;
    }
  }
  const isPronoun = length === 1 && sum === 1;
  return length === 0 || isPronoun ? null : { value: sum, length };
}

/** Up to 999, or «полтора». */
function readGroup(tokens: readonly Token[], at: number): NumberPhrase | null {
  const first = tokens[at]?.word ?? '';
  if (/^полтор[аы]$|^полутора$/u.test(first)) return { value: 1.5, length: 1 };
  let length = 0;
  let value = 0;
  const small = smallValue(first);
  if ((small !== null || first === 'a') && tokens[at + 1]?.word === 'hundred') {
    value = (small ?? 1) * 100;
    length = 2;
  } else {
    const hundreds = cardinalValue(first);
    if (hundreds !== null && hundreds >= 100) {
      value = hundreds;
      length = 1;
    }
  }
  if (
    length > 0 &&
    tokens[at + length]?.word === 'and' &&
    isWrittenNumber(tokens[at + length + 1]?.word ?? '')
  ) {
    length += 1;
  }
  const next = tokens[at + length]?.word ?? '';
  const tens = cardinalValue(next);
  if (tens !== null && tens >= 20 && tens <= 90) {
    value += tens;
    length += 1;
    const ones = smallValue(tokens[at + length]?.word ?? '');
    if (ones !== null) {
      value += ones;
      length += 1;
    }
  } else {
    const rest = tens !== null && tens < 20 ? tens : smallValue(next);
    if (rest !== null) {
      value += rest;
      length += 1;
    }
  }
  return length === 0 ? null : { value, length };
}

function readShare(tokens: readonly Token[], at: number): NumberPhrase | null {
  const whole = smallValue(tokens[at]?.word ?? '');
  const part = shares.find(([pattern]) => pattern.test(tokens[at + 1]?.word ?? ''))?.[1];
  if (whole === null || part === undefined || whole >= part) return null;
  return { value: whole / part, length: 2, isShare: true };
}

const shares: [RegExp, number][] = [
  [/^(?:трет(?:ь|и|ью|ей|ям|ях|ями)|thirds?)$/u, 3],
  [/^(?:четверт(?:ь|и|ью|ей|ям|ях|ями)|quarters?)$/u, 4],
  [/^(?:пят(?:ая|ой|ых|ые|ую)|fifths?)$/u, 5],
  [/^(?:десят(?:ая|ой|ых|ые|ую)|tenths?)$/u, 10],
];

function smallValue(word: string): number | null {
  if (/^(?:one|один|одна|одно|одного|одной|одну|одним|одном)$/u.test(word)) return 1;
  const value = cardinalValue(word);
  return value !== null && value < 10 ? value : null;
}

function isWrittenNumber(word: string): boolean {
  return cardinalValue(word) !== null || smallValue(word) !== null;
}
