import { pino } from 'pino';
import { describe, expect, test } from 'vitest';

import { createEditedMessage } from '../../../bot/messages/edited-message.ts';
import type { FormattedText } from '../../../bot/messages/formatted-text.ts';
import type { ChatPlace } from '../../../bot/questions/chat-question.ts';
import { createSendingPace } from '../../../bot/telegram/sending-pace.ts';
import { describeLiveMessage } from '../../contracts/live-message.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { scriptedApi } from '../../support/scripted-api.ts';

const logger = pino({ level: 'silent' });
const keyboard = { inline_keyboard: [[{ text: 'Стоп', callback_data: 'stop:31' }]] };
const GROUP: ChatPlace = { chatId: -7, kind: 'group', threadId: null, messageId: 40 };

describeLiveMessage({
  name: 'an edited message in a group',
  chatId: -7,
  frameGapMs: 3_000,
  open: ({ api, pace, clock }) =>
    createEditedMessage({
      api,
      pace,
      clock,
      logger,
      place: GROUP,
      keyboard,
      onPlaceholder: () => {},
    }),
});

describe('an edited message', () => {
  test('replies in the topic of its question, with a button to stop', async () => {
    const { telegram, live, clock, placeholders } = edited({ ...GROUP, threadId: 12 });
    live.show(frame('Ищу…'));
    await clock.advance(500);
    live.show(frame('Читаю…'));
    await clock.advance(3_000);
    expect(telegram.calls).toEqual([
      {
        method: 'sendMessage',
        payload: {
          chat_id: -7,
          message_thread_id: 12,
          reply_parameters: { message_id: 40, allow_sending_without_reply: true },
          text: 'Ищу…',
          entities: [],
          reply_markup: keyboard,
          link_preview_options: { is_disabled: true },
        },
      },
      {
        method: 'editMessageText',
        payload: {
          chat_id: -7,
          message_id: 501,
          text: 'Читаю…',
          entities: [],
          reply_markup: keyboard,
          link_preview_options: { is_disabled: true },
        },
      },
    ]);
    expect(placeholders).toEqual([501]);
    expect(await live.settle()).toEqual([501]);
  });

  test('replies to nothing in a private chat', async () => {
    const { telegram, live, clock } = edited({ ...GROUP, chatId: 7, kind: 'private' });
    live.show(frame('Ищу…'));
    await clock.advance(500);
    expect(telegram.calls[0]?.payload).not.toHaveProperty('reply_parameters');
  });

  test('is not sent a second time when nobody knows whether it arrived', async () => {
    const { telegram, live, clock, placeholders } = edited();
    telegram.failNext('lost-answer');
    live.show(frame('one'));
    await clock.advance(500);
    live.show(frame('two'));
    await clock.advance(60_000);
    expect(telegram.calls).toHaveLength(1);
    expect(placeholders).toEqual([]);
    expect(await live.settle()).toEqual([]);
  });

  test('counts as shown when Telegram finds nothing to change', async () => {
    const { telegram, live, clock } = edited();
    live.show(frame('one'));
    await clock.advance(500);
    telegram.failNext({ code: 400, description: 'Bad Request: message is not modified: same' });
    live.show(frame('two'));
    await clock.advance(30_000);
    expect(telegram.calls).toHaveLength(2);
    expect(await live.settle()).toEqual([501]);
  });

  test('that somebody has deleted is not written any more', async () => {
    const { telegram, live, clock } = edited();
    live.show(frame('one'));
    await clock.advance(500);
    telegram.failNext({ code: 400, description: 'Bad Request: message to edit not found' });
    live.show(frame('two'));
    await clock.advance(5_000);
    live.show(frame('three'));
    await clock.advance(60_000);
    expect(telegram.calls).toHaveLength(2);
    expect(await live.settle()).toEqual([]);
  });

  test('can be one that stands already', async () => {
    const { telegram, live, clock, placeholders } = edited(GROUP, 444);
    expect(await live.settle()).toEqual([444]);
    const second = edited(GROUP, 444);
    second.live.show(frame('one'));
    await second.clock.advance(500);
    expect(second.telegram.calls).toMatchObject([
      { method: 'editMessageText', payload: { message_id: 444, text: 'one' } },
    ]);
    expect([telegram.calls, placeholders, clock.waiting, live]).toMatchObject([[], [], 0, {}]);
  });

  test('survives whoever is told of it', async () => {
    const clock = manualClock();
    const telegram = scriptedApi();
    const live = createEditedMessage({
      api: telegram.api,
      pace: createSendingPace({ clock }),
      clock,
      logger,
      place: GROUP,
      keyboard,
      onPlaceholder() {
        throw new Error('the disk is full');
      },
    });
    live.show(frame('one'));
    await clock.advance(500);
    expect(await live.settle()).toEqual([501]);
  });
});

function edited(place: ChatPlace = GROUP, standing: number | null = null) {
  const clock = manualClock();
  const telegram = scriptedApi();
  const placeholders: number[] = [];
  const live = createEditedMessage({
    api: telegram.api,
    pace: createSendingPace({ clock }),
    clock,
    logger,
    place,
    keyboard,
    standing,
    onPlaceholder: (messageId) => placeholders.push(messageId),
  });
  return { telegram, live, clock, placeholders };
}

function frame(text: string): FormattedText {
  return { text, entities: [] };
}
