import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { createBot } from '../../bot/create-bot.ts';
import { createLogger } from '../../bot/logger.ts';
import { runBot, TelegramError } from '../../bot/run-bot.ts';
import type { RunningBot } from '../../bot/run-bot.ts';
import { createConversations } from '../../bot/state/conversations.ts';
import type { Conversations } from '../../bot/state/conversations.ts';
import { openDatabase } from '../../bot/state/database.ts';
import type { OpenedDatabase } from '../../bot/state/database.ts';
import type { Ask } from '../../generation/answer/answer-event.ts';
import { answerReport, penicillinReport } from '../support/answer-report.ts';
import { scriptedAsk } from '../support/scripted-ask.ts';
import type { Script } from '../support/scripted-ask.ts';
import { startTelegramServer } from '../support/telegram-server.ts';
import type { TelegramServer } from '../support/telegram-server.ts';

const FAILED = 'Не получилось ответить: что-то сломалось у меня. Попробуйте ещё раз чуть позже.';
const answered: Script = [{ type: 'answered', report: penicillinReport() }];

let folder: string;
let opened: OpenedDatabase;
let conversations: Conversations;
let telegram: TelegramServer;
let log: string[];
let running: RunningBot | null;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'istok-bot-'));
  opened = openDatabase({ folder });
  conversations = createConversations(opened.database);
  telegram = await startTelegramServer();
  log = [];
  running = null;
});
afterEach(async () => {
  await running?.stop();
  await telegram.close();
  opened.database.close();
  rmSync(folder, { recursive: true, force: true });
  if (log.join('').includes(telegram.token)) throw new Error('The log holds the token.');
});

async function start(ask: Ask, { answerTimeoutMs = 10_000, token = telegram.token } = {}) {
  const destination = { write: (line: string) => log.push(line) };
  const logger = createLogger({ level: 'debug', secrets: [token], destination });
  const stopping = new AbortController();
  const bot = createBot({
    token,
    apiRoot: telegram.url,
    ask,
    conversations,
    logger,
    stopping: stopping.signal,
    answerTimeoutMs,
  });
  running = await runBot(bot, { logger, stopping, graceMs: 50, retryMs: 5 });
  return running;
}

function sentTexts(): unknown[] {
  return telegram
    .callsOf('sendMessage')
    .filter((call) => call.ok)
    .map((call) => call.payload['text']);
}

