import { describe, expect, it } from 'vitest';

import { holdsExpected } from '../../../generation/answer/expected-answer.ts';
import type { Expected } from '../../../generation/answer/question.ts';
import { stems, tokenize } from '../../../retrieval/text/terms.ts';

function holds(expected: Expected, text: string, question = ''): number {
  return holdsExpected(expected, text, tokenize(text), new Set(stems(question)));
}

describe('a sentence holds what was asked for', () => {
  it.each<[Expected, string]>([
    ['number', 'Длина реки — 3530 километров.'],
    ['number', 'У него было семь сестёр.'],
    ['number', 'Around two thousand people came.'],
    ['date', 'Завод построили в 1932 году.'],
    ['date', 'Это случилось в XIX веке.'],
    ['date', 'Они приехали в марте.'],
    ['date', 'It opened on Monday.'],
    ['price', 'Вход стоит 150 рублей.'],
    ['price', 'It costs $30.'],
    ['person', 'Его построил Павел Игнатьев.'],
    ['person', 'It was designed by Mary Ashdown.'],
    ['place', 'Он стоит в Амстердаме.'],
    ['name', 'The river is called Wend.'],
    ['definition', 'Метроном — прибор для музыкантов.'],
    ['definition', 'A metronome is an instrument.'],
  ])('%s: %s', (expected, text) => {
    expect(holds(expected, text)).toBe(1);
  });

  it.each<[Expected, string]>([
    ['number', 'Река впадает в море.'],
    ['number', 'One of the largest rivers flows here.'],
    ['date', 'Завод стоит на берегу.'],
    ['price', 'Длина реки — 3530 километров.'],
    ['price', 'Он получил несколько долларов.'],
    ['person', 'Его построили рабочие.'],
    ['place', 'It stands on the left bank.'],
  ])('or does not, %s: %s', (expected, text) => {
    expect(holds(expected, text)).toBe(0);
  });

  it('is no answer where the name is that of the question', () => {
    expect(holds('person', 'Она знала Мельцеля.', 'Кто знал Мельцеля?')).toBe(0);
    expect(holds('person', 'Винкель знал Мельцеля.', 'Кто знал Мельцеля?')).toBe(1);
  });

  it('is no name where a usual word begins the sentence', () => {
    expect(holds('person', 'Он пришёл.')).toBe(0);
    expect(holds('person', 'The house is old.')).toBe(0);
  });

  it('lies between where any sentence may answer', () => {
    const any = holds('any', 'Небо голубое.');
    const undefinedYet = holds('definition', 'Музыканты держат темп.');
    for (const value of [any, undefinedYet]) {
      expect(value).toBeGreaterThan(0);
      expect(value).toBeLessThan(1);
    }
  });
});
