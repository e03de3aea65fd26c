import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { Message } from 'grammy/types';

import { createConversations } from '../../bot/state/conversations.ts';
import { openDatabase } from '../../bot/state/database.ts';
import { createDeliveries } from '../../bot/state/deliveries.ts';
import type { Ask } from '../../generation/answer/answer-event.ts';
import { answerReport, penicillinReport } from '../support/answer-report.ts';
import { startTestBot } from '../support/running-bot.ts';
import type { RunningTestBot, RunningTestBotOptions } from '../support/running-bot.ts';
import { scriptedAsk } from '../support/scripted-ask.ts';
import type { Script } from '../support/scripted-ask.ts';
import { startTelegram } from '../support/telegram.ts';
import type { TestTelegram } from '../support/telegram.ts';

const FAILED = 'Не получилось ответить: у меня что-то сломалось. Попробуйте ещё раз чуть позже.';
const answered: Script = [{ type: 'answered', report: penicillinReport() }];

let telegram: TestTelegram;
let bots: AsyncDisposableStack;
beforeEach(async () => {
  telegram = await startTelegram();
  bots = new AsyncDisposableStack();
});
afterEach(async () => {
  await bots.disposeAsync();
  await telegram.close();
});

async function start(
  ask: Ask,
  options: Omit<RunningTestBotOptions, 'telegram' | 'ask'> = {},
): Promise<RunningTestBot> {
  return bots.use(await startTestBot({ telegram, ask, ...options }));
}

function sentTexts(): unknown[] {
  return telegram
    .callsOf('sendMessage')
    .filter((call) => call.ok)
    .map((call) => call.payload['text']);
}

function buttonsOf(message: Message | null): string[] {
  return (message?.reply_markup?.inline_keyboard ?? []).flat().map((button) => button.text);
}

