import { Api } from 'grammy';
import type { Chat, User } from 'grammy/types';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { readQuietHours } from '../../../bot/digest/quiet-hours.ts';
import { createLogger } from '../../../bot/logger.ts';
import { createSendingPace } from '../../../bot/telegram/sending-pace.ts';
import { configureSending } from '../../../bot/telegram/sending.ts';
import { addDraft, openPublisher, postContent } from '../../support/digest-queue.ts';
import type { TestPublisher } from '../../support/digest-queue.ts';
import { hurriedClock } from '../../support/hurried-clock.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { startTelegram } from '../../support/telegram.ts';
import type { TestTelegram } from '../../support/telegram.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let telegram: TestTelegram;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let channel: Chat;
let anna: User;
let api: Api;

beforeEach(async () => {
  telegram = await startTelegram();
  folder = await temporaryFolder();
  channel = telegram.createChannel({ title: 'Новости моделей', username: 'model_news' });
  anna = telegram.createUser({ first_name: 'Анна' });
  telegram.write('/start', { from: anna });
  api = new Api(telegram.token, { apiRoot: telegram.url });
  const clock = hurriedClock();
  configureSending(api, {
    pace: createSendingPace({ clock }),
    logger: createLogger({ level: 'silent', secrets: [] }),
    clock,
  });
});
afterEach(async () => {
  await folder[Symbol.asyncDispose]();
  await telegram[Symbol.asyncDispose]();
});

function open(options: Partial<Parameters<typeof openPublisher>[0]> = {}): TestPublisher {
  return openPublisher({
    folder: folder.path,
    api,
    name: '@model_news',
    adminIds: () => [anna.id],
    ...options,
  });
}

/** A draft that an admin has approved for now, or for then. */
function approve({ posts }: TestPublisher, releaseId: string, dueAt = new Date(0)): number {
  const { id, revision } = addDraft(posts, releaseId);
  expect(posts.approve(id, { by: anna.id, revision, dueAt })).toBe(true);
  return id;
}

const inChannel = (): (string | undefined)[] =>
  telegram.messages(channel.id).map(({ text }) => text?.split('\n')[0]);

const runOnce = async ({ publisher }: TestPublisher): Promise<void> => {
  publisher.begin();
  await publisher.settled();
};

describe('publishing', () => {
  test('brings what is approved to the channel as it looked, and keeps its id', async () => {
    using queue = open();
    const id = approve(queue, 'one');
    addDraft(queue.posts, 'two');
    await runOnce(queue);

    const [post, ...others] = telegram.messages(channel.id);
    expect(others).toEqual([]);
    expect(post).toMatchObject({
      text: '🐋 one\n\nТекст.\n\nHuggingface',
      entities: [
        { type: 'bold', offset: 0, length: 6 },
        { type: 'text_link', url: 'https://huggingface.co/acme/one', offset: 16, length: 11 },
      ],
      link_preview_options: { url: 'https://huggingface.co/acme/one', prefer_small_media: true },
      reply_markup: {
        inline_keyboard: [
          [{ text: '💬 Спросить', url: `https://t.me/istok_bot?start=post-${id}` }],
        ],
      },
    });
    expect(queue.posts.find(id)).toMatchObject({
      state: 'published',
      sent: { channelId: channel.id, messageId: post?.message_id, revision: 1 },
    });
    expect(queue.changed).toEqual([id]);
    expect(queue.faults).toEqual(['ended channel']);
    await queue.publisher.close();
  });

  test('takes its time between two posts, and sends none before it is due', async () => {
    const clock = manualClock();
    let time = Date.parse('2026-11-02T12:00:00Z');
    using queue = open({ clock, now: () => new Date(time), minGapMs: 30_000 });
    approve(queue, 'one', new Date(time));
    approve(queue, 'two', new Date(time));
    approve(queue, 'later', new Date(time + 3_600_000));
    await runOnce(queue);
    expect(inChannel()).toEqual(['🐋 one']);
    await clock.advance(29_999);
    await queue.publisher.settled();
    expect(inChannel()).toEqual(['🐋 one']);
    await clock.advance(1);
    await queue.publisher.settled();
    expect(inChannel()).toEqual(['🐋 one', '🐋 two']);
    // The wall clock is set an hour on: that is seen within a minute.
    time += 3_600_000;
    await clock.advance(60_000);
    await queue.publisher.settled();
    expect(inChannel()).toEqual(['🐋 one', '🐋 two', '🐋 later']);
    // Set back by a day: nothing goes out once more.
    time -= 86_400_000;
    await clock.advance(600_000);
    await queue.publisher.settled();
    expect(inChannel()).toHaveLength(3);
    await queue.publisher.close();
  });

  test('waits for the end of the quiet hours, but not with what was put into them', async () => {
    const clock = manualClock();
    let time = new Date('2026-11-02T23:00:00Z');
    const quietHours = readQuietHours('22-8', 'UTC');
    using queue = open({ clock, now: () => time, quietHours });
    const id = approve(queue, 'evening', new Date('2026-11-02T20:00:00Z'));
    approve(queue, 'night', new Date('2026-11-02T22:30:00Z'));
    await runOnce(queue);
    expect(inChannel()).toEqual(['🐋 night']);
    expect(queue.posts.find(id)?.dueAt).toEqual(new Date('2026-11-03T08:00:00Z'));
    time = new Date('2026-11-03T08:00:00Z');
    queue.publisher.poke();
    await queue.publisher.settled();
    expect(inChannel()).toEqual(['🐋 night', '🐋 evening']);
    await queue.publisher.close();
  });
});

