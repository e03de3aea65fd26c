import type { Message, User } from 'grammy/types';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { DigestDesk, RoundOutcome } from '../../../bot/digest/digest-desk.ts';
import { digestFeature, noDigestFeature } from '../../../bot/features/digest.ts';
import { createLogger } from '../../../bot/logger.ts';
import { openDatabase } from '../../../bot/state/database.ts';
import { createDigestPosts } from '../../../bot/state/digest-posts.ts';
import type { DigestPosts } from '../../../bot/state/digest-posts.ts';
import { addDraft } from '../../support/digest-queue.ts';
import type { SourceState } from '../../../retrieval/releases/release-store.ts';
import { startFeatureBot } from '../../support/feature-bot.ts';
import type { FeatureBot } from '../../support/feature-bot.ts';
import { startTelegram } from '../../support/telegram.ts';
import type { TestTelegram } from '../../support/telegram.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const NOW = new Date('2026-11-02T12:00:00Z');
const NOTHING: RoundOutcome = {
  posts: [],
  renewed: 0,
  waiting: 0,
  unmatched: [],
  notWritten: [],
  sources: [],
};

let telegram: TestTelegram;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let closeDatabase: () => void;
let posts: DigestPosts;
let bot: FeatureBot;
let anna: User;
let stranger: User;
let isPaused: boolean;
/** What the desk was asked for. */
let asked: string[];
let round: () => Promise<RoundOutcome>;
let sources: SourceState[];
let unmatched: string[];
/** Ids of drafts that were shown, and to whom. */
let shown: [id: number, to: readonly number[] | undefined][];

beforeEach(async () => {
  telegram = await startTelegram({ now: () => NOW.getTime() });
  folder = await temporaryFolder();
  const { database } = openDatabase({ folder: folder.path });
  closeDatabase = () => database.close();
  posts = createDigestPosts(database, { now: () => NOW });
  anna = telegram.createUser({ first_name: 'Анна', language_code: 'ru' });
  stranger = telegram.createUser({ first_name: 'Гость', language_code: 'ru' });
  isPaused = false;
  [asked, shown] = [[], []];
  round = () => Promise.resolve(NOTHING);
  sources = [{ name: 'Hugging Face', succeededAt: NOW, triedAt: NOW, found: 12, failed: null }];
  unmatched = ['квантовая химия'];
  const desk: Omit<DigestDesk, 'begin' | 'close'> = {
    runRound: () => round(),
    isRunning: () => false,
    isPaused: () => isPaused,
    pause: () => void (isPaused = true),
    resume: () => void (isPaused = false),
    nextRoundAt: () => (isPaused ? null : new Date('2026-11-03T06:00:00Z')),
    lastRoundAt: () => new Date('2026-11-02T06:00:00Z'),
    lastOutcome: () => ({ ...NOTHING, unmatched }),
    sources: () => sources,
    makeList(period) {
      asked.push(`list ${period}`);
      return Promise.resolve(null);
    },
  };
  bot = await startFeatureBot({
    telegram,
    features: [
      digestFeature({
        desk: desk as DigestDesk,
        posts,
        draftCards: {
          show(id, { to } = {}) {
            shown.push([id, to]);
            return Promise.resolve(true);
          },
        },
        channel: { known: () => null } as never,
        channelName: '@model_news',
        timeZone: 'Europe/Moscow',
        logger: createLogger({ level: 'silent', secrets: [] }),
        stopping: new AbortController().signal,
        now: () => NOW,
      }),
    ],
    adminIds: [anna.id],
  });
});
afterEach(async () => {
  await bot.stop();
  closeDatabase();
  await folder[Symbol.asyncDispose]();
  await telegram[Symbol.asyncDispose]();
});

const lastTo = (user: User): Message =>
  telegram.messages(user.id).findLast(({ from }) => from?.id === telegram.bot.id) ??
  ({} as Message);

async function write(text: string, from = anna): Promise<string> {
  const { handledCount } = bot;
  telegram.write(text, { from });
  await bot.handled(handledCount + 1);
  return lastTo(from).text ?? '';
}

async function tap(data: string, from = anna): Promise<string | null> {
  const { handledCount } = bot;
  const { text } = await telegram.press(data, {
    from,
    chatId: anna.id,
    messageId: lastTo(anna).message_id,
  });
  await bot.handled(handledCount + 1);
  return text;
}

const feed = (at: number): SourceState => ({
  name: `feed https://example.org/${'section/'.repeat(20)}${at}.xml`,
  succeededAt: NOW,
  triedAt: NOW,
  found: 3,
  failed: null,
});

