import { Composer } from 'grammy';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { BotContext } from '../../../bot/context.ts';
import { accessFeature } from '../../../bot/features/access.ts';
import { createLogger } from '../../../bot/logger.ts';
import { startFeatureBot } from '../../support/feature-bot.ts';
import type { FeatureBot } from '../../support/feature-bot.ts';
import { startTelegram } from '../../support/telegram.ts';

const logger = createLogger({ level: 'silent', secrets: [] });
const REFUSED =
  'Этот бот отвечает не всем. Чтобы получить доступ, передайте его владельцу свой ID: 77';

let telegram: Awaited<ReturnType<typeof startTelegram>>;
let bot: FeatureBot;
let time: number;
/** What came through, by its kind. */
let through: string[];

beforeEach(async () => {
  telegram = await startTelegram();
  time = Date.parse('2026-11-02T10:00:00Z');
  through = [];
});
afterEach(async () => {
  await bot.stop();
  await telegram.close();
});

async function start(mode: 'public' | 'allowlist', allowedIds: number[] = []): Promise<void> {
  const access = accessFeature({
    access: { mode, allowedIds },
    logger,
    now: () => new Date(time),
    quietMs: 60_000,
  });
  const behind = new Composer<BotContext>();
  behind.use(async (ctx) => {
    through.push(Object.keys(ctx.update)[1] ?? '');
    if (ctx.callbackQuery !== undefined) await ctx.answerCallbackQuery();
    if (ctx.inlineQuery !== undefined) await ctx.answerInlineQuery([]);
  });
  bot = await startFeatureBot({ telegram, features: [access, behind], adminIds: [7] });
}

const sent = (): unknown[] => telegram.callsOf('sendMessage').map(({ payload }) => payload['text']);

describe('a public bot', () => {
  test('lets everybody through', async () => {
    await start('public', [11]);
    telegram.write('Почему?');
    await bot.handled(1);
    expect(through).toEqual(['message']);
    expect(sent()).toEqual([]);
  });
});

describe('a bot with a list', () => {
  test('lets through who is on it, and its admins', async () => {
    await start('allowlist', [11]);
    telegram.write('Почему?', { from: telegram.createUser({ id: 11 }) });
    telegram.write('Почему?', { from: telegram.createUser({ id: 7 }) });
    await bot.handled(2);
    expect(through).toEqual(['message', 'message']);
    expect(sent()).toEqual([]);
  });

  test('tells others the number that the operator needs, ready to be copied', async () => {
    await start('allowlist', [11]);
    telegram.write('Почему?');
    await bot.handled(1);
    expect(through).toEqual([]);
    expect(telegram.callsOf('sendMessage')[0]?.payload).toMatchObject({
      chat_id: 77,
      text: REFUSED,
      entities: [{ type: 'code', offset: REFUSED.length - 2, length: 2 }],
    });
  });

  test('tells so once in a while, and always at /start', async () => {
    await start('allowlist');
    telegram.write('Почему?');
    telegram.write('Почему??');
    telegram.edit(2, 'Почему???');
    await bot.handled(3);
    expect(sent()).toEqual([REFUSED]);
    telegram.write('/start access');
    await bot.handled(4);
    expect(sent()).toEqual([REFUSED, REFUSED]);
    time += 60_000;
    telegram.write('Почему?');
    await bot.handled(5);
    expect(sent()).toEqual([REFUSED, REFUSED, REFUSED]);
    expect(through).toEqual([]);
  });

  test('answers a button with an alert and an inline query with a way to the chat', async () => {
    await start('allowlist');
    const shown = await telegram.press('again:1');
    expect(shown).toMatchObject({
      text: 'Этот бот отвечает не всем. Чтобы узнать, как получить доступ, напишите ему в личные сообщения.',
      showAlert: true,
    });
    const answer = await telegram.inlineQuery('Почему?');
    expect(answer).toMatchObject({
      results: [],
      cacheTimeSeconds: 0,
      isPersonal: true,
      button: { text: 'Бот отвечает не всем: как спросить', startParameter: 'access' },
    });
    expect(through).toEqual([]);
  });
});

describe('a bot with a list, in a group', () => {
  test('lets through everybody of a group on it, and who is on it in any group', async () => {
    await start('allowlist', [-100_555, 11]);
    const listed = telegram.createGroup({ id: -100_555 });
    const other = telegram.createGroup({ id: -100_556 });
    telegram.write('@istok_test_bot почему?', { chatId: listed.id });
    telegram.write('@istok_test_bot почему?', {
      chatId: other.id,
      from: telegram.createUser({ id: 11 }),
    });
    telegram.write('@istok_test_bot почему?', {
      chatId: listed.id,
      extra: { sender_chat: listed },
    });
    await bot.handled(3);
    expect(through).toEqual(['message', 'message', 'message']);
    expect(sent()).toEqual([]);
  });

  test('tells others the group’s number when it is asked, once in a while', async () => {
    await start('allowlist', [11]);
    const group = telegram.createGroup({ id: -100_556, adminIds: [telegram.bot.id] });
    telegram.write('Кто-нибудь знает, почему?', { chatId: group.id });
    await bot.handled(1);
    expect(sent()).toEqual([]);
    expect(through.splice(0)).toEqual(['message']);
    telegram.write('@istok_test_bot почему?', { chatId: group.id });
    telegram.write('/settings@istok_test_bot', { chatId: group.id });
    telegram.write('/ask почему?', { chatId: group.id, extra: { sender_chat: group } });
    await bot.handled(4);
    expect(sent()).toEqual([
      'В этой группе я пока не отвечаю. Чтобы открыть доступ, передайте владельцу бота ID группы: -100556',
    ]);
    expect(through).toEqual([]);
  });

  test('lets pass what is no question', async () => {
    await start('allowlist', [11]);
    const group = telegram.createGroup();
    const basic = telegram.createGroup({ type: 'group' });
    telegram.kickBot(group.id);
    telegram.migrate(basic.id);
    await bot.handled(3);
    expect(through).toEqual(['my_chat_member', 'message', 'message']);
    expect(sent()).toEqual([]);
  });
});
