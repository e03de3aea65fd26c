import { Api } from 'grammy';
import type { Chat, Message, User } from 'grammy/types';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { createDecisions } from '../../../bot/digest/decisions.ts';
import { createDraftCards } from '../../../bot/digest/draft-cards.ts';
import type { DraftCards } from '../../../bot/digest/draft-cards.ts';
import type { QueuedPost } from '../../../bot/digest/queued-post.ts';
import { readQuietHours } from '../../../bot/digest/quiet-hours.ts';
import { digestDraftsFeature } from '../../../bot/features/digest-drafts.ts';
import { createLocales } from '../../../bot/locales/locale.ts';
import { createLogger } from '../../../bot/logger.ts';
import { createDigestCards } from '../../../bot/state/digest-cards.ts';
import type { DigestPosts } from '../../../bot/state/digest-posts.ts';
import { createSendingPace } from '../../../bot/telegram/sending-pace.ts';
import { configureSending } from '../../../bot/telegram/sending.ts';
import {
  NO_FACTS,
  addDraft,
  openPublisher,
  postContent,
  releaseNamed,
} from '../../support/digest-queue.ts';
import type { TestPublisher } from '../../support/digest-queue.ts';
import { startFeatureBot } from '../../support/feature-bot.ts';
import type { FeatureBot } from '../../support/feature-bot.ts';
import { hurriedClock } from '../../support/hurried-clock.ts';
import { startTelegram } from '../../support/telegram.ts';
import type { TestTelegram } from '../../support/telegram.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let telegram: TestTelegram;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let channel: Chat;
let anna: User;
let boris: User;
let queue: TestPublisher;
let posts: DigestPosts;
let cards: DraftCards;
let bot: FeatureBot;
let time: Date;
let adminIds: number[];
/** What the writer was asked to do last. */
let asked: string;
let canCheck: boolean;

const now = (): Date => time;
const logger = createLogger({ level: 'silent', secrets: [] });

beforeEach(async () => {
  telegram = await startTelegram({ now: () => time.getTime() });
  folder = await temporaryFolder();
  channel = telegram.createChannel({ title: 'Новости моделей', username: 'model_news' });
  anna = telegram.createUser({ first_name: 'Анна', language_code: 'ru' });
  boris = telegram.createUser({ first_name: 'Борис', language_code: 'ru' });
  time = new Date('2026-11-02T12:00:00Z');
  asked = '';
  canCheck = true;
  adminIds = [anna.id, boris.id];
  await begin();
  telegram.write('/start', { from: anna });
  telegram.write('/start', { from: boris });
});
afterEach(async () => {
  await queue.publisher.close();
  await bot.stop();
  queue[Symbol.dispose]();
  await folder[Symbol.asyncDispose]();
  await telegram[Symbol.asyncDispose]();
});

async function begin({ hasModel = false, quiet = null as string | null } = {}): Promise<void> {
  const api = new Api(telegram.token, { apiRoot: telegram.url });
  const clock = hurriedClock();
  configureSending(api, { pace: createSendingPace({ clock }), logger, clock });
  const locales = createLocales();
  const timeZone = 'Europe/Moscow';
  const quietHours = readQuietHours(quiet ?? '3-4', timeZone);
  queue = openPublisher({
    folder: folder.path,
    api,
    name: '@model_news',
    adminIds: () => adminIds,
    now,
    quietHours,
    onChanged: (id) => cards.refresh(id),
  });
  ({ posts } = queue);
  const { database, publisher } = queue;
  const kept = createDigestCards(database);
  cards = createDraftCards({
    api,
    cards: kept,
    posts,
    channel: queue.channel,
    username: () => telegram.bot.username ?? '',
    adminIds: () => adminIds,
    localeOf: () => locales.ru,
    timeZone,
    logger,
    now,
  });
  const decisions = createDecisions({
    posts,
    draftCards: cards,
    publisher,
    quietHours,
    timeZone,
    now,
  });
  bot = await startFeatureBot({
    telegram,
    features: [
      digestDraftsFeature({
        posts,
        cards: kept,
        draftCards: cards,
        decisions,
        writer: {
          readFacts: () =>
            canCheck ? Promise.resolve(NO_FACTS) : Promise.reject(new Error('offline')),
          edit(release, _table, text) {
            asked = `edit: ${text}`;
            return Promise.resolve(postOf(release.id, text));
          },
          instruct(release, _table, { instruction }) {
            asked = `instruct: ${instruction}`;
            return Promise.resolve(postOf(release.id, 'Как велено.'));
          },
        },
        timeZone,
        hasModel,
        logger,
        stopping: new AbortController().signal,
        now,
      }),
    ],
    adminIds,
  });
  publisher.begin();
}

