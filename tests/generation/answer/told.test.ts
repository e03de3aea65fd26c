import { describe, expect, it } from 'vitest';

import { createTold } from '../../../generation/answer/told.ts';

function newShare(text: string, ...said: string[]): number {
  const told = createTold();
  for (const sentence of said) told.add(sentence);
  return Number(told.newShare(text).toFixed(2));
}

describe('what was said before', () => {
  it('is nothing at first', () => {
    expect(newShare('Байкал — самое глубокое озеро на Земле.')).toBe(1);
  });

  it('is not new when it is said again in another order', () => {
    expect(
      newShare(
        'На Земле самое глубокое озеро — Байкал.',
        'Байкал — самое глубокое озеро на Земле, его глубина 1642 метра.',
      ),
    ).toBe(0);
  });

  it('is known by its figures however they are written', () => {
    expect(newShare('671 billion parameters.', 'It has 671B parameters.')).toBe(0);
    expect(newShare('617 billion parameters.', 'It has 671B parameters.')).toBeGreaterThan(0.5);
  });

  it('adds up over sentences', () => {
    const both = ['Глубина озера 1642 метра.', 'Длина озера 636 километров.'];
    expect(newShare('Глубина 1642 метра, длина 636 километров.', ...both)).toBe(0);
    expect(newShare('Глубина 1642 метра, длина 636 километров.', 'Глубина 1642 метра.')).toBe(0.5);
  });

  it.each(['', ' ', '…', 'и в на', '\ud83d'])('leaves nothing new in %j', (text) => {
    expect(newShare(text, 'Байкал — озеро.')).toBe(0);
  });
});
