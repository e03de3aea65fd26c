import { pino } from 'pino';
import { describe, expect, test } from 'vitest';

import { sourcesFeature } from '../../../bot/features/sources.ts';
import { unknownFeature } from '../../../bot/features/unknown.ts';
import { createReindexMessages } from '../../../bot/sources/reindex-message.ts';
import type { ReindexMessages } from '../../../bot/sources/reindex-message.ts';
import { startFeatureBot } from '../../support/feature-bot.ts';
import type { FeatureBot } from '../../support/feature-bot.ts';
import { articlePage } from '../../support/scripted-web.ts';
import type { ScriptedAnswer } from '../../support/scripted-web.ts';
import { openTestSources } from '../../support/sources-desk.ts';
import type { TestSourcesDesk } from '../../support/sources-desk.ts';
import { startTelegram } from '../../support/telegram.ts';
import type { TestTelegram } from '../../support/telegram.ts';

const ADMIN = 7;
const STRANGER = 8;
const A = 'https://a.example';
const NOON = new Date('2026-11-22T12:00:00.000Z');

describe('/sources', () => {
  test('begins with how to add one', async () => {
    await using stage = await setUp({});
    await stage.say('/sources');
    expect(stage.texts()).toEqual([expect.stringMatching(/^Источников пока нет\./u)]);
  });

  test('adds what an address most likely is and reads it at once', async () => {
    await using stage = await setUp({
      [`${A}/docs/`]: articlePage('Волга', ['/docs/oka']),
      [`${A}/docs/oka`]: articlePage('Ока'),
    });
    await stage.say(`/sources ${A}/docs/`);
    await stage.reindexes.settled();
    expect(stage.texts()).toEqual([
      'Добавил a.example-docs (раздел сайта). Читаю.',
      expect.stringMatching(
        /^✅ a\.example-docs: прочитан\nизменилось 2, без изменений 0, не прочитано 0\nза [\d,]+ с$/u,
      ),
    ]);
    await stage.say('/sources');
    const list = stage.telegram.messages(ADMIN).at(-1);
    expect(list?.text).toMatch(
      /^Источники\n\na\.example-docs · раздел сайта\nhttps:\/\/a\.example\/docs\/\n2 страницы, 2 отрывка, прочитан только что, раз в 24 ч\n\n/u,
    );
    expect(list?.reply_markup?.inline_keyboard.map((row) => row.map(({ text }) => text))).toEqual([
      ['⏸ a.example-docs', '🔄', '🗑'],
    ]);
  });

  test.each([
    ['/sources add просто слова', 'Это не похоже на адрес. Пришлите его целиком, с https://.'],
    ['/sources add', 'Это не похоже на адрес. Пришлите его целиком, с https://.'],
    ['/sources http://127.0.0.1/', 'Этот адрес не из открытого интернета, такие я не читаю.'],
    ['/sources http://[::1]/', 'Этот адрес не из открытого интернета, такие я не читаю.'],
    ['/sources http://localhost/', 'Этот адрес не из открытого интернета, такие я не читаю.'],
    [
      '/sources https://user:secret@a.example/',
      'Это не похоже на адрес. Пришлите его целиком, с https://.',
    ],
    [
      `/sources ${A}/ depth=40`,
      'Так не получится: depth=40. Можно pages=1…5000, depth=0…10, every=1…8760 (часы).',
    ],
    ['/sources set nobody depth=2', 'Такого источника нет. Имена показывает /sources.'],
    ['/sources pause nobody', 'Такого источника нет. Имена показывает /sources.'],
    ['/reindex nobody', 'Такого источника нет. Имена показывает /sources.'],
  ])('refuses «%s»', async (said, answer) => {
    await using stage = await setUp({});
    await stage.say(said);
    expect(stage.texts()).toEqual([answer]);
    expect(stage.desk.desk.store.list()).toEqual([]);
  });

  test('reads as much and as often as it is told', async () => {
    await using stage = await setUp({
      [`${A}/docs/`]: articlePage('Волга', ['/docs/oka', '/docs/don']),
      [`${A}/docs/oka`]: articlePage('Ока'),
      [`${A}/docs/don`]: articlePage('Дон'),
    });
    await stage.say(`/sources ${A}/docs/ pages=2 every=6`);
    await stage.reindexes.settled();
    expect(stage.desk.desk.store.list()).toMatchObject([
      { limits: { pages: 2, depth: 3 }, everyHours: 6 },
    ]);
    expect(stage.texts().at(-1)).toMatch(/изменилось 2,/u);
    await stage.say('/sources set a.example-docs глубина=1 каждые=12ч');
    expect(stage.texts().at(-1)).toBe(
      'a.example-docs: до 2 страниц, ссылок вглубь — 1, раз в 12 ч. Подействует при следующем чтении.',
    );
    await stage.say('/sources set a.example-docs pages=0');
    expect(stage.texts().at(-1)).toMatch(/^Так не получится: pages=0\./u);
    expect(stage.desk.desk.store.list()).toMatchObject([
      { limits: { pages: 2, depth: 1 }, everyHours: 12 },
    ]);
  });

  test('keeps one source of two spellings of an address', async () => {
    await using stage = await setUp({ [`${A}/x`]: articlePage('Волга') });
    await stage.say(`/sources ${A}/x page`);
    await stage.reindexes.settled();
    await stage.say('/sources add HTTPS://A.example/x/?utm_source=chat');
    expect(stage.texts().at(-1)).toBe('Такой источник уже есть.');
  });

  test('pauses, resumes and removes by button and by command', async () => {
    await using stage = await setUp({ [`${A}/x`]: articlePage('Волга') });
    await stage.say(`/sources ${A}/x`);
    await stage.reindexes.settled();
    await stage.say('/sources');
    const id = 'a.example-x';
    const press = async (data: string) => {
      const { handledCount } = stage.bot;
      const shown = await stage.telegram.press(data, { from: stage.admin });
      await stage.bot.handled(handledCount + 1);
      return shown;
    };
    expect((await press(`src:pause:${id}`)).text).toBe(
      `${id}: больше не перечитываю, прочитанное остаётся.`,
    );
    expect(stage.desk.desk.store.find(id)?.paused).toBe(true);
    expect(stage.telegram.messages(ADMIN).at(-1)?.text).toContain('⏸ a.example-x');
    await stage.say(`/sources resume ${id}`);
    expect(stage.desk.desk.store.find(id)?.paused).toBe(false);
    await stage.say(`/sources prefer ${id}`);
    expect(stage.texts().at(-1)).toBe(`${id}: теперь немного выше других.`);
    expect(stage.desk.desk.store.find(id)?.preferred).toBe(true);
    await stage.say(`/sources prefer ${id}`);
    expect(stage.desk.desk.store.find(id)?.preferred).toBe(false);
    await press(`src:remove:${id}`);
    expect(stage.texts().at(-1)).toBe(`Убрать ${id} вместе с прочитанными страницами?`);
    expect(stage.desk.desk.store.list()).toHaveLength(1);
    await press(`src:surely:${id}`);
    expect(stage.texts().at(-1)).toBe(`${id}: убрал вместе с прочитанным.`);
    expect(stage.desk.desk.store.list()).toEqual([]);
    expect(await stage.desk.index.count()).toEqual({ pages: 0, passages: 0 });
    expect(await press(`src:pause:${id}`)).toMatchObject({
      text: 'Такого источника нет. Имена показывает /sources.',
      showAlert: true,
    });
  });

  test('lists more sources than fit one message in several, each with its buttons', async () => {
    await using stage = await setUp({});
    const { store } = stage.desk.desk;
    for (let at = 0; at < 45; at += 1) {
      const address = `https://docs.project-${at}.example.org/documentation/guide/subsection/${at}/`;
      const { id } = store.add({ kind: 'site', address });
      store.beginRun(id, NOON);
      const error = `${address}${'x'.repeat(500)} could not be read: timeout`;
      store.endRun(id, { outcome: 'failed', error, now: NOON });
    }
    const ids = store.list().map(({ id }) => id);
    await stage.say('/sources');
    const messages = stage.telegram.messages(ADMIN).filter(({ from }) => from?.is_bot === true);
    expect(messages.length).toBeGreaterThan(3);
    const pressed = (rows: typeof messages): unknown[] =>
      rows.flatMap(({ reply_markup: markup }) =>
        (markup?.inline_keyboard ?? []).map(([button]) => button?.text),
      );
    expect(pressed(messages)).toEqual(ids.map((id) => `⏸ ${id}`));
    const { handledCount } = stage.bot;
    await stage.telegram.press(`src:pause:${ids[20]}`, { from: stage.admin });
    await stage.bot.handled(handledCount + 1);
    const edits = stage.telegram.callsOf('editMessageText').map(({ payload }) => payload['text']);
    expect(edits).toEqual([expect.stringContaining(`⏸ ${ids[20]} · раздел сайта`)]);
  });

  test('tells strangers and groups nothing', async () => {
    await using stage = await setUp({});
    stage.desk.desk.store.add({ kind: 'page', address: `${A}/secret` });
    const stranger = stage.telegram.createUser({ id: STRANGER, language_code: 'en' });
    await stage.say('/sources', STRANGER);
    await stage.say(`/sources ${A}/y`, STRANGER);
    await stage.say('/reindex', STRANGER);
    expect(stage.texts(STRANGER)).toEqual(
      Array.from({ length: 3 }, () => 'Sources are kept by the bot’s admins.'),
    );
    const forged = await stage.telegram.press('src:surely:a.example-secret', { from: stranger });
    expect(forged.text).not.toContain('a.example-secret');
    expect(stage.desk.desk.store.list()).toHaveLength(1);
  });
});