describe('a question in a private chat', () => {
  test('is shown as being worked on and answered with links, no preview and a button', async () => {
    const { ask, requests } = scriptedAsk(async function* answerOnceTyping() {
      await telegram.waitFor('sendChatAction');
      yield { type: 'answered', report: penicillinReport() };
    });
    await start(ask);
    telegram.write('Кто открыл пенициллин?');
    const [sent] = await telegram.waitFor('sendMessage');
    expect(requests).toEqual([{ question: 'Кто открыл пенициллин?', length: 'short' }]);
    expect(sent?.ok).toBe(true);
    expect(sent?.payload).toMatchObject({
      chat_id: 77,
      text: 'Пенициллин открыл Александр Флеминг [1].\n\nИсточники\n1. Пенициллин — Энциклопедия, 9 мая 2024 г.',
      link_preview_options: { is_disabled: true },
      reply_markup: { inline_keyboard: [[{ text: 'Подробнее', callback_data: 'more:1' }]] },
    });
    expect(sent?.payload).not.toHaveProperty('parse_mode');
    expect(telegram.callsOf('sendChatAction')[0]?.payload).toEqual({
      chat_id: 77,
      action: 'typing',
    });
  });

  test('is kept with its answer and the message that holds it', async () => {
    await start(scriptedAsk(answered).ask);
    telegram.write('Кто открыл пенициллин?');
    await telegram.waitFor('sendMessage');
    await running?.stop();
    expect(conversations.recent(77, 5)).toMatchObject([
      { id: 1, question: 'Кто открыл пенициллин?', length: 'short', messageId: 2 },
    ]);
  });

  test('gets one sentence when it is declined, in the language it was asked in', async () => {
    const report = answerReport({ language: 'en' });
    const { ask } = scriptedAsk([{ type: 'declined', reason: 'nothing-found', report }]);
    await start(ask);
    telegram.write('What is qwzx?');
    await telegram.waitFor('sendMessage');
    await running?.stop();
    expect(sentTexts()).toEqual(['I found nothing on this question. Try asking it another way.']);
    expect(telegram.callsOf('sendMessage')[0]?.payload).not.toHaveProperty('reply_markup');
    expect(conversations.recent(77, 5)).toEqual([]);
  });

  test('gets the words of its reader when its own language is not known', async () => {
    const report = answerReport({ language: 'other', question: '😀' });
    const { ask } = scriptedAsk([{ type: 'declined', reason: 'empty-question', report }]);
    await start(ask);
    telegram.write('😀', { languageCode: 'en' });
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
    await start(scriptedAsk(script, answered).ask);
    telegram.write('раз');
    telegram.write('два');
    await telegram.waitFor('sendMessage', 2);
    await running?.stop();
    expect(sentTexts()[0]).toBe(FAILED);
    expect(sentTexts()).toHaveLength(2);
    expect(sentTexts()[1]).toContain('Флеминг');
  });

  test('leaves the detail of a failure to the log', async () => {
    await start(scriptedAsk(failed).ask);
    telegram.write('раз');
    await telegram.waitFor('sendMessage');
    expect(log.join('')).toContain('the disk is on fire');
    expect(JSON.stringify(sentTexts())).not.toContain('fire');
  });

  test('gets a sentence when it takes too long, even from an ask that ignores its signal', async () => {
    await start(scriptedAsk(neverEnding).ask, { answerTimeoutMs: 30 });
    telegram.write('раз');
    await telegram.waitFor('sendMessage');
    expect(sentTexts()).toEqual([
      'Не успел ответить вовремя. Попробуйте ещё раз или спросите короче.',
    ]);
  });

  test('gets a sentence when the bot is stopped before the answer comes', async () => {
    const asked = Promise.withResolvers<void>();
    const { ask } = scriptedAsk(() => {
      asked.resolve();
      return neverEnding();
    });
    await start(ask);
    telegram.write('раз');
    await asked.promise;
    await running?.stop();
    expect(sentTexts()).toEqual(['Меня перезапускают. Спросите ещё раз через минуту, пожалуйста.']);
  });

  test('holds up its own chat alone, and answers there in order', async () => {
    const slow = Promise.withResolvers<void>();
    await start(async function* ask({ question, length }) {
      if (question === 'медленный') await slow.promise;
      yield {
        type: 'answered',
        report: penicillinReport({ answer: `${question} ${length}`, sources: [] }),
      };
    });
    telegram.write('медленный', { chatId: 1 });
    telegram.write('быстрый', { chatId: 1 });
    telegram.write('другой', { chatId: 2 });
    await telegram.waitFor('sendMessage');
    expect(sentTexts()).toEqual(['другой short']);
    slow.resolve();
    await telegram.waitFor('sendMessage', 3);
    expect(sentTexts()).toEqual(['другой short', 'медленный short', 'быстрый short']);
  });

  test('gets a long answer in several messages, each within the limits, one button at the end', async () => {
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
  test('answers the same question at length, once, and goes away', async () => {
    const long = penicillinReport({ answer: 'Длинный ответ [1].' });
    const { ask, requests } = scriptedAsk(answered, [{ type: 'answered', report: long }]);
    await start(ask);
    telegram.write('Кто открыл пенициллин?');
    await telegram.waitFor('sendMessage');
    telegram.press('more:1', { messageId: 2 });
    telegram.press('more:1', { messageId: 2 });
    const [acknowledged, refused] = await telegram.waitFor('answerCallbackQuery', 2);
    await running?.stop();
    expect(requests[1]).toEqual({ question: 'Кто открыл пенициллин?', length: 'long' });
    expect(requests).toHaveLength(2);
    expect(telegram.callsOf('sendMessage')[1]?.payload['text']).toContain('Длинный ответ [1].');
    expect(telegram.callsOf('sendMessage')[1]?.payload).not.toHaveProperty('reply_markup');
    expect(telegram.callsOf('editMessageReplyMarkup').map((call) => call.payload)).toEqual([
      { chat_id: 77, message_id: 2 },
    ]);
    expect(acknowledged?.payload).not.toHaveProperty('text');
    expect(refused?.payload['text']).toBe('Подробный ответ уже есть ниже.');
  });

  test('may be pressed again after a failure', async () => {
    const failed: Script = [{ type: 'failed', error: new Error('x'), report: answerReport() }];
    const { ask, requests } = scriptedAsk(answered, failed, answered);
    await start(ask);
    telegram.write('Кто открыл пенициллин?');
    await telegram.waitFor('sendMessage');
    telegram.press('more:1');
    await telegram.waitFor('sendMessage', 2);
    telegram.press('more:1');
    await telegram.waitFor('sendMessage', 3);
    expect(requests.map((request) => request.length)).toEqual(['short', 'long', 'long']);
    expect(sentTexts()[1]).toBe(FAILED);
  });

  test('opens nothing of another chat', async () => {
    const { ask, requests } = scriptedAsk(answered);
    await start(ask);
    telegram.write('Кто открыл пенициллин?', { chatId: 77 });
    await telegram.waitFor('sendMessage');
    telegram.press('more:1', { chatId: 78 });
    const [refused] = await telegram.waitFor('answerCallbackQuery');
    expect(refused?.payload['text']).toBe('Этот ответ слишком старый: задайте вопрос ещё раз.');
    expect(requests).toHaveLength(1);
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
    telegram.press('more:1');
    await telegram.waitFor('sendMessage', 2);
    expect(sentTexts()).toHaveLength(2);
  });
});

describe('other messages', () => {
  test('/start and /help say what the bot can do, in the language of the reader', async () => {
    const { ask, requests } = scriptedAsk(answered);
    await start(ask);
    telegram.write('/start');
    telegram.write('/help', { chatId: 78, languageCode: 'en' });
    await telegram.waitFor('sendMessage', 2);
    const texts = sentTexts().map(String).toSorted();
    expect(texts[0]).toMatch(/^I am Istok:[^]*Why is the sky blue\?[^]*Кто открыл пенициллин\?/u);
    expect(texts[1]).toMatch(/^Здравствуйте! Я Исток:[^]*Почему небо голубое\?/u);
    expect(texts.map((text) => text.split('\n').length)).toEqual([6, 6]);
    expect(requests).toEqual([]);
  });

  test.each([
    ['sticker', { sticker: { file_id: 's', file_unique_id: 's', type: 'regular' } }],
    ['photo', { photo: [], caption: 'что это?' }],
    ['voice', { voice: { file_id: 'v', file_unique_id: 'v', duration: 3 } }],
    ['location', { location: { latitude: 1, longitude: 1 } }],
    ['poll', { poll: { id: 'p', question: 'да?', options: [] } }],
  ])('a %s gets a sentence', async (_, message) => {
    const { ask, requests } = scriptedAsk(answered);
    await start(ask);
    telegram.write('', { message: message as never });
    await telegram.waitFor('sendMessage');
    expect(sentTexts()).toEqual([
      'Пока я читаю только текст. Напишите вопрос словами, пожалуйста.',
    ]);
    expect(requests).toEqual([]);
  });

  test('an album gets one sentence, a service message none', async () => {
    await start(scriptedAsk(answered).ask);
    telegram.write('', { message: { photo: [], media_group_id: 'a' } });
    telegram.write('', { message: { photo: [], media_group_id: 'a' } });
    telegram.write('', { message: { group_chat_created: true } });
    telegram.write('вопрос');
    await telegram.waitFor('sendMessage', 2);
    expect(sentTexts()[0]).toContain('только текст');
    expect(sentTexts()[1]).toContain('Флеминг');
  });

  test('in a group, only a command is answered, with where to ask', async () => {
    const { ask, requests } = scriptedAsk(answered);
    await start(ask);
    const chat = { id: -100_5, type: 'supergroup' as const, title: 'Клуб' };
    telegram.write('болтовня', { message: { text: 'болтовня', chat } });
    telegram.write('/help', { message: { text: '/help', chat } });
    const [sent] = await telegram.waitFor('sendMessage');
    expect(sent?.payload).toMatchObject({
      chat_id: -100_5,
      text: 'Пока я отвечаю только в личных сообщениях: напишите мне туда.',
    });
    expect(requests).toEqual([]);
  });
});

describe('when Telegram fails', () => {
  test('a message that was refused for its rate is sent again, and arrives once', async () => {
    telegram.failNext('sendMessage', {
      type: 'refusal',
      code: 429,
      description: 'Too Many Requests: retry after 1',
      retryAfter: 1,
    });
    await start(scriptedAsk(answered).ask);
    telegram.write('раз');
    await telegram.waitFor('sendMessage', 2);
    await running?.stop();
    expect(telegram.callsOf('sendMessage').map((call) => call.ok)).toEqual([false, true]);
  });

  test('a message whose fate is unknown is not sent twice, and the next one arrives', async () => {
    telegram.failNext('sendMessage', { type: 'hang-up' });
    telegram.failNext('sendMessage', { type: 'malformed' });
    await start(scriptedAsk(answered).ask);
    telegram.write('раз');
    telegram.write('два');
    telegram.write('три');
    await telegram.waitFor('sendMessage', 3);
    await running?.stop();
    expect(telegram.callsOf('sendMessage').map((call) => call.ok)).toEqual([false, false, true]);
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
    expect(second?.payload).not.toHaveProperty('entities');
    expect(second?.payload['text']).toContain('Флеминг [1]');
  });

  test('a reader who blocked the bot is only noted', async () => {
    telegram.failNext('sendMessage', {
      type: 'refusal',
      code: 403,
      description: 'Forbidden: bot was blocked by the user',
    });
    await start(scriptedAsk(answered).ask);
    telegram.write('раз', { chatId: 1 });
    await telegram.waitFor('sendMessage');
    telegram.write('два', { chatId: 2 });
    await telegram.waitFor('sendMessage', 2);
    await running?.stop();
    expect(telegram.callsOf('sendMessage').map((call) => call.ok)).toEqual([false, true]);
    expect(log.filter((line) => line.includes('"level":50'))).toEqual([]);
    expect(log.join('')).not.toContain('Флеминг');
  });

  test('updates are asked for again until they come', async () => {
    for (const fault of [{ type: 'hang-up' }, { type: 'malformed' }] as const) {
      telegram.failNext('getUpdates', fault);
    }
    await start(scriptedAsk(answered).ask);
    telegram.write('раз');
    await telegram.waitFor('sendMessage');
    expect(sentTexts()).toHaveLength(1);
  });

  test('a wrong token stops the start with a sentence', async () => {
    await expect(start(scriptedAsk(answered).ask, { token: '1:wrong' })).rejects.toThrow(
      new TelegramError('Telegram does not know this BOT_TOKEN: copy it again from @BotFather.'),
    );
  });

  test('a second program with the same token ends this one with a sentence', async () => {
    telegram.failNext('getUpdates', {
      type: 'refusal',
      code: 409,
      description:
        'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    });
    const { finished } = await start(scriptedAsk(answered).ask);
    await expect(finished).rejects.toThrow(
      'Another program is running with this BOT_TOKEN: stop it, or use another token here.',
    );
  });

  test('a conversation that cannot be kept does not cost the answer', async () => {
    opened.database.exec('DROP TABLE turns');
    await start(scriptedAsk(answered).ask);
    telegram.write('раз');
    const [sent] = await telegram.waitFor('sendMessage');
    expect(sent?.payload['text']).toContain('Флеминг');
    expect(sent?.payload).not.toHaveProperty('reply_markup');
  });
});

test('the bot takes over from a webhook and tells its commands', async () => {
  const { username } = await start(scriptedAsk(answered).ask);
  expect(username).toBe('istok_test_bot');
  expect(telegram.callsOf('deleteWebhook')).toHaveLength(1);
  expect(telegram.callsOf('setMyCommands').map((call) => call.payload)).toEqual([
    { commands: [{ command: 'help', description: 'what I can do' }] },
    { commands: [{ command: 'help', description: 'что я умею' }], language_code: 'ru' },
  ]);
});

// oxlint-disable-next-line require-yield -- it breaks before its first event
async function* brokenAnswer(): AsyncGenerator<never> {
  throw new Error('a mistake in the program');
}

// oxlint-disable-next-line require-yield -- it has nothing to tell
async function* neverEnding(): AsyncGenerator<never> {
  await new Promise(() => {});
}