async function restart(options: Parameters<typeof begin>[0]): Promise<void> {
  await queue.publisher.close();
  await bot.stop();
  queue[Symbol.dispose]();
  await begin(options);
}

function postOf(name: string, text: string) {
  const content = postContent(name, text);
  if (content.kind !== 'release') throw new Error('a list');
  return content.post;
}

async function show(name = 'one'): Promise<QueuedPost> {
  const draft = addDraft(posts, name);
  expect(await cards.show(draft.id)).toBe(true);
  return draft;
}

/** What the bot has written to somebody, the oldest first. */
const written = (user: User): Message[] =>
  telegram.messages(user.id).filter(({ from }) => from?.id === telegram.bot.id);
const lastOf = (user: User): Message => written(user).at(-1) ?? ({} as Message);
const buttonsOf = ({ reply_markup: markup }: Message): string[] =>
  (markup?.inline_keyboard ?? []).flat().map(({ text }) => text);
const inChannel = (): (string | undefined)[] =>
  telegram.messages(channel.id).map(({ text }) => text?.split('\n')[0]);

function dataOf(message: Message, label: string): string {
  const button = message.reply_markup?.inline_keyboard.flat().find(({ text }) => text === label);
  if (button === undefined || !('callback_data' in button)) {
    throw new Error(`no «${label}» among ${buttonsOf(message).join(', ')}`);
  }
  return button.callback_data;
}

/** Taps a button of the last message that the bot wrote to somebody. */
async function tap(user: User, label: string, message = lastOf(user)): Promise<string | null> {
  const data = dataOf(message, label);
  const { handledCount } = bot;
  const { text } = await telegram.press(data, {
    from: user,
    chatId: user.id,
    messageId: message.message_id,
  });
  await bot.handled(handledCount + 1);
  await queue.publisher.settled();
  return text;
}

async function reply(user: User, text: string, to = lastOf(user)): Promise<void> {
  const { handledCount } = bot;
  telegram.write(text, { from: user, replyTo: to.message_id });
  await bot.handled(handledCount + 1);
  await queue.publisher.settled();
}

