import { expect, test } from 'vitest';

import { summarizeFiles } from '../../../generation/answer/summarize-file.ts';
import { makePassage } from '../../support/passage.ts';

const passage = (pageUrl: string, position: number, text: string) => ({
  ...makePassage({ pageUrl, position, text }),
  score: 0,
});

test('a short file is told of as it stands', () => {
  const passages = [
    passage('chat-file:///1/a', 0, 'Маяк зажёгся в 1887 году. Он стоит на мысе Лунном.'),
  ];
  expect(summarizeFiles(passages, { sentences: 5 })).toEqual([
    { text: 'Маяк зажёгся в 1887 году.', number: 1 },
    { text: 'Он стоит на мысе Лунном.', number: 1 },
  ]);
});

test('a long one by its beginning and by what it comes back to', () => {
  const filler = [
    'Утром было пасмурно и тихо.',
    'Кошка спала на тёплом камне.',
    'Мимо прошёл почтальон Игнат.',
  ];
  const passages = [
    passage('chat-file:///1/a', 0, `Это дневник смотрителя башни. ${filler[0]}`),
    passage('chat-file:///1/a', 1, `${filler[1]} Ремонт линзы затянулся до осени.`),
    passage('chat-file:///1/a', 2, `${filler[2]} Из-за ремонта линзы корабли обходили мыс осенью.`),
    passage('chat-file:///1/a', 3, 'Осенью ремонт линзы закончили, и корабли вернулись. 4 | 5 | 6'),
  ];
  const summary = summarizeFiles(passages, { sentences: 3 }).map(({ text }) => text);
  expect(summary.slice(0, 2)).toEqual(['Это дневник смотрителя башни.', filler[0]]);
  expect(summary[2]).toMatch(/линзы/u);
});

test('several files share the sentences', () => {
  const passages = ['a', 'b'].map((name) =>
    passage(
      `chat-file:///1/${name}`,
      0,
      `Файл ${name} говорит о реках много. И ещё о горах он молчит.`,
    ),
  );
  expect(summarizeFiles(passages, { sentences: 2 }).map(({ number }) => number)).toEqual([1, 2]);
});