describe('a post of which nobody knows whether it arrived', () => {
  test('is found in the channel, past posts of others, and is not sent again', async () => {
    using queue = open();
    approve(queue, 'first');
    await runOnce(queue);
    const id = approve(queue, 'lost');
    telegram.failNext('sendMessage', { type: 'lost-answer' });
    queue.publisher.poke();
    await queue.publisher.settled();

    expect(inChannel()).toEqual(['🐋 first', '🐋 lost']);
    const [, lost] = telegram.messages(channel.id);
    expect(queue.posts.find(id)).toMatchObject({
      state: 'published',
      sent: { channelId: channel.id, messageId: lost?.message_id },
      trouble: null,
    });
    expect(telegram.messages(anna.id).filter(({ from }) => from?.is_bot === true)).toEqual([]);
    expect(queue.faults).not.toContainEqual(expect.stringContaining('began'));
    await queue.publisher.close();
  });

  test('is not sent again where Telegram has taken it and fails then', async () => {
    using queue = open();
    const id = approve(queue, 'lost');
    telegram.failNext('sendMessage', { type: 'lost-answer', code: 504 });
    await runOnce(queue);
    expect(inChannel()).toEqual(['🐋 lost']);
    expect(queue.posts.find(id)).toMatchObject({ state: 'published', trouble: null });
    await queue.publisher.close();
  });

  test('is found behind all that others have posted meanwhile', async () => {
    using queue = open();
    approve(queue, 'first');
    await runOnce(queue);
    for (let at = 0; at < 12; at += 1) await api.sendMessage(channel.id, `by hand ${at}`);
    const id = approve(queue, 'lost');
    telegram.failNext('sendMessage', { type: 'lost-answer' });
    queue.publisher.poke();
    await queue.publisher.settled();
    expect(queue.posts.find(id)).toMatchObject({ state: 'published', trouble: null });
    expect(inChannel().filter((title) => title === '🐋 lost')).toHaveLength(1);
    await queue.publisher.close();
  });

  test('is put before the admins when it is not there, and sent again when they say so', async () => {
    using queue = open();
    approve(queue, 'first');
    await runOnce(queue);
    const id = approve(queue, 'lost');
    telegram.failNext('sendMessage', { type: 'hang-up' });
    queue.publisher.poke();
    await queue.publisher.settled();
    expect(queue.posts.find(id)).toMatchObject({
      state: 'unknown',
      trouble: { kind: 'not-found' },
    });
    expect(queue.changed.at(-1)).toBe(id);
    queue.publisher.poke();
    await queue.publisher.settled();
    expect(inChannel()).toEqual(['🐋 first']);

    expect(queue.publisher.settle(id, 'send-again', anna.id)).toBe(true);
    expect(queue.publisher.settle(id, 'send-again', anna.id)).toBe(false);
    await queue.publisher.settled();
    expect(inChannel()).toEqual(['🐋 first', '🐋 lost']);
    await queue.publisher.close();
  });

  test('does not hold up the others, and may be dropped or said to be there', async () => {
    using queue = open();
    telegram.failNext('sendMessage', { type: 'hang-up' });
    telegram.failNext('sendMessage', { type: 'hang-up' });
    const dropped = approve(queue, 'dropped');
    const seen = approve(queue, 'seen');
    approve(queue, 'third');
    await runOnce(queue);
    expect(inChannel()).toEqual(['🐋 third']);
    // Of this channel nothing was known: how far was to be looked nobody could say.
    expect(queue.posts.find(dropped)?.trouble).toEqual({ kind: 'not-looked' });
    expect(queue.publisher.settle(dropped, 'drop', anna.id)).toBe(true);
    expect(queue.publisher.settle(seen, 'arrived', anna.id)).toBe(true);
    expect(queue.posts.find(dropped)?.state).toBe('skipped');
    expect(queue.posts.find(seen)?.state).toBe('published');
    expect(await queue.publisher.withdraw(seen)).toBe('failed');
    await queue.publisher.close();
    expect(inChannel()).toEqual(['🐋 third']);
  });

  test('is looked for, and told of, again when Telegram is back', async () => {
    const clock = manualClock();
    using queue = open({ clock });
    approve(queue, 'first');
    await runOnce(queue);
    const id = approve(queue, 'lost');
    let isLost = false;
    telegram.failWhen(({ method }) => {
      if (isLost) return { type: 'hang-up' };
      isLost = method === 'sendMessage';
      return isLost ? { type: 'lost-answer' } : null;
    });
    queue.publisher.poke();
    await queue.publisher.settled();
    expect(queue.posts.find(id)).toMatchObject({ state: 'unknown', trouble: null });
    const told = queue.changed.length;
    telegram.failWhen(null);
    await clock.advance(60_000);
    await queue.publisher.settled();
    expect(queue.posts.find(id)).toMatchObject({ state: 'published', trouble: null });
    expect(queue.changed.slice(told)).toEqual([id]);
    expect(inChannel()).toEqual(['🐋 first', '🐋 lost']);
    await queue.publisher.close();
  });

  test('cannot be looked for where no admin has opened the bot', async () => {
    using queue = open({ adminIds: () => [telegram.createUser().id] });
    approve(queue, 'first');
    await runOnce(queue);
    const id = approve(queue, 'lost');
    telegram.failNext('sendMessage', { type: 'lost-answer' });
    queue.publisher.poke();
    await queue.publisher.settled();
    expect(queue.posts.find(id)).toMatchObject({
      state: 'unknown',
      trouble: { kind: 'not-looked' },
    });
    await queue.publisher.close();
  });
});

