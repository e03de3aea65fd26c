import { pino } from 'pino';
import { describe, expect, test } from 'vitest';

import type { FakeTelegram } from '../../../bot/demo/fake-telegram/fake-telegram.ts';
import type { FormattedText } from '../../../bot/messages/formatted-text.ts';
import { createLiveMessages } from '../../../bot/messages/open-live-message.ts';
import type { ChatQuestion } from '../../../bot/questions/chat-question.ts';
import { createSendingPace } from '../../../bot/telegram/sending-pace.ts';
import { createFrameApi } from '../../../bot/telegram/sending.ts';
import { chatQuestion } from '../../support/chat-question.ts';
import { startTelegram } from '../../support/telegram.ts';

const stopButton = { inline_keyboard: [[{ text: 'Стоп', callback_data: 'stop:31' }]] };

describe('an answer in progress', () => {
  test('is a draft in a private chat', async () => {
    await using telegram = await startTelegram();
    const asker = telegram.createUser();
    const question = telegram.write('Кто открыл пенициллин?', { from: asker });
    const { live } = open(telegram, { chatId: asker.id, messageId: question.message_id });
    live.show(frame('Ищу…'));
    const shown = await telegram.waitForEvent((event) => event.type === 'draft');
    expect(shown).toMatchObject({
      chatId: asker.id,
      draft: { draftId: 31, text: 'Ищу…', canStop: true },
    });
    expect(await live.settle()).toEqual([]);
    expect(telegram.messages(asker.id)).toHaveLength(1);
  });

  test('is a message with a button to stop in the topic of a group', async () => {
    await using telegram = await startTelegram();
    const asker = telegram.createUser();
    const group = telegram.createGroup({ type: 'supergroup', isForum: true, members: [asker] });
    const asked = telegram.write('Кто?', { from: asker, chatId: group.id, threadId: 5 });
    const place = { chatId: group.id, kind: 'group', threadId: 5, messageId: asked.message_id };
    const { live, placeholders } = open(telegram, place as ChatQuestion['place']);
    live.show(frame('Ищу…'));
    await telegram.waitFor('sendMessage');
    const ids = await live.settle();
    expect(ids).toHaveLength(1);
    expect(placeholders).toEqual(ids);
    expect(telegram.message(group.id, ids[0] ?? 0)).toMatchObject({
      text: 'Ищу…',
      message_thread_id: 5,
      reply_to_message: { message_id: asked.message_id },
      reply_markup: stopButton,
    });
  });

  test('is such a message in a private chat that has no drafts, from then on', async () => {
    await using telegram = await startTelegram();
    const asker = telegram.createUser();
    const asked = telegram.write('Кто?', { from: asker });
    telegram.failNext('sendMessageDraft', {
      type: 'refusal',
      code: 400,
      description: 'Bad Request: TEXTDRAFT_PEER_INVALID',
    });
    const openHere = opener(telegram);
    const place = { chatId: asker.id, messageId: asked.message_id };
    const first = openHere(place);
    first.live.show(frame('Ищу…'));
    await telegram.waitFor('sendMessage');
    expect(await first.live.settle()).toHaveLength(1);

    const second = openHere(place);
    second.live.show(frame('Читаю…'));
    await telegram.waitFor('sendMessage', 2);
    expect(await second.live.settle()).toHaveLength(1);
    expect(telegram.callsOf('sendMessageDraft')).toHaveLength(1);
  });

  test('is nothing in a channel', async () => {
    await using telegram = await startTelegram();
    const channel = telegram.createChannel();
    const { live } = open(telegram, { chatId: channel.id, kind: 'channel' });
    live.show(frame('Ищу…'));
    expect(await live.settle()).toEqual([]);
    expect(telegram.calls).toEqual([]);
  });
});

type Opened = {
  live: ReturnType<ReturnType<typeof createLiveMessages>>;
  placeholders: number[];
};

function opener(telegram: FakeTelegram): (place: Partial<ChatQuestion['place']>) => Opened {
  const openLive = createLiveMessages({
    frameApi: createFrameApi(telegram.token, { apiRoot: telegram.url }),
    // Without the second between two messages: a test has no time for it.
    pace: createSendingPace({ gapMs: 0, limits: { messageGapMs: 0 } }),
    logger: pino({ level: 'silent' }),
    stopKeyboard: () => stopButton,
    firstFrameMs: 0,
  });
  return (place) => {
    const placeholders: number[] = [];
    const live = openLive(chatQuestion(31, { place }), {
      onPlaceholder: (messageId) => placeholders.push(messageId),
    });
    return { live, placeholders };
  };
}

function open(telegram: FakeTelegram, place: Partial<ChatQuestion['place']>): Opened {
  return opener(telegram)(place);
}

function frame(text: string): FormattedText {
  return { text, entities: [] };
}
