import { expect, test } from 'vitest';

import type { AnswerEvent, Ask } from '../../generation/answer/answer-event.ts';
import { penicillinReport } from '../support/answer-report.ts';
import { startTestBot } from '../support/running-bot.ts';
import { startTelegram } from '../support/telegram.ts';
import type { TestTelegram } from '../support/telegram.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

function answered(question: string): AnswerEvent {
  const report = penicillinReport({ question, standaloneQuestion: question });
  return { type: 'answered', report: { ...report, answer: `Ответ на «${question}» [1].` } };
}

const atOnce: Ask = async function* atOnce({ question }) {
  yield answered(question);
};

function said(telegram: TestTelegram, chatId: number): string[] {
  return telegram
    .messages(chatId)
    .filter(({ from }) => from?.id === telegram.bot.id)
    .map(({ text }) => text ?? '');
}

function errorsIn(log: readonly string[]): string[] {
  return log.filter((line) => line.includes('"level":50'));
}

function textSaid(telegram: TestTelegram, text: string): Promise<unknown> {
  return telegram.waitForEvent(
    (event) => event.type === 'message' && event.message.text?.startsWith(text) === true,
  );
}

test('a question in progress at a stop is handed back and answered by the next start', async () => {
  await using telegram = await startTelegram();
  await using folder = await temporaryFolder();
  const user = telegram.createUser({ language_code: 'ru' });
  const begun = Promise.withResolvers<void>();
  const first = await startTestBot({
    telegram,
    folder: folder.path,
    async *ask({ question }, { signal }) {
      yield { type: 'searching', question, language: 'ru' };
      begun.resolve();
      const aborted = Promise.withResolvers<void>();
      signal.addEventListener('abort', () => aborted.resolve());
      await aborted.promise;
    },
    botOptions: { graceMs: 30 },
  });
  telegram.write('Первый?', { from: user });
  telegram.write('Второй?', { from: user });
  await begun.promise;
  await first.stop();
  expect(said(telegram, user.id).filter((text) => text.startsWith('Ответ'))).toEqual([]);

  await using second = await startTestBot({ telegram, folder: folder.path, ask: atOnce });
  await textSaid(telegram, 'Ответ на «Второй?»');
  const answers = said(telegram, user.id).filter((text) => text.startsWith('Ответ'));
  expect(answers.map((text) => text.split('\n')[0])).toEqual([
    'Ответ на «Первый?» [1].',
    'Ответ на «Второй?» [1].',
  ]);
  // What said that the second waits was not said again, and is gone.
  await telegram.waitForEvent(
    () => !said(telegram, user.id).some((text) => text.startsWith('Сначала')),
  );
  expect(telegram.callsOf('sendMessage')).toHaveLength(3);
  expect(errorsIn(second.log)).toEqual([]);
});

test('a question that waited for more than an hour is asked about, then answered on a tap', async () => {
  await using telegram = await startTelegram();
  const user = telegram.createUser({ language_code: 'ru' });
  const now = Math.floor(Date.now() / 1000);
  const old = telegram.write('Вчерашний?', { from: user, date: now - 3 * 3600 });
  telegram.write('Недавний?', { from: user, date: now - 3000 });
  await using bot = await startTestBot({ telegram, ask: atOnce });
  await textSaid(telegram, 'Ответ на «Недавний?»');
  expect(said(telegram, user.id)[0]).toBe(
    'Меня не было на связи, и этот вопрос ждал около 3 часов. Ответ ещё нужен?',
  );
  const notice = telegram.messages(user.id).find(({ text }) => text?.startsWith('Меня не было'));
  expect(notice?.reply_to_message?.message_id).toBe(old.message_id);
  const [button] = notice?.reply_markup?.inline_keyboard.flat() ?? [];
  expect(button?.text).toBe('Ответить сейчас');
  await telegram.press(
    button !== undefined && 'callback_data' in button ? button.callback_data : '',
    { from: user, chatId: user.id, messageId: notice?.message_id ?? 0 },
  );
  await textSaid(telegram, 'Ответ на «Вчерашний?»');
  expect(said(telegram, user.id)).toHaveLength(3);
  expect(errorsIn(bot.log)).toEqual([]);
});

test('an answer whose arrival is unknown is not sent again, and its asker is told', async () => {
  await using telegram = await startTelegram();
  await using bot = await startTestBot({ telegram, ask: atOnce });
  const user = telegram.createUser({ language_code: 'ru' });
  telegram.failNext('sendMessage', { type: 'lost-answer' });
  telegram.write('Кто?', { from: user });
  await textSaid(telegram, 'Не знаю, дошёл ли ответ');
  telegram.failNext('sendMessage', { type: 'hang-up' });
  telegram.write('Что?', { from: user });
  await telegram.waitForEvent(
    () => said(telegram, user.id).filter((text) => text.startsWith('Не знаю')).length === 2,
  );
  // The first had arrived, the second had not: from here nobody can tell.
  expect(said(telegram, user.id).map((text) => text.split('\n')[0])).toEqual([
    'Ответ на «Кто?» [1].',
    expect.stringContaining('Не знаю'),
    expect.stringContaining('Не знаю'),
  ]);
  expect(errorsIn(bot.log)).toEqual([]);
});

test('an asker is told that an arrival is unknown also when that is lost on its way', async () => {
  await using telegram = await startTelegram();
  await using bot = await startTestBot({ telegram, ask: atOnce });
  const user = telegram.createUser({ language_code: 'ru' });
  for (let times = 0; times < 3; times += 1) telegram.failNext('sendMessage', { type: 'hang-up' });
  telegram.write('Кто?', { from: user });
  await textSaid(telegram, 'Не знаю, дошёл ли ответ');
  expect(said(telegram, user.id)).toHaveLength(1);
  expect(errorsIn(bot.log)).toEqual([]);
});

test('updates that Telegram gives twice are dealt with once', async () => {
  await using telegram = await startTelegram();
  await using bot = await startTestBot({ telegram, ask: atOnce, botOptions: { retryMs: 10 } });
  const user = telegram.createUser({ language_code: 'ru' });
  // The answer to the poll is lost, so the same updates come with the next.
  telegram.failNext('getUpdates', { type: 'lost-answer' });
  telegram.write('Кто?', { from: user });
  await textSaid(telegram, 'Ответ на «Кто?»');
  telegram.write('Что?', { from: user });
  await textSaid(telegram, 'Ответ на «Что?»');
  expect(said(telegram, user.id)).toHaveLength(2);
  expect(errorsIn(bot.log)).toEqual([]);
});

test('what is no update, or none that is known, holds nothing up', async () => {
  await using telegram = await startTelegram();
  await using bot = await startTestBot({ telegram, ask: atOnce });
  const user = telegram.createUser({ language_code: 'ru' });
  telegram.deliver({ telepathy: { from: user, thought: 'кто?' } });
  telegram.deliver({ message: { message_id: 'seven' } } as never);
  telegram.deliver({ callback_query: null } as never);
  telegram.deliver({ edited_message: [] } as never);
  telegram.write('Кто?', { from: user });
  await textSaid(telegram, 'Ответ на «Кто?»');
  expect(said(telegram, user.id)).toHaveLength(1);
  expect(bot.log.join('')).not.toContain('unhandled');
});
