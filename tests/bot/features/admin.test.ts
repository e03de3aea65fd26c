import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { adminFeature } from '../../../bot/features/admin.ts';
import { createSideReplies } from '../../../bot/features/side-replies.ts';
import { createLogger } from '../../../bot/logger.ts';
import { createAdminCode } from '../../../bot/state/admin-code.ts';
import { createAdmins } from '../../../bot/state/admins.ts';
import type { Admins } from '../../../bot/state/admins.ts';
import { openDatabase } from '../../../bot/state/database.ts';
import type { OpenedDatabase } from '../../../bot/state/database.ts';
import { startFeatureBot } from '../../support/feature-bot.ts';
import type { FeatureBot } from '../../support/feature-bot.ts';
import { startTelegram } from '../../support/telegram.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const WRONG = 'Код не подошёл. Возьмите последний из журнала бота.';
const CLOSED = 'Код больше не действует: у бота уже есть администратор.';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let opened: OpenedDatabase;
let telegram: Awaited<ReturnType<typeof startTelegram>>;
let admins: Admins;
let bot: FeatureBot;
let codes: string[];
let claimed: number[];
let log: string[];

beforeEach(async () => {
  folder = await temporaryFolder();
  opened = openDatabase({ folder: folder.path });
  telegram = await startTelegram();
  admins = createAdmins(opened.database);
  codes = [];
  claimed = [];
  log = [];
  const destination = { write: (line: string) => log.push(line) };
  const feature = adminFeature({
    sideReplies: createSideReplies(),
    adminCode: createAdminCode({ admins, announce: (code) => codes.push(code) }),
    onClaimed: (userId) => void claimed.push(userId),
    logger: createLogger({ level: 'debug', secrets: [], destination }),
  });
  bot = await startFeatureBot({ telegram, features: [feature], adminIds: [7] });
});
afterEach(async () => {
  await bot.stop();
  await telegram.close();
  opened.database.close();
  await folder[Symbol.asyncDispose]();
});

const sent = (): unknown[] => telegram.callsOf('sendMessage').map(({ payload }) => payload['text']);

describe('/admin', () => {
  test('makes its sender the admin and says what they may do', async () => {
    telegram.write(`/admin ${codes[0]}`);
    await bot.handled(1);
    expect(admins.ids()).toEqual([77]);
    expect(claimed).toEqual([77]);
    expect(sent()).toEqual([
      'Теперь вы администратор этого бота и можете спрашивать без ограничений, даже если бот открыт не всем.\n/stats покажет, о чём спрашивают и как бот справляется. О неполадках сообщу здесь.',
    ]);
    expect(log.join('')).toContain('the code made somebody the admin');
    telegram.write(`/admin ${codes[0]}`, { chatId: 78 });
    await bot.handled(2);
    expect(sent().at(-1)).toBe(CLOSED);
    expect(admins.ids()).toEqual([77]);
  });

  test('says that a code is wrong, five times to one who guesses, and then nothing', async () => {
    for (let guess = 0; guess < 7; guess += 1) telegram.write(`/admin guess-${guess}`);
    telegram.write(`/admin ${codes[0]}`);
    await bot.handled(8);
    expect(sent()).toEqual([WRONG, WRONG, WRONG, WRONG, WRONG]);
    expect(admins.ids()).toEqual([]);
    expect(log.join('')).not.toContain(codes[0]);
  });

  test('asks for the code that is missing, without counting it', async () => {
    for (let more = 0; more < 6; more += 1) telegram.write('/admin');
    telegram.write(`/admin ${codes[0]}`);
    await bot.handled(7);
    expect(sent()[0]).toBe('Пришлите код из журнала бота вот так: /admin КОД');
    expect(admins.ids()).toEqual([77]);
  });

  test('takes no code in a group, and replaces the one that was shown there', async () => {
    const group = telegram.createGroup();
    telegram.write(`/admin ${codes[0]}`, { chatId: group.id });
    telegram.write('/admin guess', { chatId: group.id });
    await bot.handled(2);
    const inPrivate = 'Код я принимаю только в личных сообщениях.';
    expect(sent()).toEqual([inPrivate]);
    expect(admins.ids()).toEqual([]);
    expect(codes).toHaveLength(2);
    telegram.write(`/admin ${codes[0]}`);
    telegram.write(`/admin ${codes[1]}`);
    await bot.handled(4);
    expect(sent()[1]).toBe(WRONG);
    expect(admins.ids()).toEqual([77]);
    telegram.write('/admin', { chatId: group.id });
    await bot.handled(5);
    expect(sent()).toHaveLength(3);
  });

  test('tells an admin what they may do, and uses no code up', async () => {
    telegram.write(`/admin ${codes[0]}`, { chatId: 7 });
    await bot.handled(1);
    expect(sent()[0]).toMatch(/^Вы администратор этого бота и/u);
    expect(admins.ids()).toEqual([]);
  });
});
