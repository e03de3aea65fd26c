import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { createCitationStream, type CitedAnswer } from '../../citations/citation-stream.ts';
import { createMarkerReader } from '../../citations/markers.ts';
import { makePassage } from '../support/passage.ts';

const passages = [
  makePassage({ text: 'Первый отрывок страницы А.', pageUrl: 'https://a.example/' }),
  makePassage({ text: 'Второй отрывок страницы А.', pageUrl: 'https://a.example/', position: 1 }),
  makePassage({ text: 'Отрывок страницы Б.', pageUrl: 'https://b.example/' }),
  makePassage({ text: 'Отрывок страницы В.', pageUrl: 'https://c.example/' }),
];

describe('createCitationStream', () => {
  test.each([
    ['Да [3]. Нет [1].', 'Да [1]. Нет [2].'],
    ['Да [1, 3].', 'Да [1][2].'],
    ['Да [1][2].', 'Да [1].'],
    ['Да [1] [2].', 'Да [1].'],
    ['Да [2]. Нет [1].', 'Да [1]. Нет [1].'],
    ['Да [1][3][2].', 'Да [1][2].'],
    ['Да [9].', 'Да.'],
    ['Да [9] нет.', 'Да нет.'],
    ['Да [9]нет.', 'Да нет.'],
    ['Да [2024] [1].', 'Да [1].'],
    ['Да [9][1].', 'Да [1].'],
    ['[9] Да.', 'Да.'],
    ['Да.\n[9] Нет.', 'Да.\nНет.'],
    ['- [0] Да', '- Да'],
    ['\n\nДа 【4†source】 \n', 'Да [1]'],
    ['Да [1-4].', 'Да [1][2][3].'],
    ['`a[4]` и [4]', '`a[4]` и [1]'],
    ['[7]', ''],
    ['', ''],
  ])('turns %j into %j', (text, answer) => {
    expect(run(text, [text.length || 1]).answer).toBe(answer);
  });

  test('shows text as it comes and holds back only white space and open markers', () => {
    const stream = createCitationStream(passages);
    expect(stream.push('Да ')).toBe('Да');
    expect(stream.push('[')).toBe('');
    expect(stream.push('3')).toBe('');
    expect(stream.push(']')).toBe(' [1]');
    expect(stream.push('. Ещё [1')).toBe('. Ещё');
    expect(stream.finish()).toMatchObject({ tail: ' [1', answer: 'Да [1]. Ещё [1' });
  });

  test('remembers which passages of a source each claim cites', () => {
    const { claims, sources } = run('Первое [2][1]. Второе [3]. Третье [1].', [100]);
    expect(claims.map(({ text, citations }) => ({ text, citations }))).toEqual([
      { text: 'Первое.', citations: [{ source: 1, passages: [passages[1], passages[0]] }] },
      { text: 'Второе.', citations: [{ source: 2, passages: [passages[2]] }] },
      { text: 'Третье.', citations: [{ source: 1, passages: [passages[0]] }] },
    ]);
    expect(sources).toEqual([[passages[1], passages[0]], [passages[2]]]);
  });

  test('numbers sources without a gap in order of appearance, and leaves no number without one', () => {
    fc.assert(
      fc.property(modelText, (text) => {
        const { answer, sources } = run(text, [text.length || 1]);
        const seen = [...new Set(markersOf(answer))];
        expect(seen).toEqual(sources.map((_, index) => index + 1));
      }),
      { numRuns: 1000 },
    );
  });

  test('gives the same answer however the text was cut, and streams exactly it', () => {
    fc.assert(
      fc.property(modelText, fc.array(fc.nat(6), { minLength: 1 }), (text, sizes) => {
        const whole = run(text, [text.length || 1]);
        const cut = run(
          text,
          sizes.map((size) => size + 1),
        );
        expect(cut.shown).toBe(whole.answer);
        expect(cut).toEqual(whole);
      }),
      { numRuns: 1000 },
    );
  });
});

const modelText = fc
  .array(
    fc.constantFrom(
      '[1]',
      '[2]',
      '[3]',
      '[1, 4]',
      '[9]',
      '[2024]',
      '【3】',
      '[1-3]',
      ' [1]',
      ' [8]',
      '[',
      ']',
      'Слово',
      ' слово',
      '. ',
      '.',
      '\n',
      ' ',
      '- ',
      '1. ',
      '# ',
      '`',
      '```',
      '5',
      ':',
      '**',
    ),
    { maxLength: 30 },
  )
  .map((pieces) => pieces.join(''));

function run(text: string, sizes: readonly number[]): CitedAnswer & { shown: string } {
  const stream = createCitationStream(passages);
  let shown = '';
  let at = 0;
  for (let turn = 0; at < text.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    shown += stream.push(text.slice(at, at + size));
    at += size;
  }
  const { tail, ...cited } = stream.finish();
  return { ...cited, shown: shown + tail };
}

function markersOf(answer: string): number[] {
  const reader = createMarkerReader();
  return [...reader.push(answer), ...reader.flush()].flatMap((segment) =>
    segment.type === 'marker' ? segment.numbers : [],
  );
}
