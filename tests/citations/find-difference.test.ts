import { describe, expect, test } from 'vitest';

import { findDifference } from '../../citations/find-difference.ts';

describe('findDifference', () => {
  test.each([
    [
      'a figure',
      'DeepSeek-V3 имеет 617 млрд параметров.',
      'DeepSeek-V3 содержит 671 миллиард параметров, из них 37 миллиардов активны.',
      { kind: 'figure', claimed: '617 млрд', found: '671 миллиард' },
    ],
    [
      'a date',
      'Она вышла 26 декабря 2023 года.',
      'Модель вышла 26 декабря 2024 года.',
      { kind: 'date', claimed: '26 декабря 2023 года', found: '26 декабря 2024 года' },
    ],
    [
      'a name, as a whole',
      'Пенициллин открыл Луи Пастер в 1928 году.',
      'Пенициллин открыл Александр Флеминг в 1928 году.',
      { kind: 'name', claimed: 'Луи Пастер', found: 'Александр Флеминг' },
    ],
    [
      'a denial',
      'Модель не обучалась на коде.',
      'Модель обучалась на коде.',
      { kind: 'negation', claimed: '', found: null },
    ],
    [
      'the other end of a scale',
      'The price rose by 5%.',
      'The price fell by 5%.',
      { kind: 'name', claimed: 'rose', found: 'fell' },
    ],
    [
      'a figure that the source has nothing for',
      'Цена модели 10 долларов.',
      'Цена модели невелика.',
      { kind: 'figure', claimed: '10', found: null },
    ],
  ])('tells %s', (_, claim, sentence, difference) => {
    expect(findDifference(claim, sentence)).toEqual(difference);
  });

  test('is null for the same in other words', () => {
    expect(
      findDifference('В модели 671B параметров.', 'Модель имеет 671 млрд параметров.'),
    ).toBeNull();
  });
});
