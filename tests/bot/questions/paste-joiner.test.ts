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

test('an edited piece is asked within its text, at the place of the first', async () => {
  const { joiner: pastes } = joiner(5_000);
  const long = 'одно длинное сообщение';
  await Promise.all([
    pastes.take(chatQuestion(1, { text: long })),
    pastes.take(chatQuestion(2, { text: 'кнец?' })),
  ]);
  const place = { messageId: 20 };
  const second = await pastes.edit(chatQuestion(3, { place, text: 'конец?' }));
  expect(second).toMatchObject({ id: 3, place: { messageId: 10 }, text: `${long}\nконец?` });
  const first = await pastes.edit(chatQuestion(4, { place: { messageId: 10 }, text: 'начало' }));
  expect(first).toMatchObject({ id: 4, place: { messageId: 10 }, text: 'начало\nконец?' });
});

test('an edit of what still waits is asked once, in its words', async () => {
  const { taken, joiner: pastes } = joiner();
  const done = pastes.take(chatQuestion(1, { text: 'одно длинное сообщение' }));
  const edit = chatQuestion(2, { place: { messageId: 10 }, text: 'другое длинное сообщение' });
  expect(await pastes.edit(edit)).toBeNull();
  await done;
  expect(taken.map(({ id, text }) => [id, text])).toEqual([[1, 'другое длинное сообщение']]);
});

test('an edit of another message, or of another chat, stays as it is', async () => {
  const { joiner: pastes } = joiner();
  const long = { text: 'одно длинное сообщение' };
  await Promise.all([pastes.take(chatQuestion(1, long)), pastes.take(chatQuestion(2, long))]);
  const other = chatQuestion(3, { place: { messageId: 30 } });
  expect(await pastes.edit(other)).toBe(other);
  const elsewhere = chatQuestion(4, { place: { messageId: 20, chatId: 78 } });
  expect(await pastes.edit(elsewhere)).toBe(elsewhere);
});

test('a forgotten chat leaves none of its texts behind', async () => {
  const { taken, joiner: pastes } = joiner();
  const long = { text: 'одно длинное сообщение' };
  await Promise.all([pastes.take(chatQuestion(1, long)), pastes.take(chatQuestion(2, long))]);
  const waiting = pastes.take(chatQuestion(3, long));
  pastes.drop(77);
  await waiting;
  expect(taken).toHaveLength(1);
  const edit = chatQuestion(4, { place: { messageId: 20 }, text: 'конец' });
  expect(await pastes.edit(edit)).toBe(edit);
});

test('only the latest texts are remembered', async () => {
  const pastes = createPasteJoiner({
    take: () => Promise.resolve(),
    longText: 10,
    quietMs: 5_000,
    kept: 1,
  });
  const long = { text: 'одно длинное сообщение' };
  await Promise.all([
    pastes.take(chatQuestion(1, long)),
    pastes.take(chatQuestion(2, { text: 'конец' })),
  ]);
  await Promise.all([
    pastes.take(chatQuestion(3, long)),
    pastes.take(chatQuestion(4, { text: 'конец' })),
  ]);
  const old = chatQuestion(5, { place: { messageId: 20 } });
  expect(await pastes.edit(old)).toBe(old);
  const latest = chatQuestion(6, { place: { messageId: 40 } });
  expect(await pastes.edit(latest)).toMatchObject({ place: { messageId: 30 } });
});