describe('/reindex', () => {
  test('shows how far it is, and what could not be read', async () => {
    await using stage = await setUp({
      [`${A}/`]: articlePage('Начало', ['/1', '/2', '/3']),
      [`${A}/1`]: articlePage('Волга'),
      [`${A}/2`]: { fault: 'timeout' },
    });
    stage.desk.desk.store.add({ kind: 'site', address: `${A}/` });
    await stage.say('/reindex');
    await stage.reindexes.settled();
    const edits = stage.telegram.callsOf('editMessageText').map(({ payload }) => payload['text']);
    expect(edits.length).toBeGreaterThan(1);
    expect(edits[0]).toMatch(/^Читаю a\.example\n[▓░]{12} \d\/\d\nизменилось \d/u);
    expect(edits.at(-1)).toMatch(
      /^✅ a\.example: прочитан\nизменилось 2, без изменений 0, не прочитано 2\nза [\d,]+ с\n• страница не успела загрузиться: 1\n• страницы больше нет: 1$/u,
    );
  });

  test('can be cancelled, and what was there stays', async () => {
    await using stage = await setUp({ [`${A}/`]: articlePage('Начало', ['/1']) });
    stage.desk.desk.store.add({ kind: 'site', address: `${A}/` });
    const { asked, cancelled } = holdPages(stage);
    await stage.say('/reindex');
    await asked.promise;
    await stage.say('/reindex');
    expect((await stage.telegram.press('reindex:cancel', { from: stage.admin })).text).toBe(
      'Останавливаю, прежнее останется.',
    );
    cancelled.resolve();
    await stage.reindexes.settled();
    expect(stage.texts()).toEqual([
      expect.stringMatching(/^⏹ a\.example: отменён, отвечаю по прочитанному раньше/u),
      'Источники уже перечитываются: дождитесь конца или отмените.',
    ]);
    expect((await stage.telegram.press('reindex:cancel', { from: stage.admin })).text).toBe(
      'Здесь сейчас ничего не читается.',
    );
  });

  test('one that was due can be cancelled too', async () => {
    await using stage = await setUp({ [`${A}/`]: articlePage('Начало', ['/1']) });
    stage.desk.desk.store.add({ kind: 'site', address: `${A}/` });
    const { asked, cancelled } = holdPages(stage);
    const { signal } = new AbortController();
    const due = stage.desk.desk.reindexer.runDue({ signal });
    await asked.promise;
    await stage.say('/reindex');
    await stage.reindexes.settled();
    const refusal = stage.telegram.messages(ADMIN).at(-1);
    expect(refusal?.text).toBe('Источники уже перечитываются: дождитесь конца или отмените.');
    expect(refusal?.reply_markup?.inline_keyboard).toEqual([
      [{ text: 'Отменить', callback_data: 'reindex:cancel' }],
    ]);
    expect((await stage.telegram.press('reindex:cancel', { from: stage.admin })).text).toBe(
      'Останавливаю, прежнее останется.',
    );
    cancelled.resolve();
    expect(await due).toMatchObject([{ outcome: 'cancelled' }]);
  });
});

