import { pino } from 'pino';
import { describe, expect, test } from 'vitest';

import { createDraftMessage } from '../../../bot/messages/draft-message.ts';
import type { FormattedText } from '../../../bot/messages/formatted-text.ts';
import type { LiveMessage } from '../../../bot/messages/live-message.ts';
import { createSendingPace } from '../../../bot/telegram/sending-pace.ts';
import { describeLiveMessage } from '../../contracts/live-message.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { scriptedApi } from '../../support/scripted-api.ts';

const logger = pino({ level: 'silent' });
const REFUSED = { code: 400, description: 'Bad Request: TEXTDRAFT_PEER_INVALID' };

describeLiveMessage({
  name: 'a draft',
  chatId: 7,
  frameGapMs: 1_050,
  open: ({ api, pace, clock }) =>
    createDraftMessage({
      api,
      pace,
      clock,
      logger,
      chatId: 7,
      threadId: null,
      draftId: 31,
      insteadOfDraft: () => recordedLive().live,
    }),
});

describe('a draft', () => {
  test('has a button of its own to stop, in the topic where it belongs', async () => {
    const { telegram, live, clock } = draft({ threadId: 12 });
    live.show(frame('Ищу…'));
    await clock.advance(500);
    expect(telegram.calls).toEqual([
      {
        method: 'sendMessageDraft',
        payload: {
          chat_id: 7,
          message_thread_id: 12,
          draft_id: 31,
          text: 'Ищу…',
          entities: [],
          can_stop: true,
        },
      },
    ]);
  });

  test('is shown again before Telegram drops it', async () => {
    const { telegram, live, clock } = draft();
    live.show(frame('Читаю…'));
    await clock.advance(500 + 65_000);
    expect(telegram.calls.map(({ payload }) => payload['text'])).toEqual([
      'Читаю…',
      'Читаю…',
      'Читаю…',
      'Читаю…',
    ]);
    await live.settle();
    await clock.advance(60_000);
    expect(telegram.calls).toHaveLength(4);
  });

  test('goes on after a frame whose fate is unknown', async () => {
    const { telegram, live, clock } = draft();
    telegram.failNext('lost-answer');
    live.show(frame('Читаю…'));
    await clock.advance(500);
    expect(telegram.calls).toHaveLength(1);
    await clock.advance(2_000);
    expect(telegram.calls).toHaveLength(2);
  });

  test('gives way to something else where a chat has no drafts', async () => {
    const { telegram, live, clock, instead } = draft();
    telegram.failNext(REFUSED);
    live.show(frame('one'));
    await clock.advance(400);
    live.show(frame('two'));
    await clock.advance(100);
    live.show(frame('three'));
    await clock.advance(60_000);
    expect(telegram.calls).toHaveLength(1);
    expect(instead.frames).toEqual(['two', 'three']);
    expect(await live.settle()).toEqual([77]);
  });

  test('opens nothing else when it has been settled by then', async () => {
    const { telegram, live, clock, instead } = draft();
    telegram.failNext(REFUSED);
    const answer = telegram.holdNext();
    live.show(frame('one'));
    await clock.advance(500);
    const settled = live.settle();
    answer();
    expect(await settled).toEqual([]);
    expect(instead.opened).toBe(0);
  });
});

function draft({ threadId = null }: { threadId?: number | null } = {}) {
  const clock = manualClock();
  const telegram = scriptedApi();
  const instead = recordedLive();
  const live = createDraftMessage({
    api: telegram.api,
    pace: createSendingPace({ clock }),
    clock,
    logger,
    chatId: 7,
    threadId,
    draftId: 31,
    insteadOfDraft() {
      instead.opened += 1;
      return instead.live;
    },
  });
  return { telegram, live, clock, instead };
}

function recordedLive(): { frames: string[]; opened: number; live: LiveMessage } {
  const frames: string[] = [];
  const live = {
    show: ({ text }: FormattedText) => void frames.push(text),
    settle: () => Promise.resolve([77]),
  };
  return { frames, opened: 0, live };
}

function frame(text: string): FormattedText {
  return { text, entities: [] };
}
