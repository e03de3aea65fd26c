import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { startFeature } from '../../../bot/features/start.ts';
import { createDeliveries } from '../../../bot/state/deliveries.ts';
import { openDatabase } from '../../../bot/state/database.ts';
import type { OpenedDatabase } from '../../../bot/state/database.ts';
import { startFeatureBot } from '../../support/feature-bot.ts';
import { startTelegram } from '../../support/telegram.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const RUSSIAN = [
  'Я Исток. Отвечаю на вопросы по страницам, которые только что прочёл, и даю ссылку на место, где об этом сказано.',
  'Спрашивайте по-русски или по-английски, например:',
  '• Почему небо голубое?',
  '• Who discovered penicillin?',
  'Можно прислать и ссылку: «О чём https://…?»',
  'Пришлите файл — PDF, TXT, MD, HTML, JSON, таблицу или код — и спрашивайте по нему.',
  'Перешлите мне любое сообщение со словом «правда?», и я проверю, что в нём сказано.',
  'Если ответа не найду, так и скажу.',
  '',
  '/check: проверить, правда ли это',
  '/settings: язык, длина ответа',
  '/privacy: что хранится и что куда уходит',
  '/forget: забыть этот разговор',
  '/stop: остановить ответ',
].join('\n');

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let opened: OpenedDatabase;
let taken: string[];
let admins: number[];

beforeEach(async () => {
  folder = await temporaryFolder();
  opened = openDatabase({ folder: folder.path });
  taken = [];
  admins = [];
});
afterEach(async () => {
  opened.database.close();
  await folder[Symbol.asyncDispose]();
});

function feature() {
  return startFeature({
    deliveries: createDeliveries(opened.database),
    recall: (_, parameter) => (parameter === 'brought-along' ? 'Почему?' : null),
    take: async ({ text }) => void taken.push(text),
    onAdmin: (userId) => void admins.push(userId),
  });
}

describe('/start and /help', () => {
  test('say who the bot is, what to try and which commands there are', async () => {
    await using telegram = await startTelegram();
    await using bot = await startFeatureBot({ telegram, features: [feature()] });
    telegram.write('/help');
    telegram.write('/start');
    telegram.write('/start from-somewhere');
    await bot.handled(3);
    const answers = telegram.callsOf('sendMessage').map(({ payload }) => payload['text']);
    expect(answers).toEqual([RUSSIAN, `Здравствуйте! ${RUSSIAN}`, `Здравствуйте! ${RUSSIAN}`]);
  });

  test('tell an admin of what others have not', async () => {
    await using telegram = await startTelegram();
    const admin = telegram.createUser({ id: 7, language_code: 'en' });
    const features = [feature()];
    await using bot = await startFeatureBot({ telegram, features, adminIds: [7] });
    telegram.write('/help', { from: admin });
    await bot.handled(1);
    expect(telegram.messages(7).at(-1)?.text).toMatch(
      /^I am Istok: .*\n\n\/stats: how the bot is doing\n\/sources: sources that I keep reading\n\/reindex: read the sources again now\n\/digest: the channel's digest\n\/check: check whether something is true\n\/settings: language, length of answers\n/su,
    );
    expect(admins).toEqual([7]);
  });

  test('say in a group how to ask there', async () => {
    await using telegram = await startTelegram();
    await using bot = await startFeatureBot({ telegram, features: [feature()] });
    const group = telegram.createGroup();
    telegram.write('/help@istok_test_bot', { chatId: group.id });
    telegram.write('/help@another_bot', { chatId: group.id });
    telegram.write('/start', { chatId: group.id });
    await bot.handled(2);
    expect(telegram.callsOf('sendMessage').map(({ payload }) => payload['text'])).toEqual([
      'Чтобы спросить, напишите @istok_test_bot и вопрос, или /ask и вопрос, или ответьте вопросом на моё сообщение.',
      'Чтобы спросить, напишите @istok_test_bot и вопрос, или /ask и вопрос, или ответьте вопросом на моё сообщение.',
    ]);
  });
});

describe('/start with a question that was typed elsewhere', () => {
  test('takes it', async () => {
    await using telegram = await startTelegram();
    await using bot = await startFeatureBot({ telegram, features: [feature()] });
    telegram.write('/start brought-along');
    await bot.handled(1);
    expect(taken).toEqual(['Почему?']);
    expect(telegram.messages(77)).toHaveLength(1);
  });
});
