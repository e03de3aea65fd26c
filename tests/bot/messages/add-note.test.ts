import { expect, test } from 'vitest';

import { addNote } from '../../../bot/messages/add-note.ts';

test('a note is the last line of an answer, in italics', () => {
  const first = { text: 'Начало.', entities: [] };
  const last = { text: 'Конец [1]', entities: [{ type: 'bold' as const, offset: 0, length: 5 }] };
  expect(addNote([first, last], 'Картинку я не смотрел.')).toEqual([
    first,
    {
      text: 'Конец [1]\n\nКартинку я не смотрел.',
      entities: [
        { type: 'bold', offset: 0, length: 5 },
        { type: 'italic', offset: 11, length: 22 },
      ],
    },
  ]);
});

test('a note that has no room goes by itself', () => {
  const full = { text: 'я'.repeat(4_090), entities: [] };
  expect(addNote([full], 'Картинку я не смотрел.')).toEqual([
    full,
    { text: 'Картинку я не смотрел.', entities: [{ type: 'italic', offset: 0, length: 22 }] },
  ]);
});
