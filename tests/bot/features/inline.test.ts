import type { Message } from 'grammy/types';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { FakeTelegram } from '../../../bot/demo/fake-telegram/fake-telegram.ts';
import { inlineFeature } from '../../../bot/features/inline.ts';
import type { InlineOptions } from '../../../bot/features/inline.ts';
import { createInlineQuestions } from '../../../bot/inline/inline-questions.ts';
import { createLocales } from '../../../bot/locales/locale.ts';
import { createLogger } from '../../../bot/logger.ts';
import type { ChatSettings } from '../../../bot/state/chat-settings.ts';
import { DEFAULT_SETTINGS } from '../../../bot/state/chat-settings.ts';
import type { AnswerEvent, DeclineReason } from '../../../generation/answer/answer-event.ts';
import { answerReport, penicillinReport } from '../../support/answer-report.ts';
import { startFeatureBot } from '../../support/feature-bot.ts';
import type { FeatureBot } from '../../support/feature-bot.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { scriptedAsk } from '../../support/scripted-ask.ts';
import type { Script, ScriptedAsk } from '../../support/scripted-ask.ts';
import { startTelegram } from '../../support/telegram.ts';

const QUESTION = 'Кто открыл пенициллин?';
const ANSWERED: AnswerEvent = { type: 'answered', report: penicillinReport() };
const english = { first_name: 'Ann', language_code: 'en' };

let telegram: FakeTelegram;
let running: FeatureBot[];
let log: string[];
let asked: ScriptedAsk;
const questions = createInlineQuestions();

beforeEach(async () => {
  telegram = await startTelegram();
  running = [];
  log = [];
});
afterEach(async () => {
  for (const bot of running) await bot[Symbol.asyncDispose]();
  await telegram[Symbol.asyncDispose]();
});

async function start(
  script: Script,
  {
    settings = DEFAULT_SETTINGS,
    ...over
  }: Partial<InlineOptions & { settings: ChatSettings }> = {},
): Promise<FeatureBot> {
  asked = scriptedAsk(script);
  const feature = inlineFeature({
    ask: asked.ask,
    locales: createLocales(),
    logger: createLogger({
      level: 'info',
      secrets: [],
      destination: { write: (line) => void log.push(line) },
    }),
    questions,
    quietMs: 0,
    ...over,
  });
  const bot = await startFeatureBot({ telegram, features: [feature], settings });
  running.push(bot);
  return bot;
}

const declined = (reason: DeclineReason): AnswerEvent[] => [
  { type: 'declined', reason, report: answerReport() },
];

test('the answer goes into any chat with its sources, in the name of the one who asked', async () => {
  await start([ANSWERED]);
  const anna = telegram.createUser();
  const group = telegram.createGroup({ members: [anna] });
  const list = await telegram.inlineQuery(QUESTION, { from: anna });
  expect(list).toMatchObject({ cacheTimeSeconds: 300, isPersonal: false, button: null });
  const [answer, quote] = list?.results ?? [];
  if (answer === undefined || quote === undefined) throw new Error('two results are missing');
  const sent: Message = telegram.chooseInline(answer, { from: anna, chatId: group.id });
  expect(sent.text).toMatch(/^Пенициллин открыл Александр Флеминг \[1\]\.\n\nИсточники\n1\. /u);
  expect(telegram.chooseInline(quote, { from: anna, chatId: group.id }).text).toBe(
    'Пенициллин открыл Александр Флеминг\nПенициллин — Энциклопедия, 9 мая 2024 г.',
  );
  expect(asked.requests).toEqual([{ question: QUESTION, length: 'short' }]);
});

test('words around an answer are in its own language, whatever that of the app is', async () => {
  await start([ANSWERED]);
  const ann = telegram.createUser(english);
  const list = await telegram.inlineQuery(QUESTION, { from: ann });
  expect(list?.results[1]).toMatchObject({ title: 'Цитата: Пенициллин' });
});

test('who wants quotes alone gets them, and nobody else gets these', async () => {
  await start([ANSWERED], { settings: { ...DEFAULT_SETTINGS, writer: 'quotes' } });
  const list = await telegram.inlineQuery(QUESTION);
  expect(list).toMatchObject({ cacheTimeSeconds: 300, isPersonal: true });
  expect(asked.requests).toEqual([{ question: QUESTION, length: 'short', quotesOnly: true }]);
});

test('Telegram keeps answers to itself where not everybody may ask', async () => {
  await start([ANSWERED], { isPublic: false });
  expect(await telegram.inlineQuery(QUESTION)).toMatchObject({ isPersonal: true });
});

test('an answer that its model could not write is not kept for long', async () => {
  await start([{ type: 'answered', report: penicillinReport({ modelFailed: true }) }]);
  const list = await telegram.inlineQuery(QUESTION);
  expect(list?.results).toHaveLength(2);
  expect(list?.cacheTimeSeconds).toBe(5);
});

