import { expect, test } from 'vitest';

import { findConfirmation } from '../../citations/find-confirmation.ts';
import { makePassage } from '../support/passage.ts';

const claim = 'Великую Китайскую стену видно с Луны.';

function quoteFor(text: string, over: { title?: string; heading?: string } = {}, said = claim) {
  return findConfirmation(said, [makePassage({ text, ...over })])?.quote ?? null;
}

test('a page that says it in its own words bears a claim out, with the sentence that does', () => {
  const text = 'DeepSeek-V3 вышла в 2024 году. В модели DeepSeek-V3 671 миллиард параметров.';

  expect(quoteFor(text, {}, 'Модель DeepSeek-V3: 671B параметров')).toBe(
    'В модели DeepSeek-V3 671 миллиард параметров.',
  );
});

test.each([
  ['another figure', 'В модели DeepSeek-V3 617 миллиардов параметров.'],
  ['another thing', 'В модели DeepSeek-V2 671 миллиард параметров.'],
  ['nothing of it', 'Модель DeepSeek-V3 доступна бесплатно.'],
])('a page with %s does not', (_what, text) => {
  expect(quoteFor(text, {}, 'В модели DeepSeek-V3 671 млрд параметров.')).toBeNull();
});

test('a page on another thing with the same to say does not', () => {
  const text = 'Урал впадает в Каспийское море, имеет длину 2428 километров и замерзает зимой.';
  const said = 'Волга впадает в Каспийское море, имеет длину 2428 километров и замерзает зимой.';

  expect(quoteFor(text, {}, said)).toBeNull();
});

test('what kind of thing a name names need not be said again', () => {
  const text = 'Наибольшая глубина Байкала составляет 1642 метра.';

  expect(quoteFor(text, {}, 'Глубина озера Байкал — 1642 метра.')).toBe(text);
});

test.each([
  [
    'У DeepSeek-V3 671 миллиард параметров, а не 617 миллиардов параметров.',
    'У DeepSeek-V3 617 миллиардов параметров.',
  ],
  ['Пенициллин открыл Флеминг, а не Пастер.', 'Пенициллин открыл Пастер.'],
  [
    'Penicillin was discovered by Fleming rather than Pasteur.',
    'Penicillin was discovered by Pasteur.',
  ],
  [
    'In Europe, the North American theater of the War usually is not given a separate name.',
    'The North American theater of the War usually is not given a separate name in North America.',
  ],
  [
    'Запущены спутники Astra и Eurobird 1 в позиции 28,5.',
    'Запущены спутники Astra и Eurobird 28,5.',
  ],
])('«%s» bears out nothing of what it says otherwise', (text, said) => {
  expect(quoteFor(text, {}, said)).toBeNull();
});

test.each([
  ['asks', 'Великую Китайскую стену видно с Луны?', {}],
  ['names a myth', 'Миф, что Великую Китайскую стену видно с Луны, живёт сто лет.', {}],
  ['reports', 'Якобы Великую Китайскую стену видно с Луны.', {}],
  ['tells what others say', 'Часто говорят, что Великую Китайскую стену видно с Луны.', {}],
  ['takes it back', 'Великую Китайскую стену видно с Луны. Это не так.', {}],
  ['announces a myth', 'Самое частое заблуждение:\nВеликую Китайскую стену видно с Луны.', {}],
  ['lists myths', 'Великую Китайскую стену видно с Луны.', { heading: 'Мифы о Китае' }],
  ['is about myths', 'Великую Китайскую стену видно с Луны.', { title: '10 мифов о Китае' }],
])('a page that only %s does not', (_what, text, over) => {
  expect(quoteFor(text, over)).toBeNull();
});

test('what a page calls a myth bears out that it is one', () => {
  const text = 'Видимость Великой Китайской стены с Луны — миф.';

  expect(quoteFor(text, {}, 'Видимость Великой Китайской стены с Луны — миф.')).toBe(text);
});
