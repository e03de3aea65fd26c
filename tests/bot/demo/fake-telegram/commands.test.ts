import { afterEach, beforeEach, expect, test } from 'vitest';

import { startFakeTelegram } from '../../../../bot/demo/fake-telegram/fake-telegram.ts';
import type { FakeTelegram } from '../../../../bot/demo/fake-telegram/fake-telegram.ts';
import { apiOf, refusalOf } from '../../../support/bot-api.ts';

let telegram: FakeTelegram;
beforeEach(async () => {
  telegram = await startFakeTelegram({ limits: 'none' });
});
afterEach(() => telegram.close());

const named = (command: string) => [{ command, description: 'x' }];

test('the narrowest scope wins, in it the language of the user', async () => {
  const api = apiOf(telegram);
  const ann = telegram.createUser({ language_code: 'ru' });
  const bob = telegram.createUser({ language_code: 'en' });
  const group = telegram.createGroup({ members: [ann, bob], adminIds: [ann.id] });
  telegram.write('/start', { from: ann });
  const shown = (): string[] =>
    [ann.id, bob.id, group.id, group.id].map((chatId, index) => {
      const user = index % 2 === 0 ? ann : bob;
      return telegram.commandsFor(user, chatId)[0]?.command ?? '';
    });
  expect(shown()).toEqual(['', '', '', '']);
  await api.setMyCommands(named('all'));
  await api.setMyCommands(named('all_ru'), { language_code: 'ru' });
  expect(shown()).toEqual(['all_ru', 'all', 'all_ru', 'all']);
  await api.setMyCommands(named('private'), { scope: { type: 'all_private_chats' } });
  await api.setMyCommands(named('group'), { scope: { type: 'all_group_chats' } });
  expect(shown()).toEqual(['private', 'private', 'group', 'group']);
  await api.setMyCommands(named('admins'), { scope: { type: 'all_chat_administrators' } });
  expect(shown()).toEqual(['private', 'private', 'admins', 'group']);
  await api.setMyCommands(named('ann'), { scope: { type: 'chat', chat_id: ann.id } });
  await api.setMyCommands(named('here'), { scope: { type: 'chat', chat_id: group.id } });
  expect(shown()).toEqual(['ann', 'private', 'here', 'here']);
  const member = { type: 'chat_member', chat_id: group.id, user_id: bob.id } as const;
  await api.setMyCommands(named('bob'), { scope: member });
  expect(shown()).toEqual(['ann', 'private', 'here', 'bob']);
  await api.deleteMyCommands({ scope: member });
  expect(shown()).toEqual(['ann', 'private', 'here', 'here']);
});

test('commands are given back as they were set, and their change is seen', async () => {
  const api = apiOf(telegram);
  await api.setMyCommands(named('ask'), { language_code: 'ru' });
  expect(await api.getMyCommands({ language_code: 'ru' })).toEqual(named('ask'));
  expect(await api.getMyCommands()).toEqual([]);
  expect(await telegram.waitForEvent((event) => event.type === 'commands')).toEqual({
    type: 'commands',
    commands: named('ask'),
  });
});

test('a command that Telegram does not take is refused', async () => {
  const api = apiOf(telegram);
  const refusals = [
    await refusalOf(api.setMyCommands(named('Ask'))),
    await refusalOf(api.setMyCommands(named('спроси'))),
    await refusalOf(api.setMyCommands([{ command: 'ask', description: '' }])),
    await refusalOf(api.setMyCommands(Array.from({ length: 101 }, () => named('ask')).flat())),
    await refusalOf(api.setMyCommands([], { scope: { type: 'chat', chat_id: 5 } })),
  ];
  expect(refusals).toEqual([
    '400 Bad Request: BOT_COMMAND_INVALID',
    '400 Bad Request: BOT_COMMAND_INVALID',
    '400 Bad Request: BOT_COMMAND_DESCRIPTION_INVALID',
    '400 Bad Request: BOT_COMMANDS_TOO_MUCH',
    '400 Bad Request: chat not found',
  ]);
});

test('the bot tells what it is, by language', async () => {
  const api = apiOf(telegram);
  expect(await api.getMe()).toMatchObject({
    id: 424_242,
    username: 'istok_test_bot',
    is_bot: true,
  });
  await api.setMyDescription('I answer');
  await api.setMyDescription('Отвечаю', { language_code: 'ru' });
  await api.setMyShortDescription('Отвечаю');
  await api.setMyName('Исток 2');
  expect([
    await api.getMyDescription(),
    await api.getMyDescription({ language_code: 'ru' }),
    await api.getMyDescription({ language_code: 'de' }),
    await api.getMyShortDescription(),
    await api.getMyName(),
  ]).toEqual([
    { description: 'I answer' },
    { description: 'Отвечаю' },
    { description: 'I answer' },
    { short_description: 'Отвечаю' },
    { name: 'Исток 2' },
  ]);
  expect(await refusalOf(api.setMyShortDescription('x'.repeat(121)))).toBe(
    '400 Bad Request: bot short description is too long',
  );
});
