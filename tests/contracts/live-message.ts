import type { Api } from 'grammy';
import type { MessageEntity } from 'grammy/types';
import { describe, expect, test } from 'vitest';

import type { FormattedText } from '../../bot/messages/formatted-text.ts';
import type { LiveMessage } from '../../bot/messages/live-message.ts';
import type { Clock } from '../../bot/telegram/clock.ts';
import { createSendingPace } from '../../bot/telegram/sending-pace.ts';
import type { SendingPace } from '../../bot/telegram/sending-pace.ts';
import { manualClock } from '../support/manual-clock.ts';
import type { ManualClock } from '../support/manual-clock.ts';
import { scriptedApi } from '../support/scripted-api.ts';
import type { ScriptedApi } from '../support/scripted-api.ts';
import { objectionTo } from '../support/telegram.ts';

export interface LiveMessageContract {
  name: string;
  /** In the chat `chatId`, the first frame after 500 ms. */
  open: (parts: { api: Api; pace: SendingPace; clock: Clock }) => LiveMessage;
  chatId: number;
  /** Milliseconds from one frame to the next. */
  frameGapMs: number;
}

/** Something that shows an answer while it is written. */
export function describeLiveMessage({ name, open, chatId, frameGapMs }: LiveMessageContract): void {
  describe(`${name} as a live message`, () => {
    test('shows nothing of an answer that is there at once', async () => {
      const { telegram, live, clock } = start();
      live.show(frame('Ищу…'));
      await clock.advance(499);
      expect(await live.settle()).toEqual([]);
      await clock.advance(60_000);
      expect(telegram.calls).toEqual([]);
      expect(clock.waiting).toBe(0);
    });

    test('shows the first frame after half a second, with its entities', async () => {
      const { telegram, live, clock } = start();
      live.show({ text: 'Ищу…', entities: [{ type: 'bold', offset: 0, length: 3 }] });
      await clock.advance(500);
      expect(shown(telegram)).toEqual(['Ищу…']);
      expect(telegram.calls[0]?.payload).toMatchObject({
        chat_id: chatId,
        entities: [{ type: 'bold', offset: 0, length: 3 }],
      });
    });

    test('shows the latest frame, and none in between, as often as the limits allow', async () => {
      const { telegram, live, clock } = start();
      let text = '';
      for (let word = 1; word <= 100; word += 1) {
        text += `${word} `;
        live.show(frame(text.trim()));
        await clock.advance(100);
      }
      await clock.advance(frameGapMs);
      const most = Math.floor((10_000 + frameGapMs - 500) / frameGapMs) + 1;
      expect(telegram.calls.length).toBeLessThanOrEqual(most);
      expect(telegram.calls.length).toBeGreaterThanOrEqual(most - 1);
      expect(shown(telegram)[0]).toBe('1 2 3 4 5');
      expect(shown(telegram).at(-1)).toBe(text.trim());
    });

    test('does not send again what is shown already', async () => {
      const { telegram, live, clock } = start();
      live.show(frame('Ищу…'));
      await clock.advance(500);
      live.show(frame('Ищу…'));
      await clock.advance(2 * frameGapMs);
      expect(shown(telegram)).toEqual(['Ищу…']);
    });

    test('reads a frame only when it is shown', async () => {
      const { live, clock } = start();
      let rendered = 0;
      for (let at = 0; at < 50; at += 1) {
        live.show({
          get text() {
            rendered += 1;
            return `frame ${at}`;
          },
          entities: [],
        });
        await clock.advance(10);
      }
      await clock.advance(frameGapMs);
      expect(rendered).toBeGreaterThan(0);
      expect(rendered).toBeLessThan(10);
    });

    test('lets messages go first', async () => {
      const { telegram, live, clock, pace } = start();
      await pace.turn(chatId);
      const turns = [pace.turn(chatId), pace.turn(chatId)];
      live.show(frame('Ищу…'));
      await clock.advance(2_100);
      await Promise.all(turns);
      expect(telegram.calls).toEqual([]);
      await clock.advance(frameGapMs + 150);
      expect(shown(telegram)).toEqual(['Ищу…']);
    });

    test('leaves off for as long as Telegram says, and holds up no message', async () => {
      const { telegram, live, clock, pace } = start();
      telegram.failNext({ code: 429, description: 'Too Many Requests', retryAfter: 9 });
      live.show(frame('one'));
      await clock.advance(500);
      live.show(frame('two'));
      await clock.advance(8_900);
      expect(telegram.calls).toHaveLength(1);
      await pace.turn(chatId);
      await clock.advance(300 + frameGapMs);
      expect(shown(telegram)).toEqual(['one', 'two']);
    });

    test('shows what can wait later, and not at all when something better comes', async () => {
      const { telegram, live, clock } = start();
      live.show(frame('search'), { canWait: true });
      await clock.advance(600);
      expect(telegram.calls).toEqual([]);
      live.show(frame('read'));
      await clock.advance(50);
      expect(shown(telegram)).toEqual(['read']);
      const other = start();
      other.live.show(frame('search'), { canWait: true });
      await other.clock.advance(2_600);
      expect(shown(other.telegram)).toEqual(['search']);
    });

    test('goes on after a frame that Telegram refused', async () => {
      const { telegram, live, clock } = start();
      telegram.failNext({ code: 400, description: "Bad Request: can't parse entities" });
      live.show(frame('one'));
      await clock.advance(500 + 3 * frameGapMs);
      expect(shown(telegram)).toEqual(['one']);
      live.show(frame('two'));
      await clock.advance(frameGapMs);
      expect(shown(telegram)).toEqual(['one', 'two']);
    });

    test.each([
      'Forbidden: bot was blocked by the user',
      'Forbidden: bot was kicked from the supergroup chat',
    ])('shows no more where Telegram says: %s', async (description) => {
      const { telegram, live, clock } = start();
      telegram.failNext({ code: 403, description });
      live.show(frame('one'));
      await clock.advance(500);
      live.show(frame('two'));
      await clock.advance(60_000);
      expect(telegram.calls).toHaveLength(1);
      expect(await live.settle()).toEqual([]);
    });

    test('settles once what is under way has come to its end, and then shows no more', async () => {
      const { telegram, live, clock } = start();
      const answer = telegram.holdNext();
      live.show(frame('one'));
      await clock.advance(500);
      let isSettled = false;
      const settled = live.settle().finally(() => {
        isSettled = true;
      });
      live.show(frame('two'));
      await clock.advance(10_000);
      expect(isSettled).toBe(false);
      answer();
      await settled;
      live.show(frame('three'));
      await clock.advance(60_000);
      expect(shown(telegram)).toEqual(['one']);
      expect(clock.waiting).toBe(0);
    });

    test('settles when what is under way fails', async () => {
      const { telegram, live, clock } = start();
      const answer = telegram.holdNext();
      telegram.failNext('lost-answer');
      live.show(frame('one'));
      await clock.advance(500);
      const settled = live.settle();
      answer();
      expect(await settled).toEqual([]);
    });

    test('shows the end of what no message can hold', async () => {
      const { telegram, live, clock } = start();
      const lines = Array.from({ length: 900 }, (_, at) => `Строка ${at} 😀`);
      const text = lines.join('\n');
      const entities: MessageEntity[] = [...text.matchAll(/Строка/gu)].map(({ index, 0: word }) => {
        const url = `https://example.org/${index}`;
        return { type: 'text_link', url, offset: index, length: word.length };
      });
      live.show({ text, entities });
      await clock.advance(500);
      const payload = telegram.calls[0]?.payload as unknown as FormattedText;
      expect(payload.text.startsWith('…\nСтрока ')).toBe(true);
      expect(payload.text.endsWith('\nСтрока 899 😀')).toBe(true);
      expect(payload.text.length).toBeGreaterThan(3_500);
      expect(objectionTo(payload.text, payload.entities)).toBeNull();
      const words = payload.entities.map(({ offset, length }) =>
        payload.text.slice(offset, offset + length),
      );
      expect(words).toEqual(Array(100).fill('Строка'));
    });

    test('sends no empty frame', async () => {
      const { telegram, live, clock } = start();
      live.show(frame(' \n'));
      await clock.advance(5_000);
      expect(telegram.calls).toEqual([]);
    });
  });

  function start(): {
    telegram: ScriptedApi;
    live: LiveMessage;
    clock: ManualClock;
    pace: SendingPace;
  } {
    const clock = manualClock();
    const pace = createSendingPace({ clock });
    const telegram = scriptedApi();
    return { telegram, clock, pace, live: open({ api: telegram.api, pace, clock }) };
  }
}

function frame(text: string): FormattedText {
  return { text, entities: [] };
}

function shown({ calls }: ScriptedApi): unknown[] {
  return calls.map(({ payload }) => payload['text']);
}
