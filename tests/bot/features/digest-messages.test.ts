import type { Message, User } from 'grammy/types';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { createDigestMessages } from '../../../bot/features/digest-messages.ts';
import { createLogger } from '../../../bot/logger.ts';
import { openDatabase } from '../../../bot/state/database.ts';
import { createDigestPosts } from '../../../bot/state/digest-posts.ts';
import type { DigestPosts } from '../../../bot/state/digest-posts.ts';
import type { LinkDraft } from '../../../generation/digest/draft-from-link.ts';
import { NO_FACTS, addDraft, postContent, releaseNamed } from '../../support/digest-queue.ts';
import { startFeatureBot } from '../../support/feature-bot.ts';
import type { FeatureBot } from '../../support/feature-bot.ts';
import { startTelegram } from '../../support/telegram.ts';
import type { TestTelegram } from '../../support/telegram.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const CHANNEL: NonNullable<Message['forward_origin']> = {
  type: 'channel',
  date: 1_700_000_000,
  message_id: 7,
  chat: { id: -1_009_000_000_001, type: 'channel', title: 'Чужой канал', username: 'other' },
};
const LINK = 'https://huggingface.co/acme/one';

let telegram: TestTelegram;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let closeDatabase: () => void;
let posts: DigestPosts;
let bot: FeatureBot;
let anna: User;
let stranger: User;
/** What the writer was given. */
let given: { message: string; publisher: string | null | undefined }[];
let answer: () => Promise<LinkDraft | null>;
let shown: number[];
/** Texts that were left to the questions. */
let questions: string[];