/** Pages come once `cancelled` is resolved; `asked` resolves with the first request. */
function holdPages({ desk: { web } }: Stage) {
  const asked = Promise.withResolvers<void>();
  const cancelled = Promise.withResolvers<void>();
  const { fetchPage } = web;
  web.fetchPage = async (url, options) => {
    asked.resolve();
    await cancelled.promise;
    return fetchPage(url, options);
  };
  return { asked, cancelled };
}

interface Stage extends AsyncDisposable {
  telegram: TestTelegram;
  bot: FeatureBot;
  desk: TestSourcesDesk;
  reindexes: ReindexMessages;
  admin: ReturnType<TestTelegram['createUser']>;
  /** Says it in private and waits until it was dealt with. */
  say(text: string, userId?: number): Promise<void>;
  /** What the bot's messages in a private chat say now. */
  texts(userId?: number): string[];
}

async function setUp(answers: Record<string, ScriptedAnswer>): Promise<Stage> {
  const telegram = await startTelegram();
  const admin = telegram.createUser({ id: ADMIN, language_code: 'ru' });
  const desk = await openTestSources(answers);
  let reindexes: ReindexMessages | undefined;
  const begun: ReindexMessages = {
    begin: (to) => messages().begin(to),
    cancel: () => messages().cancel(),
    settled: () => messages().settled(),
  };
  const bot = await startFeatureBot({
    telegram,
    features: [
      sourcesFeature({ desk: desk.desk, reindexes: begun, now: () => NOON }),
      unknownFeature(),
    ],
    adminIds: [ADMIN],
  });
  function messages(): ReindexMessages {
    reindexes ??= createReindexMessages({
      api: bot.bot.api,
      reindexer: desk.desk.reindexer,
      logger: pino({ level: 'silent' }),
      everyMs: 0,
    });
    return reindexes;
  }
  return {
    telegram,
    bot,
    desk,
    reindexes: begun,
    admin,
    async say(text, userId = ADMIN) {
      const { handledCount } = bot;
      const from =
        userId === ADMIN ? admin : telegram.createUser({ id: userId, language_code: 'en' });
      telegram.write(text, { from });
      await bot.handled(handledCount + 1);
    },
    texts: (userId = ADMIN) =>
      telegram
        .messages(userId)
        .filter(({ from }) => from?.is_bot === true)
        .map(({ text = '' }) => text),
    async [Symbol.asyncDispose]() {
      await bot.stop();
      await telegram.close();
      await desk[Symbol.asyncDispose]();
    },
  };
}
