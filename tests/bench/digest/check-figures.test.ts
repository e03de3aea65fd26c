import { expect, test } from 'vitest';

import { checkFigures, type KnownFigures } from './check-figures.ts';

const known: KnownFigures = {
  models: [
    {
      id: 'acme/Crane-3-7B',
      name: 'Crane-3-7B',
      total: 7.2e9,
      active: 1.4e9,
      context: 131_072,
      trainingTokens: 14.8e12,
      gpuHours: 826_000,
      cost: 1_652_000,
      price: { input: 0.27, output: 1.1 },
      languages: 46,
      scores: new Map([['MMLU', { own: 70.1, rivals: new Map([['Wren 1.5', 65.2]]) }]]),
      rivals: ['Wren 1.5'],
    },
  ],
  days: new Set(['2026-03-14']),
  names: ['Crane-3-7B', 'H100', 'Apache 2.0'],
};

const post = `🤖 Crane-3-7B: 7,2 млрд параметров, из них активны 1,4 млрд

Команда Acme 14 марта 2026 года выпустила Crane-3-7B. Всего 7,2 млрд параметров, на каждый токен приходится 1,4 млрд. Контекст — 131 072 токена. Языков — 46.

Обучали на 14,8 трлн токенов. Обучение заняло 826 000 GPU-часов на H100 и стоило 1,652 млн долларов. Лицензия — Apache 2.0.

Оценка авторов: MMLU — 70,1 против 65,2 у Wren 1.5.`;

test('a true post has no figure that is not so', () => {
  expect(checkFigures(post, known)).toEqual({ figures: 12, unsupported: [] });
});

test.each([
  ['7,2 млрд параметров, из', '8,2 млрд параметров, из'],
  ['приходится 1,4 млрд', 'приходится 7,2 млрд'],
  ['131 072 токена', '128 000 токенов'],
  ['14,8 трлн', '1,48 трлн'],
  ['1,652 млн долларов', '1652 доллара'],
  ['14 марта', '15 марта'],
  ['— 46.', '— 47.'],
  ['70,1 против 65,2', '65,2 против 70,1'],
  ['MMLU — 70,1', 'MMLU — 71,0'],
])('counts «%s» turned into «%s»', (so, notSo) => {
  expect(post).toContain(so);
  expect(checkFigures(post.replace(so, notSo), known).unsupported.length).toBeGreaterThan(0);
});
