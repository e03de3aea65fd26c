import type { Message } from 'grammy/types';
import { describe, expect, test } from 'vitest';

import {
  asksWhetherTrue,
  repliedSubject,
  subjectIn,
  textToCheck,
} from '../../../bot/features/checked-message.ts';

const BOT = 42;

describe('words that ask whether something is true', () => {
  test.each([
    'правда?',
    'Правда',
    'ПРАВДА???',
    'правда ли это?',
    'это правда?',
    'А это правда?',
    'верно?',
    'проверь',
    'Проверьте, пожалуйста',
    'проверь это',
    'проверь факты',
    'фактчек',
    'is it true?',
    'Is this really true?',
    'true?',
    'check',
    'Check this, please',
    'fact check',
    'verify',
    '🤔 правда?',
  ])('%s', (text) => {
    expect(asksWhetherTrue(text)).toBe(true);
  });

  test.each([
    '',
    '???',
    'Правда ли, что небо голубое?',
    'Проверь орфографию в тексте',
    'Правда — газета',
    'check-in в отель',
    'True Detective',
    'Сколько параметров?',
    'неправда',
    'правдами и неправдами',
    'checkmate',
  ])('but not: %s', (text) => {
    expect(asksWhetherTrue(text)).toBe(false);
  });
});

describe('a text beside such words', () => {
  test.each([
    ['Проверь: Байкал — озеро.', 'Байкал — озеро.'],
    ['проверьте это: Байкал — озеро.', 'Байкал — озеро.'],
    ['Check — Baikal is a lake.', 'Baikal is a lake.'],
    ['Байкал — озеро.\nправда?', 'Байкал — озеро.'],
    ['Это правда?\n\nБайкал — озеро.\nИ глубокое.', 'Байкал — озеро.\nИ глубокое.'],
  ])('%j', (text, found) => {
    expect(textToCheck(text)).toBe(found);
  });

  test.each(['Проверь', 'Проверь:', 'правда?', 'Проверь себя: кто я?', 'Кто?\nКогда?', ''])(
    'is not in %j',
    (text) => {
      expect(textToCheck(text)).toBeNull();
    },
  );
});

const message = (over: Partial<Message>): Message =>
  ({ message_id: 1, date: 0, chat: { id: 1, type: 'private' }, ...over }) as Message;
const channel = { id: -100, type: 'channel' as const, title: 'Озёра', username: 'lakes' };

describe('what is checked', () => {
  test('knows the pages of the channel that it comes from, and of no hidden one', () => {
    const origin = { type: 'channel' as const, chat: channel, message_id: 5, date: 0 };
    const { username: _, ...hidden } = channel;

    expect(subjectIn(message({ text: 'А', forward_origin: origin }), BOT).ownPages).toEqual([
      'https://t.me/lakes',
      'https://t.me/s/lakes',
      'https://telegram.me/lakes',
      'https://telegram.me/s/lakes',
    ]);
    expect(
      subjectIn(message({ text: 'А', forward_origin: { ...origin, chat: hidden } }), BOT).ownPages,
    ).toEqual([]);
  });

  test('is the marked part of a message, also of one in another chat', () => {
    const quote = { text: 'Байкал — озеро.', position: 0 };
    const origin = { type: 'channel' as const, chat: channel, message_id: 5, date: 0 };
    const replied = message({ text: 'Байкал — озеро. Волга — река.' });

    expect(repliedSubject(message({ reply_to_message: replied as never, quote }), BOT)?.text).toBe(
      'Байкал — озеро.',
    );
    expect(repliedSubject(message({ external_reply: { origin }, quote }), BOT)).toMatchObject({
      text: 'Байкал — озеро.',
    });
    expect(repliedSubject(message({ external_reply: { origin } }), BOT)?.text).toBe('');
    expect(repliedSubject(message({}), BOT)).toBeNull();
  });

  test('of an answer of the bot is what it says, without sources and notes', () => {
    const text = 'Байкал — озеро.\n\nЦитаты.\n\nИсточники\n1. Байкал';
    const entities = [
      { type: 'italic' as const, offset: 17, length: 7 },
      { type: 'expandable_blockquote' as const, offset: 26, length: 19 },
    ];
    const from = { id: BOT, is_bot: true, first_name: 'Исток' };

    expect(subjectIn(message({ text, entities, from }), BOT).text).toBe('Байкал — озеро.');
    expect(subjectIn(message({ text, entities }), BOT).text).toBe(text);
  });
});