describe('a channel that takes nothing', () => {
  test.each([
    [{ code: 403, description: 'Forbidden: bot was kicked from the channel chat' }],
    [{ code: 400, description: 'Bad Request: need administrator rights in the channel chat' }],
    [{ code: 400, description: 'Bad Request: chat not found' }],
  ])('is told of once while the queue waits: %j', async (refusal) => {
    const clock = manualClock();
    using queue = open({ clock });
    telegram.failWhen(({ method }) =>
      method === 'sendMessage' ? { type: 'refusal', ...refusal } : null,
    );
    const first = approve(queue, 'one');
    const second = approve(queue, 'two');
    await runOnce(queue);
    expect(telegram.callsOf('sendMessage')).toHaveLength(1);
    await clock.advance(59_999);
    await queue.publisher.settled();
    expect(telegram.callsOf('sendMessage')).toHaveLength(1);
    await clock.advance(1);
    await queue.publisher.settled();
    expect(telegram.callsOf('sendMessage')).toHaveLength(2);
    expect(queue.faults).toEqual(Array(2).fill(`began channel: ${refusal.description}`));
    expect(queue.posts.find(first)?.state).toBe('approved');
    expect(queue.posts.find(second)?.state).toBe('approved');

    telegram.failWhen(null);
    await clock.advance(120_000);
    await queue.publisher.settled();
    expect(inChannel()).toEqual(['🐋 one', '🐋 two']);
    expect(queue.faults.at(-1)).toBe('ended channel');
    await queue.publisher.close();
  });

  test('that does not exist is told of, and nothing is lost', async () => {
    using queue = open({ name: '@no_such_channel', clock: manualClock() });
    const id = approve(queue, 'one');
    await runOnce(queue);
    expect(queue.faults).toEqual(['began channel: Bad Request: chat not found']);
    expect(queue.posts.find(id)?.state).toBe('approved');
    expect(telegram.callsOf('sendMessage')).toEqual([]);
    await queue.publisher.close();
  });

  test('that asks to wait is obeyed, and the post comes once', async () => {
    using queue = open();
    telegram.failNext('sendMessage', {
      type: 'refusal',
      code: 429,
      description: 'Too Many Requests: retry after 5',
      retryAfter: 5,
    });
    approve(queue, 'one');
    await runOnce(queue);
    expect(inChannel()).toEqual(['🐋 one']);
    await queue.publisher.close();
  });

  test('that refuses one post gives it back to the admins and takes the others', async () => {
    using queue = open();
    telegram.failNext('sendMessage', {
      type: 'refusal',
      code: 400,
      description: 'Bad Request: message is too long',
    });
    const id = approve(queue, 'long');
    approve(queue, 'short');
    await runOnce(queue);
    expect(queue.posts.find(id)).toMatchObject({
      state: 'draft',
      trouble: { kind: 'refused', words: 'Bad Request: message is too long' },
    });
    expect(inChannel()).toEqual(['🐋 short']);
    expect(queue.changed).toContain(id);
    await queue.publisher.close();
  });
});