describe('a question in a private chat', () => {
  test('is shown as being worked on and answered with links, with no preview', async () => {
    const { ask, requests } = scriptedAsk(async function* answerOnceTyping() {
      await telegram.waitFor('sendChatAction');
      yield { type: 'answered', report: penicillinReport() };
    });
    await start(ask);
    telegram.write('Кто открыл пенициллин?');
    const [sent] = await telegram.waitFor('sendMessage');
    expect(requests).toMatchObject([{ question: 'Кто открыл пенициллин?', length: 'short' }]);
    expect(sent).toMatchObject({
      ok: true,
      payload: {
        chat_id: 77,
        text: 'Пенициллин открыл Александр Флеминг [1].\n\nИсточники\n1. Пенициллин — Энциклопедия, 9 мая 2024 г.',
        link_preview_options: { is_disabled: true },
      },
    });
    expect(sent?.payload).not.toHaveProperty('parse_mode');
    expect(buttonsOf(telegram.message(77, 2))).toContain('Шире');
    expect(telegram.callsOf('sendChatAction')[0]?.payload).toEqual({
      chat_id: 77,
      action: 'typing',
    });
  });

  test('is kept with its answer and the message that holds it', async () => {
    const bot = await start(scriptedAsk(answered).ask);
    telegram.write('Кто открыл пенициллин?');
    await telegram.waitFor('sendMessage');
    await bot.stop();
    const { database } = openDatabase({ folder: bot.folder });
    const turnId = createDeliveries(database).findByMessage(77, 2)?.turnId ?? 0;
    expect(createConversations(database).find(turnId)).toMatchObject({
      question: 'Кто открыл пенициллин?',
      length: 'short',
      status: 'answered',
      messageId: 2,
    });
    database.close();
  });

  test('gets one sentence when it is declined, in the language it was asked in', async () => {
    const report = answerReport({ language: 'en' });
    const { ask } = scriptedAsk([{ type: 'declined', reason: 'nothing-found', report }]);
    await start(ask);
    telegram.write('What is qwzx?');
    await telegram.waitFor('sendMessage');
    expect(sentTexts()).toEqual(['I found nothing on this question. Try asking it another way.']);
    expect(buttonsOf(telegram.message(77, 2))).toEqual(['Once more']);
  });

  test('gets the words of its reader when its own language is not known', async () => {
    const report = answerReport({ language: 'other', question: '😀' });
    const { ask } = scriptedAsk([{ type: 'declined', reason: 'empty-question', report }]);
    await start(ask);
    telegram.write('😀', { from: telegram.createUser({ language_code: 'en' }) });
    await telegram.waitFor('sendMessage');
    expect(sentTexts()).toEqual(['I see no question here. Please put it into words.']);
  });

  const failed: Script = [
    { type: 'searching', question: 'x', language: 'ru' },
    { type: 'failed', error: new Error('the disk is on fire'), report: answerReport() },
  ];
  test.each<[string, Script]>([
    ['fails', failed],
    ['breaks the answerer', brokenAnswer],
    ['ends without a result', []],
    ['is answered with nothing', [{ type: 'answered', report: answerReport() }]],
  ])('gets one honest sentence when it %s', async (_, script) => {
    const bot = await start(scriptedAsk(script, answered).ask);
    telegram.write('раз');
    await telegram.waitFor('sendMessage');
    expect(sentTexts()).toEqual([FAILED]);
    telegram.write('два');
    await telegram.waitFor('sendMessage', 2);
    await bot.stop();
    expect(sentTexts()).toHaveLength(2);
    expect(sentTexts()[1]).toContain('Флеминг');
  });

  test('leaves the detail of a failure to the log', async () => {
    const { log } = await start(scriptedAsk(failed).ask);
    telegram.write('раз');
    await telegram.waitFor('sendMessage');
    expect(log.join('')).toContain('the disk is on fire');
    expect(JSON.stringify(sentTexts())).not.toContain('fire');
  });

  test('gets a sentence when it takes too long, even from an ask that ignores its signal', async () => {
    await start(scriptedAsk(neverEnding).ask, { botOptions: { answerTimeoutMs: 30 } });
    telegram.write('раз');
    await telegram.waitFor('sendMessage');
    expect(sentTexts()).toEqual([
      'Не успел ответить вовремя. Попробуйте ещё раз или спросите короче.',
    ]);
  });

  test('holds up its own chat alone', async () => {
    const slow = Promise.withResolvers<void>();
    await start(async function* ask({ question, length }) {
      if (question === 'медленный') await slow.promise;
      yield {
        type: 'answered',
        report: penicillinReport({ answer: `${question} ${length}`, sources: [] }),
      };
    });
    telegram.write('медленный', { chatId: 1 });
    telegram.write('другой', { chatId: 2 });
    await telegram.waitFor('sendMessage');
    expect(sentTexts()).toEqual(['другой short']);
    slow.resolve();
    await telegram.waitFor('sendMessage', 2);
    expect(sentTexts()).toEqual(['другой short', 'медленный short']);
  });

  test('gets a long answer in several messages, each within the limits, buttons at the end', async () => {
    const paragraph = `${'Слово '.repeat(100)}[1].`;
    const report = penicillinReport({ answer: Array(12).fill(paragraph).join('\n\n') });
    await start(scriptedAsk([{ type: 'answered', report }]).ask);
    telegram.write('Всё о пенициллине');
    const sent = await telegram.waitFor('sendMessage', 2);
    expect(sent.map((call) => call.description)).toEqual([null, null]);
    expect(sent.map((call) => 'reply_markup' in call.payload)).toEqual([false, true]);
  });
});

describe('the button for more', () => {
  test('may be pressed again after a failure', async () => {
    const failed: Script = [{ type: 'failed', error: new Error('x'), report: answerReport() }];
    const { ask, requests } = scriptedAsk(answered, failed, answered);
    await start(ask);
    telegram.write('Кто открыл пенициллин?');
    await telegram.waitFor('sendMessage');
    const press = (): Promise<{ text: string | null }> =>
      telegram.press('more:1', { messageId: 2 });
    expect(await press()).toMatchObject({ text: null });
    await telegram.waitFor('sendMessage', 2);
    await expect.poll(press).toMatchObject({ text: null });
    await telegram.waitFor('sendMessage', 3);
    expect(requests.map((request) => request.length)).toEqual(['short', 'long', 'long']);
    expect(sentTexts()[1]).toBe(FAILED);
  });

  test('answers although the press was acknowledged too late', async () => {
    await start(scriptedAsk(answered).ask);
    telegram.write('Кто открыл пенициллин?');
    await telegram.waitFor('sendMessage');
    telegram.failNext('answerCallbackQuery', {
      type: 'refusal',
      code: 400,
      description:
        'Bad Request: query is too old and response timeout expired or query ID is invalid',
    });
    void telegram.press('more:1');
    await telegram.waitFor('sendMessage', 2);
    expect(sentTexts()).toHaveLength(2);
  });
});

