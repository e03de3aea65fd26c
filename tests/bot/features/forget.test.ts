import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { forgetFeature } from '../../../bot/features/forget.ts';
import { unknownFeature } from '../../../bot/features/unknown.ts';
import { createLogger } from '../../../bot/logger.ts';
import type { Forgotten } from '../../../bot/state/forget.ts';
import { startFeatureBot } from '../../support/feature-bot.ts';
import type { FeatureBot } from '../../support/feature-bot.ts';
import { startTelegram } from '../../support/telegram.ts';

const QUESTION =
  'Забыть этот разговор? Сотру с сервера вопросы, ответы, оценки и присланные файлы, а ответы, которые ещё пишу, остановлю. Настройки останутся, сообщения в самом Telegram — тоже: удалить их можно там.';

let telegram: Awaited<ReturnType<typeof startTelegram>>;
let bot: FeatureBot;
/** What was done, in its order. */
let done: string[];
let log: string[];
let outcome: Forgotten;

beforeEach(async () => {
  telegram = await startTelegram();
  done = [];
  log = [];
  outcome = { turns: 3, problems: [] };
  const destination = { write: (line: string) => log.push(line) };
  const feature = forgetFeature({
    forget(chatId) {
      done.push(`forgotten ${chatId}`);
      return outcome;
    },
    async onForget(chatId) {
      done.push(`told of ${chatId}`);
      await Promise.resolve();
      done.push('ended what was in progress');
    },
    logger: createLogger({ level: 'debug', secrets: [], destination }),
  });
  bot = await startFeatureBot({ telegram, features: [feature, unknownFeature()] });
});
afterEach(async () => {
  await bot.stop();
  await telegram.close();
});

describe('/forget', () => {
  test('asks first, and deletes nothing until then', async () => {
    telegram.write('/forget');
    await bot.handled(1);
    const asked = telegram.messages(77).at(-1);
    expect(asked?.text).toBe(QUESTION);
    expect(asked?.reply_markup?.inline_keyboard).toEqual([
      [
        { text: 'Забыть', callback_data: 'forget:yes' },
        { text: 'Не надо', callback_data: 'forget:no' },
      ],
    ]);
    expect(done).toEqual([]);
  });

  test('ends what is in progress, deletes, and says so in place of the question', async () => {
    telegram.write('/forget');
    await bot.handled(1);
    await telegram.press('forget:yes');
    await bot.handled(2);
    expect(done).toEqual(['told of 77', 'ended what was in progress', 'forgotten 77']);
    const said = telegram.messages(77).at(-1);
    expect(said?.text).toBe('Забыл. Настройки остались прежними.');
    expect(said?.reply_markup).toBeUndefined();
    expect(telegram.messages(77)).toHaveLength(2);
    expect(log.join('')).toContain('"turns":3');
  });

  test('deletes nothing when its reader thinks better of it', async () => {
    telegram.write('/forget');
    await bot.handled(1);
    await telegram.press('forget:no');
    await bot.handled(2);
    expect(done).toEqual([]);
    expect(telegram.messages(77).at(-1)?.text).toBe('Хорошо, ничего не стираю.');
  });

  test('says so also where the question can no longer be edited', async () => {
    await telegram.press('forget:yes', { messageId: 900 });
    await bot.handled(1);
    expect(done.at(-1)).toBe('forgotten 77');
    expect(telegram.messages(77).at(-1)?.text).toBe('Забыл. Настройки остались прежними.');
  });

  test('tells the operator of a copy that still holds it, but not whose it was', async () => {
    outcome = { turns: 3, problems: ['istok.sqlite.schema-1-x: file is not a database'] };
    await telegram.press('forget:yes');
    await bot.handled(1);
    expect(log.join('')).toContain(
      'a copy of the database still holds a forgotten chat: istok.sqlite.schema-1-x: file is not a database',
    );
    expect(log.join('').replaceAll(/"time":\d+/gu, '')).not.toContain('77');
  });

  test('takes forged data for what it is', async () => {
    const { text } = await telegram.press('forget:everything');
    expect(text).toBe('Эта кнопка устарела: задайте вопрос ещё раз.');
    expect(done).toEqual([]);
  });
});

describe('/forget in a group', () => {
  test('is for its admins, whoever has brought the button up', async () => {
    const admin = telegram.createUser({ id: 11, language_code: 'en' });
    const member = telegram.createUser({ id: 12, language_code: 'en' });
    const { id: chatId } = telegram.createGroup({ members: [admin, member], adminIds: [11] });
    telegram.write('/forget@istok_test_bot', { chatId, from: member });
    await bot.handled(1);
    const refusal = 'In a group, this is for its admins to decide.';
    expect(telegram.messages(chatId).at(-1)?.text).toBe(refusal);
    telegram.write('/forget@istok_test_bot', { chatId, from: admin });
    await bot.handled(2);
    expect(telegram.messages(chatId).at(-1)?.text).toMatch(/^Forget everything that I was asked/u);
    const shown = await telegram.press('forget:yes', { chatId, from: member });
    expect(shown).toMatchObject({ text: refusal, showAlert: true });
    expect(done).toEqual([]);
    await telegram.press('forget:yes', { chatId, from: admin });
    await bot.handled(4);
    expect(done.at(-1)).toBe(`forgotten ${chatId}`);
    expect(telegram.messages(chatId).at(-1)?.text).toBe('Forgotten. Your settings are as before.');
  });
});
