import type { Message, User } from 'grammy/types';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { compose } from '../../bot/compose.ts';
import { readConfig } from '../../bot/config.ts';
import { start } from '../../bot/start.ts';
import { openDatabase } from '../../bot/state/database.ts';
import { createDigestPosts } from '../../bot/state/digest-posts.ts';
import { createSendingPace } from '../../bot/telegram/sending-pace.ts';
import { postContent, releaseNamed } from '../support/digest-queue.ts';
import { startLoopbackWeb } from '../support/loopback-web.ts';
import type { LoopbackWeb } from '../support/loopback-web.ts';
import { startTelegram } from '../support/telegram.ts';
import type { TestTelegram } from '../support/telegram.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { page, webPages } from '../support/web-pages.ts';

let telegram: TestTelegram;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let web: LoopbackWeb<string>;
let reader: User;
let stop: AbortController;
let running: Promise<void>;

beforeEach(async () => {
  telegram = await startTelegram();
  folder = await temporaryFolder();
  reader = telegram.createUser({ language_code: 'ru' });
  web = await startLoopbackWeb<string>({
    card: page({
      lang: 'ru',
      title: 'Ладога-7B',
      paragraphs: [
        'Ладога-7B — языковая модель из 7 млрд параметров. Контекст модели Ладога-7B — 32 768 токенов.',
        'Модель Ладога-7B обучили на 2 трлн токенов текста на русском и английском языках.',
      ],
    }),
    baikal: webPages.baikal,
  });
  web.found = [web.url('baikal')];
  const channel = telegram.createChannel({ username: 'model_news' });
  publish(channel.id);
  begin();
});
afterEach(async () => {
  await end();
  await web[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
  await telegram[Symbol.asyncDispose]();
});

/** A post stands in the channel from an earlier run on. */
function publish(channelId: number): void {
  const { database } = openDatabase({ folder: folder.path });
  const posts = createDigestPosts(database);
  const content = postContent('Ладога-7B', 'Вышла языковая модель Ладога-7B.');
  if (content.kind === 'release') {
    content.post.title.text = '🐋 Ладога-7B: небольшая модель';
    content.post.links = [];
    content.post.sources = [
      {
        number: 1,
        url: web.url('card'),
        title: 'Ладога-7B',
        site: 'card',
        publishedAt: null,
        fetchedAt: '2026-11-22T10:00:00.000Z',
        quote: '',
        quoteUrl: web.url('card'),
        place: null,
      },
    ];
  }
  posts.add({ origin: 'round', content, release: releaseNamed('Ладога-7B'), reasons: [] });
  posts.approve(1, { by: 7, revision: 1, dueAt: new Date() });
  posts.claimDue(new Date());
  posts.published(1, { channelId, messageId: 12 });
  database.close();
}

function begin(): void {
  stop = new AbortController();
  const pace = createSendingPace({ gapMs: 0, limits: { messageGapMs: 0 } });
  running = start({
    config: readConfig({
      BOT_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: telegram.url,
      DATA_DIR: folder.path,
      LOG_LEVEL: 'silent',
      WIKIPEDIA: 'off',
      SEARXNG_URL: web.searchUrl,
      CRAWL_ALLOW_PRIVATE_HOSTS: web.hosts,
      CHANNEL_ID: '@model_news',
      // Nothing is collected here: no service answers.
      HUGGINGFACE_BASE_URL: 'http://127.0.0.1:9',
      ARXIV_BASE_URL: 'http://127.0.0.1:9',
    }),
    token: telegram.token,
    compose,
    signal: stop.signal,
    botOptions: { pace },
  });
}

async function end(): Promise<void> {
  stop.abort();
  await running;
}

async function tell(text: string, isIt: (message: Message) => boolean): Promise<Message> {
  const { message_id: after } = telegram.write(text, { from: reader });
  const event = await telegram.waitForEvent(
    (one) =>
      one.type === 'message' &&
      one.chatId === reader.id &&
      one.message.message_id > after &&
      isIt(one.message),
  );
  if (event.type !== 'message') throw new Error('no message');
  return event.message;
}

const isAnswer = ({ text = '' }: Message): boolean => /Источники|не нашёл|нет ответа/u.test(text);

describe('a reader who asks about a post', () => {
  test('is answered from its sources, without its name in the question, and without a search', async () => {
    const opened = await tell('/start post-1', () => true);
    expect(opened).toMatchObject({
      text: 'Спрашивайте про Ладога-7B\nОтвечу по источникам этой записи.',
      reply_markup: {
        inline_keyboard: [[{ text: 'Другая тема', callback_data: 'post:leave' }]],
      },
    });
    const answer = await tell('А сколько у неё параметров?', isAnswer);
    expect(answer.text).toContain('7 млрд параметров');
    expect(JSON.stringify(answer.entities)).toContain(web.url('card'));
    expect(web.searches).toEqual([]);
  });

  test('is answered by the web where they do not know, and told so', async () => {
    await tell('/start post-1', () => true);
    const answer = await tell('Какая глубина у озера Байкал?', isAnswer);
    expect(answer.text).toContain('1642');
    expect(answer.text).toContain('В источниках записи ответа не нашлось');
    expect(web.searches.length).toBeGreaterThan(0);
  });

  test('is understood after a restart, and until another topic is wanted', async () => {
    await tell('/start post-1', () => true);
    await end();
    begin();
    const answer = await tell('Какой у модели контекст?', isAnswer);
    expect(answer.text).toMatch(/32.768 токенов/u);
    const opened = telegram.messages(reader.id).find(({ text }) => text?.startsWith('Спрашивайте'));
    await telegram.press('post:leave', {
      from: reader,
      chatId: reader.id,
      messageId: opened?.message_id ?? 0,
    });
    const elsewhere = await tell('Какая глубина у озера Байкал?', isAnswer);
    expect(elsewhere.text).not.toContain('В источниках записи');
  });

  test.each(['post-2', 'post-0'])('that is not there (%s) is told so', async (start) => {
    const said = await tell(`/start ${start}`, () => true);
    expect(said.text).toBe('Этой записи в канале уже нет. Спросите о чём угодно: поищу в сети.');
  });

  test('has all forgotten with /forget', async () => {
    await tell('/start post-1', () => true);
    const { message_id: messageId } = await tell('/forget', () => true);
    await telegram.press('forget:yes', { from: reader, chatId: reader.id, messageId });
    await end();
    const { database } = openDatabase({ folder: folder.path });
    expect(database.prepare('SELECT count(*) AS n FROM asked_posts').get()).toEqual({ n: 0 });
    database.close();
    begin();
  });
});