describe('/digest', () => {
  test('shows the rounds, the queue, what matched nothing, and how each source did', async () => {
    addDraft(posts, 'one');
    const { id, revision } = addDraft(posts, 'two');
    posts.approve(id, { by: anna.id, revision, dueAt: new Date('2026-11-02T17:00:00Z') });
    const text = await write('/digest');
    expect(text).toContain('Дайджест канала @model_news');
    expect(text).toContain('Следующий сбор: завтра в 09:00.');
    expect(text).toContain('Последний сбор: сегодня в 09:00.');
    expect(text).toContain('🐋 two: сегодня в 20:00');
    expect(text).toContain('Под эти темы и слова ничего не подошло: квантовая химия');
    expect(text).toMatch(/Hugging Face.*12/u);
  });

  test('fits into a message however many sources and words there are, faults first', async () => {
    sources = [
      ...Array.from({ length: 60 }, (_, at) => feed(at)),
      { ...feed(60), name: 'github', failed: { reason: 'refused', sentence: '', retryAt: null } },
    ];
    unmatched = Array.from({ length: 200 }, (_, at) => `долгая тема ${at}`);
    const text = await write('/digest');
    expect(text).toContain('долгая тема 0');
    expect(text).toContain('⚠️ github: отказывает');
    expect(text).toMatch(/И ещё \d+\.$/u);
    const failing = sources.map(({ name }) => ({
      name,
      found: 0,
      failed: { reason: 'timeout', sentence: '', retryAt: null } as const,
      notes: [],
      isFirst: false,
    }));
    round = () => Promise.resolve({ ...NOTHING, unmatched, sources: failing });
    expect(await write('/digest now')).toMatch(/И ещё \d+\.$/u);
  });

  test('is for admins, in private', async () => {
    expect(await write('/digest', stranger)).toBe('Это для админов канала.');
    expect(await write('/digest pause', stranger)).toBe('Это для админов канала.');
    await write('/digest');
    expect(await tap('digest:pause', stranger)).toBe('Это для админов канала.');
    expect(isPaused).toBe(false);
  });

  test('pauses and resumes by word and by button, and says so', async () => {
    expect(await write('/digest пауза')).toBe('Сбор на паузе. Одобренное выходит.');
    expect(isPaused).toBe(true);
    expect(await write('/digest')).toContain('⏸ Сбор на паузе.');
    await tap('digest:resume');
    expect(isPaused).toBe(false);
    expect(lastTo(anna).text).toContain('Следующий сбор: завтра в 09:00.');
  });

  test('holds a round, and says what came of it', async () => {
    round = () => Promise.resolve({ ...NOTHING, waiting: 3, notWritten: ['Crane-3'] });
    const text = await write('/digest now');
    expect(text).toContain('Нового для канала нет.');
    expect(text).toContain('Ждут своей очереди: 3.');
    expect(text).toContain('Не написан: Crane-3');
  });

  test('says that a round failed, and stays of use', async () => {
    round = () => Promise.reject(new Error('disk full'));
    expect(await write('/digest now')).toBe('Собрать не удалось, подробности в журнале.');
    expect(await write('/digest')).toContain('Дайджест канала');
  });

  test('shows the drafts of the queue to who asks, eight at once', async () => {
    expect(await write('/digest queue')).toBe('Черновиков нет.');
    const ids = Array.from({ length: 10 }, (_, at) => addDraft(posts, `post ${at}`).id);
    expect(await write('/digest очередь')).toMatch(/ещё 2|и ещё 2/iu);
    expect(shown).toEqual(ids.slice(0, 8).map((id) => [id, [anna.id]]));
  });

  test('shows the history, and restores what was skipped', async () => {
    expect(await write('/digest history')).toContain('Пока ничего.');
    const { id, revision } = addDraft(posts, 'one');
    posts.skip(id, { by: anna.id, revision });
    expect(await write('/digest история')).toContain('🐋 one');
    const [[button] = []] = lastTo(anna).reply_markup?.inline_keyboard ?? [];
    expect(button?.text).toContain('🐋 one');
  });

  test('makes lists of the day and of the week, and says when there is nothing to list', async () => {
    expect(await write('/digest list day')).toBe('За это время в канал ничего не выходило.');
    await write('/digest список за неделю');
    await write('/digest list');
    expect(asked).toEqual(['list day', 'list week', 'list week']);
  });

  test('says what it takes to words that it does not know', async () => {
    expect(await write('/digest everything')).toContain('list week');
  });

  test('leaves forged buttons alone', async () => {
    await write('/digest');
    const said = lastTo(anna).text;
    const { handledCount } = bot;
    const pressed = telegram.press('digest:delete-all', {
      from: anna,
      chatId: anna.id,
      messageId: lastTo(anna).message_id,
    });
    await bot.handled(handledCount + 1);
    expect(lastTo(anna).text).toBe(said);
    expect(asked).toEqual([]);
    pressed.catch(() => {});
  });
});

test('without a channel it says what there would have to be', async () => {
  await bot.stop();
  bot = await startFeatureBot({ telegram, features: [noDigestFeature()], adminIds: [anna.id] });
  expect(await write('/digest')).toContain('CHANNEL_ID');
  expect(await write('/digest', stranger)).toBe('Это для админов канала.');
});