describe('a draft', () => {
  test('comes to every admin as it will look, with why it was chosen and what can be done', async () => {
    const { content, release } = addDraft(posts, 'zero');
    if (content.kind !== 'release' || release === null) throw new Error('no release');
    const broken = { ...content.post, brokenRules: [{ rule: 'too-short', at: null }] } as const;
    const added = posts.add({
      origin: 'round',
      content: { kind: 'release', post: { ...broken, brokenRules: [...broken.brokenRules] } },
      release: { ...release, id: 'one', links: { github: null, huggingface: null, paper: null } },
      reasons: [
        { kind: 'growing', measure: 'likes', from: 100, to: 340, hours: 24 },
        { kind: 'topic', topic: 'LLM' },
      ],
    });
    await cards.show(added?.id ?? 0);
    for (const admin of [anna, boris]) {
      const [preview, card] = written(admin);
      expect(preview).toMatchObject({
        text: '🐋 zero\n\nТекст.\n\nHuggingface',
        link_preview_options: { url: 'https://huggingface.co/acme/zero' },
        entities: [{ type: 'bold' }, { type: 'text_link' }],
      });
      expect(card).toMatchObject({
        text: 'Черновик для канала\nПочему выбран: плюс 240 лайков за 24 ч; тема «LLM».\n⚠️ Пост короче нормы: фактов в источниках мало',
        reply_to_message: { message_id: preview?.message_id },
      });
      expect(buttonsOf(card ?? ({} as Message))).toEqual([
        '✅ Опубликовать',
        '✏️ Изменить',
        '+ мнение',
        '🕗 Позже',
        '🗑 Пропустить',
      ]);
    }
    expect(inChannel()).toEqual([]);
  });

  test('says which pages of its makers could not be read, and why', async () => {
    const content = postContent('one');
    if (content.kind !== 'release') throw new Error('a list');
    const notRead = [{ url: 'https://huggingface.co/acme/one', reason: 'HTTP 403' }];
    const added = posts.add({
      origin: 'round',
      content: { ...content, notRead },
      release: releaseNamed('one'),
      reasons: [],
    });
    await cards.show(added?.id ?? 0);
    expect(lastOf(anna).text).toContain(
      '⚠️ Не прочитано: huggingface.co/acme/one (сайт не пускает).',
    );
  });

  test('is published with a tap, and both admins see it', async () => {
    const { id } = await show();
    expect(await tap(anna, '✅ Опубликовать')).toBeNull();
    expect(inChannel()).toEqual(['🐋 one']);
    expect(posts.find(id)).toMatchObject({ state: 'published', decidedBy: anna.id });
    for (const admin of [anna, boris]) {
      expect(lastOf(admin).text).toBe('✅ Вышел сегодня в 15:00. Решение: Анна.');
      expect(buttonsOf(lastOf(admin))).toEqual(['Открыть', '↩️ Отменить']);
      expect(written(admin)).toHaveLength(2);
    }
  });

  test('that two admins publish at once is published once, and one is told who did', async () => {
    await show();
    const [first, second] = [lastOf(anna), lastOf(boris)];
    const said = await Promise.all([
      tap(anna, '✅ Опубликовать', first),
      tap(boris, '🗑 Пропустить', second),
    ]);
    expect(inChannel().length + posts.count('skipped')).toBe(1);
    expect(said.filter((text) => text !== null)).toEqual([
      expect.stringMatching(/^Уже решено: (?:Анна|Борис)\.$/u),
    ]);
  });

  test('is skipped, and can be restored', async () => {
    const { id } = await show();
    await tap(boris, '🗑 Пропустить');
    expect(lastOf(anna).text).toBe('🗑 Пропущен. Решение: Борис.');
    await tap(anna, '↩️ Вернуть');
    expect(posts.find(id)?.state).toBe('draft');
    expect(buttonsOf(lastOf(boris))).toContain('✅ Опубликовать');
  });

  test('is taken back out of the channel within ten minutes, and not later', async () => {
    const { id } = await show();
    await tap(anna, '✅ Опубликовать');
    time = new Date('2026-11-02T12:09:59Z');
    await tap(boris, '↩️ Отменить');
    expect(inChannel()).toEqual([]);
    expect(posts.find(id)?.state).toBe('draft');
    await tap(boris, '✅ Опубликовать');
    const card = lastOf(boris);
    time = new Date('2026-11-02T12:20:00Z');
    expect(await tap(boris, '↩️ Отменить', card)).toBe(
      'Отменить можно было в течение десяти минут.',
    );
    expect(inChannel()).toEqual(['🐋 one']);
    expect(buttonsOf(lastOf(boris))).toEqual(['Открыть']);
  });

  test('waits for the end of the quiet hours, unless it is wanted now', async () => {
    await restart({ quiet: '14-18' });
    await show();
    await tap(anna, '✅ Опубликовать');
    expect(inChannel()).toEqual([]);
    expect(lastOf(boris).text).toBe('🕗 Выйдет сегодня в 18:00. Решение: Анна.');
    await tap(boris, 'Сейчас');
    expect(inChannel()).toEqual(['🐋 one']);
  });

  test.each([
    ['Вечером', '🕗 Выйдет сегодня в 20:00. Решение: Анна.'],
    ['Завтра утром', '🕗 Выйдет завтра в 10:00. Решение: Анна.'],
  ])('is put off: %s', async (label, said) => {
    await show();
    await tap(anna, '🕗 Позже');
    expect(buttonsOf(lastOf(boris))).toContain('🕗 Позже');
    await tap(anna, label);
    expect(lastOf(boris).text).toBe(said);
    expect(inChannel()).toEqual([]);
    await tap(boris, 'Отменить');
    expect(buttonsOf(lastOf(anna))).toContain('✅ Опубликовать');
  });

  test('is put off until a time in words, which must be one', async () => {
    await show();
    await tap(anna, '🕗 Позже');
    await tap(anna, 'Выбрать время');
    const prompt = lastOf(anna);
    expect(prompt.text).toMatch(/^Когда\?/u);
    await reply(anna, 'вчера', prompt);
    expect(lastOf(anna).text).toMatch(/^Не понял времени/u);
    await reply(anna, 'через 2 часа', prompt);
    expect(lastOf(anna).text).toBe('🕗 Выйдет сегодня в 17:00. Решение: Анна.');
    time = new Date('2026-11-02T14:00:01Z');
    queue.publisher.poke();
    await queue.publisher.settled();
    expect(inChannel()).toEqual(['🐋 one']);
  });
});