beforeEach(async () => {
  telegram = await startTelegram();
  folder = await temporaryFolder();
  const { database } = openDatabase({ folder: folder.path });
  closeDatabase = () => database.close();
  posts = createDigestPosts(database);
  anna = telegram.createUser({ first_name: 'Анна', language_code: 'ru' });
  stranger = telegram.createUser({ first_name: 'Гость', language_code: 'ru' });
  [given, shown, questions] = [[], [], []];
  answer = () => Promise.resolve(drafted('one'));
  const messages = createDigestMessages({
    posts,
    draftCards: {
      show(id) {
        shown.push(id);
        return Promise.resolve(true);
      },
    },
    writer: {
      draft(message, { publisher }) {
        given.push({ message, publisher });
        return answer();
      },
    },
    checks: true,
    logger: createLogger({ level: 'silent', secrets: [] }),
    stopping: new AbortController().signal,
  });
  bot = await startFeatureBot({
    telegram,
    features: [
      messages.feature,
      async (ctx, next) => {
        const { message } = ctx;
        if (message?.forward_origin !== undefined && (await messages.takeForwarded(ctx, message)))
          return;
        if (message?.text !== undefined) questions.push(message.text);
        await next();
      },
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

function drafted(name: string): LinkDraft {
  const content = postContent(name);
  if (content.kind !== 'release') throw new Error('a list');
  const release = releaseNamed(name);
  return { status: 'drafted', release, table: NO_FACTS, post: content.post };
}

const lastTo = (user: User): Message =>
  telegram.messages(user.id).findLast(({ from }) => from?.id === telegram.bot.id) ??
  ({} as Message);

async function write(text: string, from = anna): Promise<string | undefined> {
  const { handledCount } = bot;
  telegram.write(text, { from });
  await bot.handled(handledCount + 1);
  return lastTo(from).text;
}

async function forward(text: string, from = anna): Promise<Message> {
  const { handledCount } = bot;
  telegram.send({ text }, { from, extra: { forward_origin: CHANNEL } });
  await bot.handled(handledCount + 1);
  return lastTo(from);
}

describe('a link by itself', () => {
  test('becomes a draft for all admins', async () => {
    expect(await write(LINK)).toBe('Готово, черновик ниже.');
    const [draft] = posts.list(['draft'], 10);
    expect(draft).toMatchObject({ origin: 'message', release: { id: 'one' } });
    expect(shown).toEqual([draft?.id]);
    expect(questions).toEqual([]);
  });

  test('with a question beside it stays a question', async () => {
    await write(`${LINK} сколько в ней параметров?`);
    expect(questions).toEqual([`${LINK} сколько в ней параметров?`]);
    expect(given).toEqual([]);
  });

  test('may be up to three, of one thing', async () => {
    const links = [LINK, 'https://github.com/acme/one', 'https://arxiv.org/abs/2603.00001'];
    await write(links.join('\n'));
    expect(given.map(({ message }) => message.split('\n'))).toEqual([links]);
    const many = [...links, 'https://acme.example/one'].join(' ');
    await write(many);
    expect(questions).toEqual([many]);
    expect(given).toHaveLength(1);
  });

  test('in reply to something stays what it is', async () => {
    const { handledCount } = bot;
    const before = telegram.write('/start', { from: anna });
    telegram.write(LINK, { from: anna, replyTo: before.message_id });
    await bot.handled(handledCount + 2);
    expect(questions).toEqual(['/start', LINK]);
    expect(given).toEqual([]);
  });

  test('sent twice in a row is one draft', async () => {
    const held = Promise.withResolvers<LinkDraft>();
    answer = () => held.promise;
    const { handledCount } = bot;
    telegram.write(LINK, { from: anna });
    telegram.write(LINK, { from: anna });
    held.resolve(drafted('one'));
    await bot.handled(handledCount + 2);
    expect(posts.list(['draft'], 10)).toHaveLength(1);
    expect(lastTo(anna).text).toBe('Об этом уже есть черновик: 🐋 one');
  });

  test('of somebody else stays a question', async () => {
    await write(LINK, stranger);
    expect(questions).toEqual([LINK]);
    expect(posts.list(['draft'], 10)).toEqual([]);
  });

  test('of what is in the queue, skipped or out says so, and makes no second draft', async () => {
    const { id, revision } = addDraft(posts, 'one');
    expect(await write(LINK)).toBe('Об этом уже есть черновик: 🐋 one');
    posts.skip(id, { by: anna.id, revision });
    expect(await write(LINK)).toBe('Это уже пропустили: 🐋 one');
    expect(shown).toEqual([id, id]);
    expect(posts.list(['draft', 'skipped'], 10)).toHaveLength(1);
  });

  test.each<[string, () => Promise<LinkDraft | null>]>([
    ['Здесь не о чем писать пост.', () => Promise.resolve(null)],
    [
      'Прочитать не удалось, а самого сообщения для поста мало.',
      () =>
        Promise.resolve({
          status: 'unreadable',
          release: releaseNamed('two'),
          table: NO_FACTS,
        }),
    ],
    ['Черновик не получился, попробуйте ещё раз.', () => Promise.reject(new Error('broken'))],
  ])('ends in a sentence where there is no draft: %s', async (said, draft) => {
    answer = draft;
    expect(await write(LINK)).toBe(said);
    expect(posts.list(['draft'], 10)).toEqual([]);
    expect(shown).toEqual([]);
  });
});

describe('a forwarded post of a channel', () => {
  test('becomes a draft that names the channel, and may still be checked', async () => {
    const notice = await forward('Вышла модель Crane-3 на 7 млрд параметров.');
    expect(notice.text).toBe('Готово, черновик ниже.');
    expect(notice.reply_markup?.inline_keyboard.flat()).toEqual([
      expect.objectContaining({ callback_data: 'check:this' }),
    ]);
    expect(given).toEqual([
      { message: 'Вышла модель Crane-3 на 7 млрд параметров.', publisher: 'Чужой канал' },
    ]);
  });

  test('gives what its words and links say, those behind words too', async () => {
    const { handledCount } = bot;
    telegram.send(
      { text: 'Вышла Crane-3, веса тут.' },
      {
        from: anna,
        extra: {
          forward_origin: CHANNEL,
          entities: [{ type: 'text_link', offset: 20, length: 3, url: LINK }],
        },
      },
    );
    await bot.handled(handledCount + 1);
    expect(given.map(({ message }) => message)).toEqual([`Вышла Crane-3, веса тут.\n${LINK}`]);
  });

  test('of somebody else, or without a word, is left to the others', async () => {
    await forward('Вышла модель Crane-3.', stranger);
    await forward('🔥🔥🔥');
    expect(questions).toEqual(['Вышла модель Crane-3.', '🔥🔥🔥']);
    expect(given).toEqual([]);
  });
});
