import { expect, test } from 'vitest';

import { createDeliveries } from '../../../bot/state/deliveries.ts';
import { openState } from '../../support/state-folder.ts';

const place = { chatId: 77, kind: 'private', threadId: null, messageId: 10 } as const;
const parts = [
  { text: 'первая', entities: [] },
  { text: 'вторая', entities: [] },
];

test('a delivery remembers how far it has come', () => {
  using state = openState();
  const deliveries = createDeliveries(state.database);
  expect(deliveries.find(5)).toBeNull();
  expect(deliveries.begin(5, place)).toEqual({
    questionId: 5,
    chatId: 77,
    threadId: null,
    replyTo: 10,
    turnId: null,
    parts: null,
    messageIds: [],
    nextPart: 0,
    isSending: false,
    isDone: false,
    noticeId: null,
  });
  deliveries.ready(5, parts, 3);
  deliveries.sending(5);
  expect(deliveries.find(5)).toMatchObject({ parts, turnId: 3, nextPart: 0, isSending: true });
  deliveries.arrived(5, 101);
  expect(deliveries.find(5)).toMatchObject({ messageIds: [101], nextPart: 1, isSending: false });
  deliveries.sending(5);
  deliveries.arrived(5, 102);
  deliveries.finish(5);
  expect(deliveries.find(5)).toMatchObject({ messageIds: [101, 102], parts: null, isDone: true });
});

test('a part takes the place of the message that stands for it', () => {
  using state = openState();
  const deliveries = createDeliveries(state.database);
  deliveries.begin(5, place);
  deliveries.stands(5, [90, 91, 92]);
  deliveries.ready(5, parts, null);
  deliveries.arrived(5, 90);
  expect(deliveries.find(5)).toMatchObject({ messageIds: [90, 91, 92], nextPart: 1 });
  deliveries.arrived(5, 105);
  expect(deliveries.find(5)).toMatchObject({ messageIds: [90, 105, 92], nextPart: 2 });
});

test('to begin twice changes nothing', () => {
  using state = openState();
  const deliveries = createDeliveries(state.database);
  deliveries.begin(5, place);
  deliveries.ready(5, parts, null);
  expect(deliveries.begin(5, place)).toMatchObject({ parts });
});

test('a message that certainly did not arrive is no longer on its way', () => {
  using state = openState();
  const deliveries = createDeliveries(state.database);
  deliveries.begin(5, place);
  deliveries.sending(5);
  deliveries.notSent(5);
  expect(deliveries.find(5)?.isSending).toBe(false);
});

test('the answers to a message are found, also after its group became another', () => {
  using state = openState();
  const deliveries = createDeliveries(state.database);
  deliveries.begin(5, { ...place, chatId: -100 });
  deliveries.begin(6, { ...place, chatId: -100 });
  deliveries.begin(7, { ...place, chatId: -100, messageId: 11 });
  const asked = { chatId: -100, messageId: 10 };
  const idsBefore = (id: number, at = asked) =>
    deliveries.answersTo(at, id).map(({ questionId }) => questionId);
  expect(idsBefore(100)).toEqual([5, 6]);
  expect(idsBefore(6)).toEqual([5]);
  deliveries.move(-100, -200);
  expect(idsBefore(100)).toEqual([]);
  expect(idsBefore(100, { ...asked, chatId: -200 })).toEqual([5, 6]);
});

test('any message of an answer leads to it', () => {
  using state = openState();
  const deliveries = createDeliveries(state.database);
  deliveries.begin(5, place);
  deliveries.stands(5, [101, 102]);
  expect(deliveries.findByMessage(77, 101)?.questionId).toBe(5);
  expect(deliveries.findByMessage(77, 102)?.questionId).toBe(5);
  expect(deliveries.findByMessage(77, 103)).toBeNull();
  expect(deliveries.findByMessage(78, 101)).toBeNull();
});

test('other words take the place of a part that is not taken', () => {
  using state = openState();
  const deliveries = createDeliveries(state.database);
  deliveries.begin(5, place);
  deliveries.ready(5, parts, null);
  deliveries.arrived(5, 101);
  deliveries.substitute(5, { text: 'другая', entities: [] });
  expect(deliveries.find(5)?.parts?.map(({ text }) => text)).toEqual(['первая', 'другая']);
});
