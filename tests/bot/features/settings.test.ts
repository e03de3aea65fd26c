import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { settingsFeature } from '../../../bot/features/settings.ts';
import { unknownFeature } from '../../../bot/features/unknown.ts';
import { createLocales } from '../../../bot/locales/locale.ts';
import { createChatSettings } from '../../../bot/state/chat-settings.ts';
import type { ChatSettingsStore } from '../../../bot/state/chat-settings.ts';
import { openDatabase } from '../../../bot/state/database.ts';
import type { OpenedDatabase } from '../../../bot/state/database.ts';
import { startFeatureBot } from '../../support/feature-bot.ts';
import type { FeatureBot } from '../../support/feature-bot.ts';
import { startTelegram } from '../../support/telegram.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const NOT_YOURS = 'В группе это решают администраторы.';
const DEFAULT = { language: 'auto', length: 'short', writer: 'auto' };

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let opened: OpenedDatabase;
let telegram: Awaited<ReturnType<typeof startTelegram>>;
let settings: ChatSettingsStore;
let bot: FeatureBot;

beforeEach(async () => {
  folder = await temporaryFolder();
  opened = openDatabase({ folder: folder.path });
  settings = createChatSettings(opened.database);
  telegram = await startTelegram();
});
afterEach(async () => {
  await bot.stop();
  await telegram.close();
  opened.database.close();
  await folder[Symbol.asyncDispose]();
});

async function start({ hasModel = true } = {}): Promise<void> {
  const feature = settingsFeature({ settings, locales: createLocales(), hasModel });
  bot = await startFeatureBot({
    telegram,
    features: [feature, unknownFeature()],
    settings: (chatId) => settings.of(chatId),
  });
}

/** The last message of a chat, as its reader sees it. */
function shown(chatId = 77): { text: string | undefined; buttons: string[][] } {
  const message = telegram.messages(chatId).at(-1);
  const rows = message?.reply_markup?.inline_keyboard ?? [];
  return { text: message?.text, buttons: rows.map((row) => row.map(({ text }) => text)) };
}

describe('/settings', () => {
  test('shows what is chosen, and each choice', async () => {
    await start();
    telegram.write('/settings');
    await bot.handled(1);
    expect(shown()).toEqual({
      text: 'Настройки\nЯзык моих сообщений: как в Telegram\nОтвет: короткий\nВид ответа: текст модели',
      buttons: [
        ['✓ Как в Telegram', 'Русский', 'English'],
        ['✓ Короткий', 'Подробный'],
        ['✓ Текст модели', 'Только цитаты'],
      ],
    });
    expect(telegram.messages(77).at(-1)?.entities).toEqual([
      { type: 'bold', offset: 0, length: 9 },
    ]);
  });

  test('offers no choice of who writes where there is no model', async () => {
    await start({ hasModel: false });
    telegram.write('/settings');
    await bot.handled(1);
    expect(shown().buttons).toHaveLength(2);
    expect(shown().text).not.toContain('Кто пишет');
    const answer = await telegram.press('set:writer:quotes');
    expect(answer.text).toBe('Эта кнопка устарела: задайте вопрос ещё раз.');
    expect(settings.of(77)).toEqual(DEFAULT);
  });

  test('keeps what is pressed and shows it in place, in the language just chosen', async () => {
    await start();
    telegram.write('/settings');
    await bot.handled(1);
    expect(await telegram.press('set:language:en')).toMatchObject({ text: 'Saved.' });
    expect(await telegram.press('set:length:long')).toMatchObject({ text: 'Saved.' });
    expect(await telegram.press('set:writer:quotes')).toMatchObject({ text: 'Saved.' });
    await bot.handled(4);
    expect(shown()).toEqual({
      text: 'Settings\nLanguage of my messages: English\nAnswers: long\nWording: quotes only',
      buttons: [
        ['As in Telegram', 'Русский', '✓ English'],
        ['Short', '✓ Long'],
        ['By the model', '✓ Quotes only'],
      ],
    });
    expect(telegram.messages(77)).toHaveLength(2);
    expect(settings.of(77)).toEqual({ language: 'en', length: 'long', writer: 'quotes' });
    expect(settings.of(78)).toEqual(DEFAULT);
  });

  test('takes a second press of the same for what it is', async () => {
    await start();
    telegram.write('/settings');
    await bot.handled(1);
    for (const [index, choice] of ['short', 'long', 'long'].entries()) {
      const { text } = await telegram.press(`set:length:${choice}`);
      expect(text).toBe('Сохранено.');
      await bot.handled(index + 2);
    }
    expect(shown().buttons[1]).toEqual(['Короткий', '✓ Подробный']);
    expect(telegram.callsOf('editMessageText')).toHaveLength(1);
  });

  test('keeps what is pressed in a message that is no longer there', async () => {
    await start();
    expect(await telegram.press('set:length:long', { messageId: 900 })).toMatchObject({
      text: 'Сохранено.',
    });
    await bot.handled(1);
    expect(settings.of(77).length).toBe('long');
  });

  test.each([
    'set:language:de',
    'set:language:__proto__',
    'set:constructor:ru',
    'set:chat:short',
    'set:length:',
    'set:length:long:ru',
    'set:',
  ])('refuses forged data: %s', async (data) => {
    await start();
    expect(await telegram.press(data)).toMatchObject({
      text: 'Эта кнопка устарела: задайте вопрос ещё раз.',
    });
    expect(settings.of(77)).toEqual(DEFAULT);
  });
});

