import { Api } from 'grammy';
import { expect, test } from 'vitest';

import { announceCommands } from '../../../bot/features/commands.ts';
import { createLocales } from '../../../bot/locales/locale.ts';
import { startTelegram } from '../../support/telegram.ts';

test('commands are told by language, by kind of chat and by role', async () => {
  await using telegram = await startTelegram();
  const api = new Api(telegram.token, { apiRoot: telegram.url });
  const russian = telegram.createUser({ id: 11, language_code: 'ru' });
  const german = telegram.createUser({ id: 12, language_code: 'de' });
  const admin = telegram.createUser({ id: 7, language_code: 'ru' });
  const group = telegram.createGroup({ members: [russian, german] });
  telegram.write('/start', { from: russian });
  telegram.write('/start', { from: german });
  telegram.write('/start', { from: admin });
  // What an earlier version has set for everybody.
  await api.setMyCommands([{ command: 'old', description: 'gone' }]);

  // The other admin has never written to the bot.
  await announceCommands(api, { locales: createLocales(), adminIds: [404, 7] });

  expect(telegram.commandsFor(russian, 11)).toEqual([
    { command: 'check', description: 'проверить, правда ли это' },
    { command: 'settings', description: 'язык, длина ответа' },
    { command: 'privacy', description: 'что хранится и что куда уходит' },
    { command: 'forget', description: 'забыть этот разговор' },
    { command: 'stop', description: 'остановить ответ' },
    { command: 'help', description: 'что я умею' },
  ]);
  expect(telegram.commandsFor(german, 12).map(({ description }) => description)).toEqual([
    'check whether something is true',
    'language, length of answers',
    'what is kept and what goes where',
    'forget this conversation',
    'stop the answer',
    'what I can do',
  ]);
  expect(telegram.commandsFor(russian, group.id)).toEqual([
    { command: 'ask', description: 'задать вопрос' },
    { command: 'check', description: 'проверить, правда ли это' },
    { command: 'stop', description: 'остановить ответ' },
    { command: 'settings', description: 'язык, длина ответа' },
    { command: 'help', description: 'что я умею' },
  ]);
  expect(telegram.commandsFor(german, group.id)[0]).toEqual({
    command: 'ask',
    description: 'ask a question',
  });
  expect(telegram.commandsFor(admin, 7)[0]).toEqual({
    command: 'stats',
    description: 'как бот справляется',
  });
  expect(telegram.commandsFor(admin, 7)).toHaveLength(10);
});

test('commands that cannot be told are an error, since nobody would see them', async () => {
  await using telegram = await startTelegram();
  const api = new Api(telegram.token, { apiRoot: telegram.url });
  telegram.failNext('setMyCommands', { type: 'refusal', code: 500, description: 'Internal Error' });
  await expect(announceCommands(api, { locales: createLocales() })).rejects.toThrow('500');
});
