import { expect, test } from 'vitest';

import { findContradiction } from '../../citations/find-contradiction.ts';
import { makePassage } from '../support/passage.ts';

function against(claim: string, text: string, over: { title?: string; heading?: string } = {}) {
  const found = findContradiction(claim, [makePassage({ text, ...over })]);
  return found === null ? null : { quote: found.quote, ...found.difference };
}

test.each([
  [
    'Глубина озера Байкал составляет 1700 метров.',
    'Байкал лежит в Сибири. Глубина озера Байкал составляет 1642 метра.',
    {
      quote: 'Глубина озера Байкал составляет 1642 метра.',
      kind: 'figure',
      claimed: '1700',
      found: '1642',
    },
  ],
  [
    'Alexander Fleming discovered penicillin in 1938.',
    'Alexander Fleming discovered penicillin in 1928.',
    {
      quote: 'Alexander Fleming discovered penicillin in 1928.',
      kind: 'figure',
      claimed: '1938',
      found: '1928',
    },
  ],
  [
    'Столица Австралии — Сидней.',
    'Столица Австралии — Канберра.',
    { quote: 'Столица Австралии — Канберра.', kind: 'name', claimed: 'Сидней', found: 'Канберра' },
  ],
  [
    'Пенициллин открыл Луи Пастер.',
    'Пенициллин открыл Александр Флеминг.',
    {
      quote: 'Пенициллин открыл Александр Флеминг.',
      kind: 'name',
      claimed: 'Луи Пастер',
      found: 'Александр Флеминг',
    },
  ],
  [
    'Модель DeepSeek-V3 поддерживает изображения.',
    'Модель DeepSeek-V3 не поддерживает изображения.',
    {
      quote: 'Модель DeepSeek-V3 не поддерживает изображения.',
      kind: 'negation',
      claimed: '',
      found: null,
    },
  ],
  [
    'У DeepSeek-V3 617 миллиардов параметров.',
    'У DeepSeek-V3 671 миллиард параметров, а не 617 миллиардов параметров.',
    {
      quote: 'У DeepSeek-V3 671 миллиард параметров, а не 617 миллиардов параметров.',
      kind: 'figure',
      claimed: '617 миллиардов',
      found: '671 миллиард',
    },
  ],
  [
    'У модели DeepSeek-V3 617 миллиардов параметров.',
    'У модели DeepSeek-V3 671 миллиард параметров, из них 37 миллиардов активны.',
    {
      quote: 'У модели DeepSeek-V3 671 миллиард параметров, из них 37 миллиардов активны.',
      kind: 'figure',
      claimed: '617 миллиардов',
      found: '671 миллиард',
    },
  ],
  [
    'Пенициллин открыл Луи Пастер.',
    'Пенициллин открыл Александр Флеминг в 1928 году.',
    {
      quote: 'Пенициллин открыл Александр Флеминг в 1928 году.',
      kind: 'name',
      claimed: 'Луи Пастер',
      found: 'Александр Флеминг',
    },
  ],
  [
    'Alexander Fleming discovered penicillin in 1938.',
    'Alexander Fleming discovered penicillin in September 1928.',
    {
      quote: 'Alexander Fleming discovered penicillin in September 1928.',
      kind: 'figure',
      claimed: '1938',
      found: 'September 1928',
    },
  ],
])('%s is contradicted by «%s»', (claim, text, difference) => {
  expect(against(claim, text)).toEqual(difference);
});

test.each([
  [
    'of another thing',
    'Глубина озера Байкал составляет 1700 метров.',
    'Глубина озера Иссык-Куль составляет 668 метров.',
  ],
  [
    'of another time',
    'Население Москвы — 13 млн человек.',
    'В 1897 году население Москвы — 1 млн человек.',
  ],
  [
    'of another property',
    'Длина озера Байкал — 636 километров.',
    'Ширина озера Байкал — 79 километров.',
  ],
  [
    'an estimate',
    'Глубина озера Байкал составляет 1700 метров.',
    'Глубина озера Байкал составляет примерно 1642 метра.',
  ],
  [
    'a forecast',
    'Население Москвы — 13 млн человек.',
    'По прогнозу население Москвы — 15 млн человек.',
  ],
  ['a rounded figure', 'Скорость света — 300 000 км/с.', 'Скорость света — 299 792 км/с.'],
  [
    'one of two values',
    'DeepSeek-V3 содержит 700 млрд параметров.',
    'DeepSeek-V3 содержит 671 млрд параметров и 37 млрд параметров на токен.',
  ],
  ['one of several', 'GigaChat поддерживает Python.', 'GigaChat поддерживает Java.'],
  [
    'a myth that it names so',
    'Глубина озера Байкал составляет 1700 метров.',
    'Миф: глубина озера Байкал составляет 1642 метра.',
  ],
  [
    'a time that limits it',
    'Население Москвы — 13 млн человек.',
    'Население Москвы — 1 млн человек, когда Россия вступила в войну.',
  ],
  [
    'a figure of something else that a bare name has',
    'DeepSeek-V3: 14,8 трлн токенов',
    'Длина контекста DeepSeek-V3 — 128 тысяч токенов.',
  ],
  [
    'what denies another sentence',
    'Длина Волги составляет 3530 км.',
    'Это не так: длина Волги составляет 3530 км, а не 4100 км.',
  ],
  ['a question', 'Столица Австралии — Сидней.', 'Столица Австралии — Канберра?'],
  ['the same', 'Столица Австралии — Канберра.', 'Столица Австралии — Канберра.'],
  [
    'what merely resembles it',
    'Пётр I основал Петербург в 1703 году.',
    'Пётр I родился в Москве в 1672 году.',
  ],
])('%s contradicts nothing', (_what, claim, text) => {
  expect(against(claim, text)).toBeNull();
});

test('a sentence without a name is about what the title names, if that is one thing', () => {
  const claim = 'Озеро Байкал имеет глубину 1700 метров.';
  const text = 'Озеро имеет глубину 1642 метра.';

  expect(against(claim, text, { title: 'Байкал' })).toMatchObject({ found: '1642' });
  expect(against(claim, text, { title: 'Байкал и Иссык-Куль' })).toBeNull();
  expect(against(claim, text, { title: 'Иссык-Куль' })).toBeNull();
});
