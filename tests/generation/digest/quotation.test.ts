import { expect, test } from 'vitest';

import type { Fact } from '../../../generation/digest/fact.ts';
import { quotationOf } from '../../../generation/digest/quotation.ts';

const subject = { name: 'Кран', aliases: ['кран'], titles: [], kind: 'model' } as const;

function sentence(text: string, after: string | null = null): Fact {
  return {
    kind: 'sentence',
    text,
    after,
    written: text,
    quote: text,
    address: 'https://site.example/',
  };
}

const first = 'Кран переводит договоры с русского языка на казахский.';
const second = 'Юристы проверили тысячу переведённых страниц.';
const third = 'Кран работает без сети на обычном ноутбуке.';
const facts = [sentence(first), sentence(second, first), sentence(third, second)];
const nothing: ReadonlySet<string> = new Set();

test('sentences of one paragraph are quoted together, and what is left out between them is shown', () => {
  const apart = [...facts.slice(0, 2), sentence(third)];
  expect(quotationOf({ facts, subject }, { language: 'ru', most: 500, told: nothing })).toEqual({
    text: `«${first} ${second} ${third.slice(0, -1)}».`,
    facts,
    weight: 0.7,
  });
  expect(
    quotationOf({ facts: apart, subject }, { language: 'ru', most: 500, told: nothing })?.text,
  ).toBe(`«${first} ${second} … ${third.slice(0, -1)}».`);
});

test('a sentence that goes on from another is not quoted without it', () => {
  const orphan = [sentence(second, first)];
  const options = { language: 'ru', most: 500, told: nothing } as const;
  expect(quotationOf({ facts: orphan, subject }, options)).toBeNull();
  expect(quotationOf({ facts: orphan, subject }, { ...options, opening: first })?.text).toBe(
    `«${second.slice(0, -1)}».`,
  );
});

test('what the post says is not quoted again, nor what does not fit or is in another language', () => {
  const options = { language: 'ru', most: 500, told: nothing } as const;
  const said = 'Кран переводит договоры с русского на казахский язык.';
  expect(quotationOf({ facts: [sentence(first)], subject }, { ...options, said })).toBeNull();
  expect(
    quotationOf({ facts: [sentence(first)], subject }, { ...options, told: new Set([first]) }),
  ).toBeNull();
  expect(quotationOf({ facts, subject }, { ...options, most: 30 })).toBeNull();
  expect(quotationOf({ facts, subject }, { ...options, language: 'en' })).toBeNull();
});

test('figures that were told are not told again in other words', () => {
  const figures = sentence('В модели Кран около 7,5 миллиарда параметров.');
  const options = { language: 'ru', most: 500, told: nothing } as const;
  const said = 'В модели 7,52 млрд параметров.';
  expect(quotationOf({ facts: [figures], subject }, { ...options, said })).toBeNull();
  expect(quotationOf({ facts: [figures], subject }, options)?.facts).toEqual([figures]);
});