describe('a draft that is changed', () => {
  test('has its new text for all, checked again, and older buttons do nothing', async () => {
    const { id } = await show();
    const before = lastOf(boris);
    const stale = dataOf(before, '✅ Опубликовать');
    await tap(anna, '✏️ Изменить');
    expect(lastOf(anna)).toMatchObject({ text: expect.stringMatching(/^Пришлите новый текст/u) });
    await reply(anna, 'Своими словами.');
    expect(asked).toBe('edit: Своими словами.');
    expect(posts.find(id)).toMatchObject({ revision: 2, state: 'draft' });
    const [preview] = written(boris);
    expect(preview?.text).toBe('🐋 one\n\nСвоими словами.\n\nHuggingface');
    const { text } = await telegram.press(stale, {
      from: boris,
      chatId: boris.id,
      messageId: before.message_id,
    });
    expect(text).toBe('Черновик изменился: посмотрите, каким он стал.');
    expect(inChannel()).toEqual([]);
    await tap(anna, '✅ Опубликовать');
    expect(telegram.messages(channel.id)[0]?.text).toContain('Своими словами.');
  });

  test('by a reply to it is changed without a button, by a model where the reply is an order', async () => {
    await restart({ hasModel: true });
    await show();
    const [preview] = written(anna);
    await reply(anna, 'короче', preview);
    expect(asked).toBe('instruct: короче');
    await reply(anna, 'Новый текст поста. '.repeat(20), lastOf(anna));
    expect(asked).toMatch(/^edit: Новый текст поста\./u);
    await tap(anna, '✏️ Изменить');
    await tap(anna, 'Поручить модели');
    await reply(anna, 'начни с цены');
    expect(asked).toBe('instruct: начни с цены');
  });

  test('gets an opinion where readers expect it, and loses it again', async () => {
    await show();
    await tap(anna, '+ мнение');
    await reply(anna, 'Ждём весов.');
    expect(written(boris)[0]?.text).toBe('🐋 one\n\nТекст.\n\nЖдём весов.\n\nHuggingface');
    expect(asked).toBe('');
    await tap(boris, 'Без мнения');
    expect(written(boris)[0]?.text).toBe('🐋 one\n\nТекст.\n\nHuggingface');
  });

  test('is left as it is by a reply that is too long, has no text or cannot be checked', async () => {
    const { id } = await show();
    await tap(anna, '✏️ Изменить');
    const prompt = lastOf(anna);
    const { handledCount } = bot;
    telegram.send({ sticker: {} as never }, { from: anna, replyTo: prompt.message_id });
    await bot.handled(handledCount + 1);
    expect(lastOf(anna).text).toBe('В ответе нет текста, поэтому ничего не поменял.');
    await reply(anna, '\u200B\u2060', prompt);
    expect(lastOf(anna).text).toBe('В ответе нет текста, поэтому ничего не поменял.');
    canCheck = false;
    await reply(anna, 'Своими словами.', prompt);
    expect(lastOf(anna).text).toMatch(/^Сверить с источниками не удалось/u);
    await tap(anna, '+ мнение', written(anna)[1]);
    await reply(anna, 'я'.repeat(4090));
    expect(lastOf(anna).text).toMatch(/^Слишком длинно: 4.1\d\d знаков/u);
    expect(posts.find(id)).toMatchObject({ revision: 1, opinion: null, state: 'draft' });
    canCheck = true;
    await reply(anna, 'Своими словами.', prompt);
    expect(posts.find(id)?.revision).toBe(2);
  });
});

