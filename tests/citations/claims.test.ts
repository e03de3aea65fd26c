import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { createCitationStream } from '../../citations/citation-stream.ts';
import { makePassage } from '../support/passage.ts';

const passages = ['a', 'b', 'c'].map((name) =>
  makePassage({ text: `Страница ${name}.`, pageUrl: `https://${name}.example/` }),
);

describe('cutClaims', () => {
  test.each([
    ['before the full stop', 'Первое [1]. Второе [2].', ['Первое. 1', 'Второе. 2']],
    [
      'after the full stop',
      'Первое. [1] Второе.[2] Третье.',
      ['Первое. 1', 'Второе. 2', 'Третье. '],
    ],
    ['in the middle', 'Одно [1] и другое [2] вместе.', ['Одно и другое вместе. 1,2']],
    [
      'after the last of several',
      'Первое. Второе. Третье [1].',
      ['Первое. ', 'Второе. ', 'Третье. 1'],
    ],
    ['at the beginning', '[1] Первое. Второе.', ['Первое. 1', 'Второе. ']],
    ['on the next line', 'Первое. Второе.\n[1]', ['Первое. ', 'Второе. 1']],
    ['on a line before all', '[1]\nПервое. Второе.', ['Первое. 1', 'Второе. ']],
  ])('gives a sentence its markers: %s', (_, text, expected) => {
    expect(claimsOf(text)).toEqual(expected);
  });

  test('takes list items and table rows as claims, without their marks', () => {
    expect(
      claimsOf(
        '- **Первое** [1]\n* Второе [2]\n1. Третье [1]\n2) Четвёртое\n| да | 5 [1] |\n|---|---|',
      ),
    ).toEqual(['Первое 1', 'Второе 2', 'Третье 1', 'Четвёртое ', 'да | 5 1']);
  });

  test('claims nothing by headings, lead-ins, questions back and code', () => {
    expect(
      claimsOf(
        '# Итог\n**Коротко**\nВот что известно:\nМодель вышла [1].\n```\nx = 1.\n```\nРассказать подробнее?',
      ),
    ).toEqual(['Модель вышла. 1']);
  });

  test('claims what headings, bold lines, lead-ins and rhetorical questions state', () => {
    expect(
      claimsOf(
        '## Орион-5 вышел в 2019 году\n**Глубина Байкала 1637 м**\nЗнаете ли вы, что Acme купила Орион?\n- Да.',
      ),
    ).toEqual([
      'Орион-5 вышел в 2019 году ',
      'Глубина Байкала 1637 м ',
      'Acme купила Орион. ',
      'Да. ',
    ]);
  });

  test('keeps what cites, whatever it looks like', () => {
    expect(claimsOf('## Модель вышла [1]\nВот что известно [2]:')).toEqual([
      'Модель вышла 1',
      'Вот что известно: 2',
    ]);
  });

  test('does not end a claim at an abbreviation or a decimal', () => {
    expect(claimsOf('В 2017 г. вышло 37.6 млн экз. книги А. С. Пушкина [1].')).toEqual([
      'В 2017 г. вышло 37.6 млн экз. книги А. С. Пушкина. 1',
    ]);
  });

  test('says where the words stand in the answer', () => {
    const stream = createCitationStream(passages);
    stream.push('Вот:\n- Одно [1] и другое [2]. Третье. [1]\n');
    const { answer, claims } = stream.finish();
    expect(claims.map(({ start, end }) => answer.slice(start, end))).toEqual([
      'Одно [1] и другое [2].',
      'Третье.',
    ]);
  });

  test('loses no citation as long as anything is claimed', () => {
    const pieces = ['Слово. ', 'слово ', '[1]', '[2]', '[3]', '\n', '- ', ': ', '? ', '# ', '**'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 30 }), (parts) => {
        const stream = createCitationStream(passages);
        stream.push(parts.join(''));
        const { claims, sources } = stream.finish();
        const cited = new Set(
          claims.flatMap(({ citations }) => citations.map(({ source }) => source)),
        );
        expect(cited.size).toBe(claims.length > 0 ? sources.length : 0);
      }),
      { numRuns: 1000 },
    );
  });
});

function claimsOf(text: string): string[] {
  const stream = createCitationStream(passages);
  stream.push(text);
  return stream
    .finish()
    .claims.map(
      ({ text, citations }) => `${text} ${citations.map(({ source }) => source).join(',')}`,
    );
}
