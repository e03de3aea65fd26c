import { Api, Context } from 'grammy';
import type { Message, MessageEntity, Update, UserFromGetMe } from 'grammy/types';
import { describe, expect, test } from 'vitest';

import type { BotContext } from '../../../bot/context.ts';
import { addressedText, repliedText } from '../../../bot/features/addressed.ts';

const ME = { id: 42, is_bot: true, first_name: 'Исток', username: 'istok_bot' } as UserFromGetMe;
const READER = { id: 7, is_bot: false, first_name: 'Читатель' };
const GROUP = { id: -100, type: 'supergroup', title: 'Читальный зал' } as const;
const PRIVATE = { id: 7, type: 'private', first_name: 'Читатель' } as const;

function contextOf(message: Record<string, unknown>): BotContext {
  const update = {
    update_id: 1,
    message: { message_id: 1, date: 0, from: READER, chat: GROUP, ...message },
  } as unknown as Update;
  return new Context(update, new Api('1:a'), ME) as BotContext;
}

function entity(text: string, words: string, type: string, more = {}): MessageEntity {
  return { type, offset: text.indexOf(words), length: words.length, ...more } as MessageEntity;
}

const mention = (text: string, words = '@istok_bot') => ({
  text,
  entities: [entity(text, words, 'mention')],
});
const command = (text: string, words: string) => ({
  text,
  entities: [entity(text, words, 'bot_command')],
});

describe('in a group the bot is asked by', () => {
  test.each([
    ['its name first', mention('@istok_bot кто открыл пенициллин?')],
    ['its name first, with a comma', mention('@istok_bot, кто открыл пенициллин?')],
    ['its name last', mention('кто открыл пенициллин? @istok_bot')],
    ['its name in other letters', mention('@Istok_Bot кто открыл пенициллин?', '@Istok_Bot')],
    ['a command', command('/ask кто открыл пенициллин?', '/ask')],
    ['a command with its name', command('/ask@istok_bot кто открыл пенициллин?', '/ask@istok_bot')],
    [
      'a link to it',
      {
        text: 'Исток, кто открыл пенициллин?',
        entities: [entity('Исток', 'Исток', 'text_mention', { user: ME })],
      },
    ],
    [
      'a reply to it',
      {
        text: 'кто открыл пенициллин?',
        reply_to_message: { message_id: 5, date: 0, chat: GROUP, from: ME, text: 'Ответ' },
      },
    ],
    [
      'the caption of a picture',
      {
        photo: [],
        caption: '@istok_bot кто открыл пенициллин?',
        caption_entities: [entity('@istok_bot', '@istok_bot', 'mention')],
      },
    ],
    [
      'an anonymous admin',
      {
        ...mention('@istok_bot кто открыл пенициллин?'),
        from: { id: 1_087_968_824, is_bot: true, first_name: 'Group' },
        sender_chat: GROUP,
      },
    ],
  ])('%s', (_name, message) => {
    expect(addressedText(contextOf(message))).toBe('кто открыл пенициллин?');
  });
});

describe('in a group the bot is silent when', () => {
  test.each([
    ['people talk', { text: 'кто открыл пенициллин?' }],
    ['another is named', mention('@istok_bot2 кто?', '@istok_bot2')],
    ['a command is for another bot', command('/ask@other_bot кто?', '/ask@other_bot')],
    ['a command is none of its own', command('/roll', '/roll')],
    [
      'somebody else is answered',
      {
        text: 'да',
        reply_to_message: { message_id: 5, date: 0, chat: GROUP, from: READER, text: 'Ну?' },
      },
    ],
    [
      'a topic that it opened goes on',
      {
        text: 'кто открыл пенициллин?',
        reply_to_message: {
          message_id: 5,
          date: 0,
          chat: GROUP,
          from: ME,
          forum_topic_created: { name: 'Тема', icon_color: 0 },
        },
      },
    ],
    [
      'another bot names it',
      {
        ...mention('@istok_bot кто?'),
        from: { id: 8, is_bot: true, first_name: 'Другой' },
      },
    ],
    ['a channel post is passed on', { ...mention('@istok_bot кто?'), is_automatic_forward: true }],
    ['a message has no words', { sticker: {} }],
    ['an answer was sent through it', { ...mention('@istok_bot кто?'), via_bot: ME }],
  ])('%s', (_name, message) => {
    expect(addressedText(contextOf(message))).toBeNull();
  });
});

test('a private message is always for the bot, but for commands', () => {
  const chat = PRIVATE;
  expect(addressedText(contextOf({ chat, text: ' Кто открыл пенициллин? ' }))).toBe(
    'Кто открыл пенициллин?',
  );
  expect(addressedText(contextOf({ chat, ...command('/ask Кто?', '/ask') }))).toBe('Кто?');
  expect(addressedText(contextOf({ chat, ...command('/help', '/help') }))).toBeNull();
  expect(addressedText(contextOf({ chat, ...command('что делает /help', '/help') }))).toBe(
    'что делает /help',
  );
});

test('an answer that was sent through the bot is no question, nor is what calls it there', () => {
  const answer = { text: 'Кто открыл пенициллин? Флеминг.', via_bot: ME };
  expect(addressedText(contextOf({ chat: PRIVATE, ...answer }))).toBeNull();
  expect(
    repliedText(contextOf({ ...mention('@istok_bot'), reply_to_message: replied(READER, answer) })),
  ).toBeNull();
  const ofAnother = { text: 'Кто?', via_bot: { ...ME, id: 43 } };
  expect(addressedText(contextOf({ chat: PRIVATE, ...ofAnother }))).toBe('Кто?');
});

const replied = (from: unknown, more = {}): Partial<Message> =>
  ({
    message_id: 5,
    date: 0,
    chat: GROUP,
    from,
    text: 'Пенициллин открыл Флеминг в 1928 году.',
    ...more,
  }) as Partial<Message>;

test('a bare call means the message that it replies to, of anyone but the bot', () => {
  const bare = mention('@istok_bot');
  expect(addressedText(contextOf({ ...bare, reply_to_message: replied(READER) }))).toBe('');
  expect(repliedText(contextOf({ ...bare, reply_to_message: replied(READER) }))).toBe(
    'Пенициллин открыл Флеминг в 1928 году.',
  );
  expect(
    repliedText(
      contextOf({ ...bare, reply_to_message: replied(READER), quote: { text: 'Флеминг' } }),
    ),
  ).toBe('Флеминг');
  expect(repliedText(contextOf({ ...bare, reply_to_message: replied(ME) }))).toBeNull();
  expect(repliedText(contextOf(bare))).toBeNull();
});
