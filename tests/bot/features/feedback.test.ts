import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { feedbackFeature } from '../../../bot/features/feedback.ts';
import { unknownFeature } from '../../../bot/features/unknown.ts';
import { createLogger } from '../../../bot/logger.ts';
import { answerKeyboard } from '../../../bot/questions/answer-keyboard.ts';
import { createConversations } from '../../../bot/state/conversations.ts';
import type { Conversations } from '../../../bot/state/conversations.ts';
import { openDatabase } from '../../../bot/state/database.ts';
import type { OpenedDatabase } from '../../../bot/state/database.ts';
import { createFeedback } from '../../../bot/state/feedback.ts';
import { createLocale } from '../../../bot/locales/locale.ts';
import { startFeatureBot } from '../../support/feature-bot.ts';
import type { FeatureBot } from '../../support/feature-bot.ts';
import { startTelegram } from '../../support/telegram.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { turnRecord } from '../../support/turn-record.ts';

const EXPIRED = 'Эта кнопка устарела: задайте вопрос ещё раз.';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let opened: OpenedDatabase;
let conversations: Conversations;
let telegram: Awaited<ReturnType<typeof startTelegram>>;
let bot: FeatureBot;

beforeEach(async () => {
  folder = await temporaryFolder();
  opened = openDatabase({ folder: folder.path });
  conversations = createConversations(opened.database);
  telegram = await startTelegram();
  const feature = feedbackFeature({
    feedback: createFeedback(opened.database),
    conversations,
    keyboard: answerKeyboard,
    logger: createLogger({ level: 'silent', secrets: [] }),
  });
  bot = await startFeatureBot({ telegram, features: [feature, unknownFeature()] });
});
afterEach(async () => {
  await bot.stop();
  await telegram.close();
  opened.database.close();
  await folder[Symbol.asyncDispose]();
});

/** An answer as it stands in a chat, with its buttons. */
async function answered(chatId = 77, askerId = chatId): Promise<number> {
  if (chatId > 0) telegram.write('Кто открыл пенициллин?', { chatId });
  const id = conversations.record(turnRecord({ chatId, askerId }));
  const turn = conversations.find(id);
  if (turn === null) throw new Error('the turn was not kept');
  await bot.bot.api.sendMessage(chatId, 'Флеминг [1].', {
    reply_markup: answerKeyboard(turn, createLocale('ru')),
  });
  return id;
}

function thumbs(chatId = 77): string[] {
  const buttons = telegram.messages(chatId).at(-1)?.reply_markup?.inline_keyboard.flat() ?? [];
  return buttons.map(({ text }) => text).filter((text) => /👍|👎/u.test(text));
}

describe('👍 and 👎', () => {
  test('are kept with the question, thanked for, and shown as pressed', async () => {
    const id = await answered();
    expect(await telegram.press(`rate:up:${id}`)).toMatchObject({ text: 'Спасибо!' });
    await bot.handled(2);
    expect(conversations.find(id)?.rating).toBe('up');
    expect(thumbs()).toEqual(['👍 ✓', '👎']);

    const toast = await telegram.press(`rate:down:${id}`);
    expect(toast.text).toBe('Спасибо, учту. «Ещё раз» поищет заново.');
    await bot.handled(3);
    expect(conversations.find(id)?.rating).toBe('down');
    expect(thumbs()).toEqual(['👍', '👎 ✓']);

    expect(await telegram.press(`rate:down:${id}`)).toMatchObject({ text: 'Оценка снята.' });
    await bot.handled(4);
    expect(conversations.find(id)?.rating).toBeNull();
    expect(thumbs()).toEqual(['👍', '👎']);
  });

  test('are counted also when the buttons can no longer be changed', async () => {
    const id = await answered();
    await telegram.press(`rate:up:${id}`, { messageId: 900 });
    await bot.handled(2);
    expect(conversations.find(id)?.rating).toBe('up');
  });

  test('are refused for a turn of another chat, a forgotten one and a rating of one’s own', async () => {
    const id = conversations.record(turnRecord({ chatId: 78 }));
    expect(await telegram.press(`rate:up:${id}`)).toMatchObject({ text: EXPIRED });
    expect(await telegram.press('rate:up:999')).toMatchObject({ text: EXPIRED });
    expect(await telegram.press(`rate:best:${id}`)).toMatchObject({ text: EXPIRED });
    expect(await telegram.press('rate:up:9999999999999999999')).toMatchObject({ text: EXPIRED });
    expect(conversations.find(id)?.rating).toBeNull();
  });

  test('are in a group for the one who asked', async () => {
    const { id: chatId } = telegram.createGroup();
    const id = await answered(chatId, 77);
    const other = telegram.createUser({ id: 12, language_code: 'ru' });
    const refused = await telegram.press(`rate:up:${id}`, { chatId, from: other });
    expect(refused.text).toBe('Оценить ответ может тот, кто спросил.');
    expect(conversations.find(id)?.rating).toBeNull();
    await telegram.press(`rate:up:${id}`, { chatId });
    await bot.handled(2);
    expect(conversations.find(id)?.rating).toBe('up');
  });

  test('are for everybody where the question was asked in the name of the group', async () => {
    const { id: chatId } = telegram.createGroup();
    const id = await answered(chatId, chatId);
    await telegram.press(`rate:down:${id}`, { chatId });
    await bot.handled(1);
    expect(conversations.find(id)?.rating).toBe('down');
  });
});
