import { describe, expect, it } from 'vitest';

import { upToWholeSentence } from '../../../generation/answer/whole-sentences.ts';

describe('a text that broke off', () => {
  it.each([
    ['Волга длинна [1]. Её длин', 'Волга длинна [1].'],
    ['Волга длинна. [1] Её длин', 'Волга длинна. [1]'],
    ['Волга длинна. [1][2] Её', 'Волга длинна. [1][2]'],
    ['Волга длинна [1]. Она течёт [2].', 'Волга длинна [1]. Она течёт [2].'],
    ['Волга длинна [1]. Она течёт. [2]', 'Волга длинна [1]. Она течёт. [2]'],
    ['It is long [1]. It flows [2', 'It is long [1].'],
    ['He said "it flows [1]."', 'He said "it flows [1]."'],
    ['Первое [1]\nВторое', 'Первое [1]'],
    ['It is long [1].  \n', 'It is long [1].'],
  ])('keeps its whole sentences and their markers: %s', (text, kept) => {
    expect(upToWholeSentence(text)).toBe(kept);
  });

  it.each(['', 'Волга', 'Длина Волги — 3.', 'It is 3530 km long.', 'It is long [1]', 'В 1990 г.'])(
    'has none in: %s',
    (text) => {
      expect(upToWholeSentence(text)).toBe('');
    },
  );

  it('does not take a number that may go on for the end of a sentence', () => {
    expect(upToWholeSentence('Волга длинна [1]. Её длина — 3.')).toBe('Волга длинна [1].');
  });
});