describe('/settings of a group', () => {
  test('are for its admins to see and change', async () => {
    await start();
    const admin = telegram.createUser({ id: 11, language_code: 'en' });
    const member = telegram.createUser({ id: 12, language_code: 'en' });
    const { id: chatId } = telegram.createGroup({ members: [admin, member], adminIds: [11] });
    telegram.write('/settings', { chatId, from: member });
    await bot.handled(1);
    expect(shown(chatId)).toEqual({
      text: 'In a group, this is for its admins to decide.',
      buttons: [],
    });
    telegram.write('/settings', { chatId, from: admin });
    await bot.handled(2);
    expect(shown(chatId).buttons).toHaveLength(3);
    const refused = await telegram.press('set:length:long', { chatId, from: member });
    expect(refused).toMatchObject({
      text: 'In a group, this is for its admins to decide.',
      showAlert: true,
    });
    expect(settings.of(chatId)).toEqual(DEFAULT);
    await telegram.press('set:length:long', { chatId, from: admin });
    await bot.handled(4);
    expect(settings.of(chatId).length).toBe('long');
    expect(settings.of(11)).toEqual(DEFAULT);
    expect(shown(chatId).buttons[1]).toEqual(['Short', '✓ Long']);
  });

  test('are for an admin who stays anonymous too, but not for a channel that writes there', async () => {
    await start();
    const group = telegram.createGroup();
    const channel = telegram.createChannel();
    telegram.write('/settings', { chatId: group.id, extra: { sender_chat: group } });
    await bot.handled(1);
    expect(shown(group.id).buttons).toHaveLength(3);
    telegram.write('/settings', { chatId: group.id, extra: { sender_chat: channel } });
    await bot.handled(2);
    expect(shown(group.id)).toEqual({ text: NOT_YOURS, buttons: [] });
  });

  test('are for admins also where the bot may not see the members', async () => {
    await start();
    const admin = telegram.createUser({ id: 11, language_code: 'ru' });
    const { id: chatId } = telegram.createGroup({ adminIds: [11] });
    const hidden = { type: 'refusal', code: 400, description: 'Bad Request: CHAT_ADMIN_REQUIRED' };
    telegram.failNext('getChatMember', { ...hidden, type: 'refusal' });
    telegram.write('/settings', { chatId, from: admin });
    await bot.handled(1);
    expect(shown(chatId).buttons).toHaveLength(3);
    telegram.failNext('getChatMember', { ...hidden, type: 'refusal' });
    telegram.write('/settings', { chatId });
    await bot.handled(2);
    expect(shown(chatId)).toEqual({ text: NOT_YOURS, buttons: [] });
  });
});