describe('other messages', () => {
  test('/start and /help say what the bot can do, in the language of the reader', async () => {
    const { ask, requests } = scriptedAsk(answered);
    await start(ask);
    telegram.write('/start');
    telegram.write('/help', { from: telegram.createUser({ language_code: 'en' }) });
    await telegram.waitFor('sendMessage', 2);
    const texts = sentTexts().map(String).toSorted();
    expect(texts[0]).toMatch(/^I am Istok:[^]*Why is the sky blue\?[^]*Кто открыл пенициллин\?/u);
    expect(texts[1]).toMatch(/^Здравствуйте! Я Исток\.[^]*Почему небо голубое\?/u);
    expect(requests).toEqual([]);
  });

  test.each<[string, Partial<Message>]>([
    [
      'sticker',
      {
        sticker: {
          file_id: 's',
          file_unique_id: 's',
          type: 'regular',
          width: 512,
          height: 512,
          is_animated: false,
          is_video: false,
        },
      },
    ],
    ['photo', { photo: [] }],
    ['voice', { voice: { file_id: 'v', file_unique_id: 'v', duration: 3 } }],
    ['location', { location: { latitude: 1, longitude: 1 } }],
    ['poll', { poll: { id: 'p', question: 'да?', options: [] } as never }],
  ])('a %s gets a sentence', async (_, content) => {
    const { ask, requests } = scriptedAsk(answered);
    await start(ask);
    telegram.send(content);
    await telegram.waitFor('sendMessage');
    expect(sentTexts()).toEqual([
      'Я читаю текст и файлы с текстом: PDF, TXT, MD, HTML, JSON, таблицы CSV и исходный код. Пришлите такой файл или напишите вопрос словами.',
    ]);
    expect(requests).toEqual([]);
  });

  test('the words under a photo are a question', async () => {
    const { ask, requests } = scriptedAsk(answered);
    await start(ask);
    telegram.send({ photo: [], caption: 'Кто открыл пенициллин?' });
    await telegram.waitFor('sendMessage');
    expect(requests).toMatchObject([{ question: 'Кто открыл пенициллин?' }]);
  });

  test.each([
    ['photo', { photo: [] }, 'Картинку я не смотрел, отвечаю только на подпись.'],
    [
      'video',
      { video: { file_id: 'v', file_unique_id: 'v', width: 1, height: 1, duration: 1 } },
      'Видео я не смотрел, отвечаю только на подпись.',
    ],
    [
      'document',
      { document: { file_id: 'd', file_unique_id: 'd' } },
      'Файл я не открывал, отвечаю только на подпись.',
    ],
  ])('who asks under a %s is told that it was not looked at', async (_kind, content, note) => {
    await start(scriptedAsk(answered).ask);
    telegram.send({ ...content, caption: 'Кто открыл пенициллин?' });
    await telegram.waitFor('sendMessage');
    telegram.write('Кто открыл пенициллин?');
    const sent = await telegram.waitFor('sendMessage', 2);
    const text = String(sent[0]?.payload['text']);
    expect(text.endsWith(`\n\n${note}`)).toBe(true);
    expect(sent[0]?.payload['entities']).toContainEqual({
      type: 'italic',
      offset: text.length - note.length,
      length: note.length,
    });
    expect(sentTexts()[1]).not.toContain('подпись');
  });

  test('the other pictures of an album with a question are part of it', async () => {
    await start(scriptedAsk(answered).ask);
    telegram.send({ photo: [], media_group_id: 'a', caption: 'Кто открыл пенициллин?' });
    telegram.send({ photo: [], media_group_id: 'a' });
    await telegram.waitFor('sendMessage');
    telegram.write('вопрос');
    await telegram.waitFor('sendMessage', 2);
    expect(sentTexts().map((text) => String(text).includes('Флеминг'))).toEqual([true, true]);
  });

  test('an album gets one sentence, a service message none', async () => {
    await start(scriptedAsk(answered).ask);
    telegram.send({ photo: [], media_group_id: 'a' });
    telegram.send({ photo: [], media_group_id: 'a' });
    telegram.send({ group_chat_created: true });
    telegram.write('вопрос');
    await telegram.waitFor('sendMessage', 2);
    expect(sentTexts()[0]).toContain('файлы с текстом');
    expect(sentTexts()[1]).toContain('Флеминг');
  });
});

