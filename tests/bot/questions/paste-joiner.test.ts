import { expect, test } from 'vitest';

import { createPasteJoiner } from '../../../bot/questions/paste-joiner.ts';
import type { ChatQuestion } from '../../../bot/questions/chat-question.ts';
import { chatQuestion } from '../../support/chat-question.ts';

function joiner(quietMs = 20) {
  const taken: ChatQuestion[] = [];
  const take = async (question: ChatQuestion): Promise<void> => void taken.push(question);
  return { taken, joiner: createPasteJoiner({ take, longText: 10, quietMs }) };
}

test('a short question is taken at once', async () => {
  const { taken, joiner: pastes } = joiner();
  const done = pastes.take(chatQuestion(1, { text: 'коротко' }));
  expect(taken.map(({ text }) => text)).toEqual(['коротко']);
  await done;
});

test('the pieces of a long text are one question, asked by the first', async () => {
  const { taken, joiner: pastes } = joiner(5_000);
  const long = 'слово за слово'.repeat(3);
  const all = [
    pastes.take(chatQuestion(1, { text: long })),
    pastes.take(chatQuestion(2, { text: long })),
    pastes.take(chatQuestion(3, { text: 'конец' })),
  ];
  await Promise.all(all);
  expect(taken).toHaveLength(1);
  expect(taken[0]).toMatchObject({ id: 1, text: `${long}\n${long}\nконец` });
});

test('a long text that nothing follows is taken after a moment', async () => {
  const { taken, joiner: pastes } = joiner();
  await pastes.take(chatQuestion(1, { text: 'одно длинное сообщение' }));
  expect(taken.map(({ id }) => id)).toEqual([1]);
});

test('somebody else, and a later question, are no continuation', async () => {
  const { taken, joiner: pastes } = joiner();
  const long = pastes.take(chatQuestion(1, { text: 'одно длинное сообщение' }));
  await pastes.take(chatQuestion(2, { text: 'другой', askerId: 78 }));
  await pastes.take(chatQuestion(3, { text: 'позже', askedAt: new Date('2026-11-02T10:00:30Z') }));
  await long;
  expect(taken.map(({ id, text }) => [id, text])).toEqual([
    [2, 'другой'],
    [3, 'позже'],
    [1, 'одно длинное сообщение'],
  ]);
});