describe('buttons', () => {
  test('do nothing for strangers and former admins, whatever data is sent', async () => {
    const { id } = await show();
    const stranger = telegram.createUser({ language_code: 'ru' });
    const card = lastOf(anna);
    for (const data of [`dig:publish:${id}:1`, `dig:skip:${id}:1`, 'dig:publish:999:1']) {
      telegram.write('/start', { from: stranger });
      const own = telegram.write('привет', { from: stranger });
      const { text } = await telegram.press(data, {
        from: stranger,
        chatId: stranger.id,
        messageId: own.message_id,
      });
      expect(text).toBe('Это для админов канала.');
    }
    adminIds.splice(0, 1);
    const { text } = await telegram.press(dataOf(card, '✅ Опубликовать'), {
      from: anna,
      chatId: anna.id,
      messageId: card.message_id,
    });
    expect(text).toBe('Это для админов канала.');
    expect([posts.find(id)?.state, inChannel()]).toEqual(['draft', []]);
  });

  test('of a post that is no more, or that no button has, harm nothing', async () => {
    const { id } = await show();
    const card = lastOf(anna);
    const press = async (data: string): Promise<string | null> => {
      const from = { from: anna, chatId: anna.id, messageId: card.message_id };
      return (await telegram.press(data, from)).text;
    };
    expect(await press('dig:publish:999:1')).toBe('Такого поста больше нет.');
    expect(await press(`dig:explode:${id}:1`)).toBeNull();
    expect(await press(`dig:undo:${id}:1`)).toBe('Уже решено.');
    expect(await press(`dig:now:${id}:1`)).toBe('Уже решено.');
    expect(await press(`dig:arrived:${id}:1`)).toBe('Уже решено.');
    expect(posts.find(id)?.state).toBe('draft');
  });
});

describe('a card', () => {
  test('asks about a post of which nobody knows, and does as it is told', async () => {
    const { id } = await show();
    telegram.failNext('sendMessage', { type: 'hang-up' });
    await tap(anna, '✅ Опубликовать');
    expect(lastOf(boris).text).toMatch(/^❓ Не знаю, вышел ли этот пост\n/u);
    expect(buttonsOf(lastOf(boris))).toEqual(['Он в канале', 'Отправить ещё раз', 'Не отправлять']);
    await tap(boris, 'Отправить ещё раз');
    expect(inChannel()).toEqual(['🐋 one']);
    expect(posts.find(id)?.state).toBe('published');
  });

  test('offers what a published post would say by now', async () => {
    const { id } = await show();
    await tap(anna, '✅ Опубликовать');
    posts.renew(id, postContent('one', 'Вышла и статья.'));
    await cards.show(id);
    expect(written(anna).at(-2)?.text).toContain('Вышла и статья.');
    await tap(anna, 'Обновить запись');
    expect(telegram.messages(channel.id)[0]?.text).toContain('Вышла и статья.');
    expect(buttonsOf(lastOf(anna))).toEqual(['Открыть', '↩️ Отменить']);
  });

  test('comes anew where it was deleted, and reaches the others where one has blocked the bot', async () => {
    const { id } = await show();
    telegram.delete(lastOf(boris).message_id, boris.id);
    telegram.block(anna);
    await tap(boris, '🗑 Пропустить', { ...lastOf(boris), ...boardOf(id) });
    expect(lastOf(boris).text).toBe('🗑 Пропущен. Решение: Борис.');
    telegram.unblock(anna);
  });

  test('is not there for anybody when no admin can be reached', async () => {
    telegram.block(anna);
    telegram.block(boris);
    const { id } = addDraft(posts, 'one');
    expect(await cards.show(id)).toBe(false);
    expect(cards.isShown(id)).toBe(false);
    telegram.unblock(anna);
    expect(await cards.show(id)).toBe(true);
    expect(cards.isShown(id)).toBe(true);
  });
});

/** The keyboard of a draft, on a message that does not show it. */
function boardOf(id: number): Pick<Message, 'reply_markup'> {
  const skip = { text: '🗑 Пропустить', callback_data: `dig:skip:${id}:1` };
  return { reply_markup: { inline_keyboard: [[skip]] } };
}