describe('when Telegram fails', () => {
  test('a message whose fate is unknown is not sent twice, and the next one arrives', async () => {
    telegram.failNext('sendMessage', { type: 'hang-up' });
    telegram.failNext('sendMessage', { type: 'lost-answer' });
    const bot = await start(scriptedAsk(answered).ask);
    for (const chatId of [1, 2, 3]) {
      telegram.write('вопрос', { chatId });
      await telegram.waitFor('sendMessage', chatId);
    }
    await bot.stop();
    const answers = telegram
      .callsOf('sendMessage')
      .filter((call) => String(call.payload['text']).includes('Флеминг'));
    expect(answers.map((call) => call.payload['chat_id'])).toEqual([1, 2, 3]);
    expect(telegram.messages(2).filter(({ text }) => text?.includes('Флеминг'))).toHaveLength(1);
  });

  test('an answer whose entities are refused arrives as plain text', async () => {
    telegram.failNext('sendMessage', {
      type: 'refusal',
      code: 400,
      description: 'Bad Request: ENTITIES_TOO_LONG',
    });
    await start(scriptedAsk(answered).ask);
    telegram.write('раз');
    const [, second] = await telegram.waitFor('sendMessage', 2);
    expect(second?.ok).toBe(true);
    expect(second?.payload['entities'] ?? []).toEqual([]);
    expect(second?.payload['text']).toContain('Флеминг [1]');
  });

  test('a reader who blocked the bot is only noted', async () => {
    const blocker = telegram.createUser();
    const asked = Promise.withResolvers<void>();
    const { ask } = scriptedAsk(async function* answerOnceBlocked() {
      telegram.block(blocker);
      asked.resolve();
      yield { type: 'answered', report: penicillinReport() };
    }, answered);
    const bot = await start(ask);
    telegram.write('раз', { from: blocker });
    await asked.promise;
    telegram.write('два');
    const sent = await telegram.waitFor('sendMessage', 2);
    await bot.stop();
    expect(sent.map((call) => call.description)).toContain(
      'Forbidden: bot was blocked by the user',
    );
    expect(sentTexts()).toHaveLength(1);
    expect(bot.log.filter((line) => line.includes('"level":50'))).toEqual([]);
    expect(bot.log.join('')).not.toContain('Флеминг');
  });

  test('updates are asked for again until they come', async () => {
    telegram.failNext('getUpdates', { type: 'malformed' });
    await start(scriptedAsk(answered).ask, { botOptions: { retryMs: 5 } });
    telegram.write('раз');
    await telegram.waitFor('sendMessage');
    expect(sentTexts()).toHaveLength(1);
  });

  test('a conversation that cannot be kept does not cost the answer', async () => {
    const bot = await start(async function* ask() {
      const { database } = openDatabase({ folder: bot.folder });
      database.exec('DROP TABLE turns');
      database.close();
      yield { type: 'answered', report: penicillinReport() };
    });
    telegram.write('раз');
    const [sent] = await telegram.waitFor('sendMessage');
    expect(sent?.payload['text']).toContain('Флеминг');
    expect(buttonsOf(telegram.message(77, 2))).toEqual([]);
  });
});

test('the bot takes over from a webhook and tells its commands', async () => {
  const set = `${telegram.url}/bot${telegram.token}/setWebhook?url=http://127.0.0.1:1/left-over`;
  expect((await fetch(set)).status).toBe(200);
  await start(scriptedAsk(answered).ask);
  await telegram.waitFor('setMyCommands', 4);
  expect(telegram.callsOf('deleteWebhook')).toHaveLength(1);
  const russian = telegram.createUser({ language_code: 'ru' });
  const english = telegram.createUser({ language_code: 'de' });
  const group = telegram.createGroup({ members: [russian] });
  const names = (user: typeof russian, chatId: number): string[] =>
    telegram.commandsFor(user, chatId).map(({ command }) => command);
  expect(names(russian, russian.id)).toEqual([
    'check',
    'settings',
    'privacy',
    'forget',
    'stop',
    'help',
  ]);
  expect(names(russian, group.id)).toEqual(['ask', 'check', 'stop', 'settings', 'help']);
  expect(telegram.commandsFor(russian, russian.id).at(-1)?.description).toBe('что я умею');
  expect(telegram.commandsFor(english, english.id).at(-1)?.description).toBe('what I can do');
});

// oxlint-disable-next-line require-yield -- it breaks before its first event
async function* brokenAnswer(): AsyncGenerator<never> {
  throw new Error('a mistake in the program');
}

// oxlint-disable-next-line require-yield -- it has nothing to tell
async function* neverEnding(): AsyncGenerator<never> {
  await new Promise(() => {});
}