describe('a published post', () => {
  test('can be taken out of the channel, also where somebody did so already', async () => {
    using queue = open();
    const first = approve(queue, 'one');
    const second = approve(queue, 'two');
    await runOnce(queue);
    expect(await queue.publisher.withdraw(first)).toBe('withdrawn');
    expect(inChannel()).toEqual(['🐋 two']);
    expect(queue.posts.find(first)).toMatchObject({ state: 'draft', sent: null });
    telegram.delete(queue.posts.find(second)?.sent?.messageId ?? 0, channel.id);
    expect(await queue.publisher.withdraw(second)).toBe('withdrawn');
    expect(await queue.publisher.withdraw(second)).toBe('failed');
    await queue.publisher.close();
  });

  test('that cannot be taken out stays published', async () => {
    using queue = open();
    const id = approve(queue, 'one');
    await runOnce(queue);
    telegram.failNext('deleteMessage', {
      type: 'refusal',
      code: 400,
      description: "Bad Request: message can't be deleted for everyone",
    });
    expect(await queue.publisher.withdraw(id)).toBe('too-late');
    telegram.failNext('deleteMessage', {
      type: 'refusal',
      code: 403,
      description: 'Forbidden: bot is not a member of the channel chat',
    });
    expect(await queue.publisher.withdraw(id)).toBe('failed');
    expect(queue.posts.find(id)?.state).toBe('published');
    await queue.publisher.close();
  });

  test('says what is new by now where it stands', async () => {
    using queue = open();
    const id = approve(queue, 'one');
    await runOnce(queue);
    expect(await queue.publisher.renew(id)).toBe('failed');
    queue.posts.renew(id, postContent('one', 'Вышла и статья.'));
    expect(await queue.publisher.renew(id)).toBe('renewed');
    expect(telegram.messages(channel.id)).toMatchObject([
      { text: '🐋 one\n\nВышла и статья.\n\nHuggingface' },
    ]);
    expect(queue.posts.find(id)).toMatchObject({ revision: 2, renewed: null });

    queue.posts.renew(id, postContent('one', 'И код.'));
    telegram.delete(queue.posts.find(id)?.sent?.messageId ?? 0, channel.id);
    expect(await queue.publisher.renew(id)).toBe('gone');
    expect(queue.posts.find(id)).toMatchObject({ state: 'published', renewed: null });
    await queue.publisher.close();
  });
});