test.each(['', '  ', 'кт', '??? !', 'a b'])('«%s» is no question yet', async (query) => {
  await start([ANSWERED]);
  expect(await telegram.inlineQuery(query)).toEqual({
    results: [],
    cacheTimeSeconds: 30,
    isPersonal: true,
    nextOffset: '',
    button: { text: 'Напишите вопрос целиком', startParameter: 'inline' },
  });
  expect(asked.requests).toEqual([]);
});

test('there is no second page', async () => {
  await start([ANSWERED]);
  const list = await telegram.inlineQuery(QUESTION, { offset: '10' });
  expect(list).toMatchObject({ results: [], button: null });
  expect(asked.requests).toEqual([]);
});

describe('where there is no answer, a button says why', () => {
  test.each<[DeclineReason, string, string]>([
    ['nothing-found', 'Ответа не нашлось', 'I found no answer'],
    ['not-answered', 'Ответа не нашлось', 'I found no answer'],
    ['nothing-read', 'Страницы не открылись, спросите позже', 'The pages did not open, try later'],
    ['search-failed', 'Поиск временно недоступен', 'The search is down for now'],
    ['question-too-long', 'Вопрос слишком длинный', 'The question is too long'],
    ['unsupported-language', 'Спросите по-русски или по-английски', 'Ask in Russian or English'],
    ['empty-question', 'Напишите вопрос целиком', 'Type the whole question'],
  ])('%s', async (reason, inRussian, inEnglish) => {
    await start(declined(reason));
    const list = await telegram.inlineQuery(QUESTION);
    expect(list).toMatchObject({
      results: [],
      cacheTimeSeconds: 10,
      isPersonal: true,
      button: { text: inRussian, startParameter: 'inline' },
    });
    const ann = telegram.createUser(english);
    expect((await telegram.inlineQuery(QUESTION, { from: ann }))?.button?.text).toBe(inEnglish);
  });

  test('a failure', async () => {
    await start([{ type: 'failed', error: new Error('HTTP 500'), report: answerReport() }]);
    expect(await telegram.inlineQuery(QUESTION)).toMatchObject({
      results: [],
      cacheTimeSeconds: 5,
      button: { text: 'Не получилось, попробуйте ещё раз' },
    });
  });

  test('too many questions', async () => {
    const counted: number[][] = [];
    const allow = (...ids: number[]): boolean => {
      counted.push(ids);
      return false;
    };
    await start([ANSWERED], { allow });
    const anna = telegram.createUser();
    expect(await telegram.inlineQuery(QUESTION, { from: anna })).toMatchObject({
      results: [],
      button: { text: 'Лимит вопросов пока исчерпан' },
    });
    expect(counted).toEqual([[anna.id, expect.any(Number)]]);
    expect(asked.requests).toEqual([]);
  });

  test('an answer that is late, whose question waits in the chat', async () => {
    const clock = manualClock();
    const begun = Promise.withResolvers<void>();
    await start(
      // oxlint-disable-next-line require-yield
      async function* (_request, signal) {
        begun.resolve();
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      },
      { clock, quietMs: 600 },
    );
    const anna = telegram.createUser();
    const list = telegram.inlineQuery(QUESTION, { from: anna });
    while (clock.waiting < 2) await clock.advance(0);
    await clock.advance(600);
    await begun.promise;
    await clock.advance(8_400);
    const { button, cacheTimeSeconds } = (await list) ?? {};
    expect(cacheTimeSeconds).toBe(0);
    expect(button?.text).toBe('Ответ ещё готовится: спросите в чате');
    expect(questions.recall(anna.id, button?.startParameter ?? '')).toBe(QUESTION);
  });
});

test('a query that Telegram has forgotten is no fault', async () => {
  const bot = await start([ANSWERED]);
  telegram.failNext('answerInlineQuery', {
    type: 'refusal',
    code: 400,
    description:
      'Bad Request: query is too old and response timeout expired or query ID is invalid',
  });
  void telegram.inlineQuery(QUESTION);
  await bot.handled(1);
  expect(bot.takeErrors()).toEqual([]);
  expect(log.map((line) => [JSON.parse(line).level, JSON.parse(line).msg])).toEqual([
    [30, 'an inline query was answered too late'],
  ]);
});

test('any other refusal is', async () => {
  const bot = await start([ANSWERED]);
  const description = 'Bad Request: RESULT_ID_INVALID';
  telegram.failNext('answerInlineQuery', { type: 'refusal', code: 400, description });
  void telegram.inlineQuery(QUESTION);
  await bot.handled(1);
  expect(bot.takeErrors()).toMatchObject([{ description }]);
});
