import type { DatabaseSync } from 'node:sqlite';

import { Api } from 'grammy';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { createChannel } from '../../../bot/digest/channel.ts';
import { createDigestDesk } from '../../../bot/digest/digest-desk.ts';
import type { DigestDesk, DigestDeskOptions } from '../../../bot/digest/digest-desk.ts';
import type { PreparedDigest } from '../../../bot/digest/prepare-digest.ts';
import { NO_QUIET_HOURS } from '../../../bot/digest/quiet-hours.ts';
import { readSchedule } from '../../../bot/digest/schedule.ts';
import { createLogger } from '../../../bot/logger.ts';
import { openDatabase } from '../../../bot/state/database.ts';
import { createDigestNotes } from '../../../bot/state/digest-notes.ts';
import { createDigestPosts } from '../../../bot/state/digest-posts.ts';
import type { DigestPosts } from '../../../bot/state/digest-posts.ts';
import type { BrokenRule } from '../../../generation/digest/digest-post.ts';
import type { UnreadPage } from '../../../retrieval/passage.ts';
import type { Release } from '../../../retrieval/releases/release.ts';
import { NO_FACTS, postContent, releaseNamed } from '../../support/digest-queue.ts';
import { manualClock } from '../../support/manual-clock.ts';
import type { ManualClock } from '../../support/manual-clock.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const LATER = new Date('2026-11-02T13:00:00Z');

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let database: DatabaseSync;
let posts: DigestPosts;
let clock: ManualClock;
let time: Date;
/** What releases there are, as one round finds them. */
let found: { name: string; brokenRules?: BrokenRule[] }[];
/** What is known of them by now. */
let known: Map<string, Release>;
let text: string;
/** What the writer cannot read. */
let notRead: UnreadPage[];
let rounds: number[];
let shown: number[];
let refreshed: number[];
let renewedInChannel: number[];
let isShown: Set<number>;
let holdRound: Promise<void>;

beforeEach(async () => {
  folder = await temporaryFolder();
  ({ database } = openDatabase({ folder: folder.path }));
  time = new Date('2026-11-02T12:00:00Z');
  posts = createDigestPosts(database, { now: () => time });
  clock = manualClock();
  found = [];
  known = new Map();
  text = 'Текст.';
  notRead = [];
  [rounds, shown, refreshed, renewedInChannel] = [[], [], [], []];
  isShown = new Set();
  holdRound = Promise.resolve();
});
afterEach(async () => {
  database.close();
  await folder[Symbol.asyncDispose]();
});

function open(options: Partial<DigestDeskOptions> = {}): DigestDesk {
  return createDigestDesk({
    digest: {
      async prepare({ signal, isTaken = () => false, atMost = 5 }) {
        rounds.push(time.getTime());
        await holdRound;
        signal.throwIfAborted();
        return prepared(isTaken, atMost);
      },
      writer: {
        write: (release) =>
          Promise.resolve({ post: postOf(release.id), table: { ...NO_FACTS, notRead } }),
        readFacts: () => Promise.resolve(NO_FACTS),
        edit: (release, _table, edited) =>
          Promise.resolve({ ...postOf(release.id, edited), generator: 'editor' }),
      },
      releases: { find: (id) => known.get(id) ?? null, sources: () => [] },
    },
    posts,
    notes: createDigestNotes(database),
    cards: {
      show(id) {
        shown.push(id);
        isShown.add(id);
        return Promise.resolve(true);
      },
      isShown: (id) => isShown.has(id),
      offer: () => Promise.resolve(),
      nameOf: () => Promise.resolve(null),
      refresh(id) {
        refreshed.push(id);
        return Promise.resolve();
      },
    },
    publisher: {
      begin() {},
      poke() {},
      renew(id) {
        renewedInChannel.push(id);
        return Promise.resolve('renewed');
      },
      close: () => Promise.resolve(),
    },
    channel: createChannel({
      api: new Api('42:secret'),
      name: '@model_news',
      notes: createDigestNotes(database),
    }),
    schedule: readSchedule('0 9 * * *', 'UTC'),
    mode: 'approve',
    quietHours: NO_QUIET_HOURS,
    timeZone: 'UTC',
    maxPerDay: 3,
    language: 'ru',
    logger: createLogger({ level: 'silent', secrets: [] }),
    clock,
    now: () => time,
    ...options,
  });
}

function prepared(isTaken: (release: Release) => boolean, atMost: number): PreparedDigest {
  const free = found.filter(({ name }) => !isTaken(releaseNamed(name)));
  return {
    sources: [],
    drafts: free.slice(0, atMost).map(({ name, brokenRules = [] }) => ({
      release: releaseNamed(name),
      score: 1,
      reasons: [],
      post: { ...postOf(name), brokenRules },
      notRead: [],
    })),
    waiting: Math.max(0, free.length - atMost),
    unmatched: [],
    notWritten: [],
  };
}

function postOf(name: string, said = text) {
  const content = postContent(name, said);
  if (content.kind !== 'release') throw new Error('a list');
  return content.post;
}

/** The wall clock goes on, and the other with it. */
async function passTime(ms: number, step = 30_000): Promise<void> {
  for (let gone = 0; gone < ms; gone += step) {
    time = new Date(time.getTime() + step);
    await clock.advance(step);
  }
}

describe('a round', () => {
  test('puts what is new into the queue once, and before the admins', async () => {
    const desk = open();
    found = [{ name: 'one' }, { name: 'two' }];
    const outcome = await desk.runRound();
    expect(outcome.posts.map(({ id, state }) => [id, state])).toEqual([
      [1, 'draft'],
      [2, 'draft'],
    ]);
    expect(shown).toEqual([1, 2]);
    expect((await desk.runRound()).posts).toEqual([]);
    expect(posts.count('draft')).toBe(2);
    await desk.close();
  });

  test('is one at a time, whoever asks for it', async () => {
    const desk = open();
    found = [{ name: 'one' }];
    const [first, second] = await Promise.all([desk.runRound(), desk.runRound()]);
    expect(rounds).toHaveLength(1);
    expect(second).toBe(first);
    expect(desk.lastOutcome()).toBe(first);
    await desk.close();
  });

  test('makes no more drafts in a day than may be, however many rounds there are', async () => {
    found = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name }));
    const desk = open({ maxPerDay: 3 });
    expect((await desk.runRound()).posts).toHaveLength(3);
    expect(await desk.runRound()).toMatchObject({ posts: [], waiting: 2 });
    time = new Date('2026-11-03T00:00:01Z');
    expect((await desk.runRound()).posts).toHaveLength(2);
    await desk.close();
  });

  test('without anybody to decide approves what breaks no rule, spread over the time', async () => {
    found = [
      { name: 'one', brokenRules: [{ rule: 'too-short', at: null }] },
      { name: 'two', brokenRules: [{ rule: 'unsupported-figure', at: '7' }] },
      { name: 'three' },
    ];
    const desk = open({ mode: 'auto' });
    await desk.runRound();
    expect(posts.find(1)).toMatchObject({ state: 'approved', decidedBy: null, dueAt: time });
    expect(posts.find(2)?.state).toBe('draft');
    expect(posts.find(3)?.dueAt).toEqual(new Date('2026-11-02T14:00:00Z'));
    expect(shown).toEqual([1, 2, 3]);
    await desk.close();
  });

  test('that is cut off leaves nothing half-made', async () => {
    const held = Promise.withResolvers<void>();
    holdRound = held.promise;
    found = [{ name: 'one' }];
    const desk = open();
    const round = desk.runRound();
    const closing = desk.close();
    held.resolve();
    await expect(round).rejects.toThrow('aborted');
    await closing;
    expect(posts.count('draft')).toBe(0);
  });
});

describe('the clock of rounds', () => {
  test('begins the first one at once, and the next when it is due, once', async () => {
    const desk = open();
    desk.begin();
    await clock.advance(0);
    expect(rounds).toHaveLength(1);
    await passTime(20 * 3_600_000);
    expect(rounds).toHaveLength(1);
    await passTime(2 * 3_600_000);
    expect(rounds.map((at) => new Date(at).toISOString())).toEqual([
      '2026-11-02T12:00:00.000Z',
      '2026-11-03T09:00:00.000Z',
    ]);
    await desk.close();
  });

  test('makes up for a round that was due while the program did not run', async () => {
    const before = open();
    await before.runRound();
    await before.close();
    time = new Date('2026-11-03T09:40:00Z');
    const desk = open();
    desk.begin();
    await clock.advance(0);
    expect(rounds).toHaveLength(2);
    await desk.close();
    // Half a day late is no morning any more.
    time = new Date('2026-11-04T22:00:00Z');
    const late = open();
    late.begin();
    await clock.advance(0);
    expect(rounds).toHaveLength(2);
    await late.close();
  });

  test('does not run wild when it is set on or back', async () => {
    const desk = open();
    desk.begin();
    await clock.advance(0);
    time = new Date('2027-06-01T09:10:00Z');
    await clock.advance(120_000);
    expect(rounds).toHaveLength(2);
    time = new Date('2026-11-02T12:10:00Z');
    await clock.advance(600_000);
    expect(rounds).toHaveLength(2);
    time = new Date('2026-11-03T09:00:10Z');
    await clock.advance(60_000);
    expect(rounds).toHaveLength(3);
    await desk.close();
  });

  test('tries what failed as a whole again later and later, not with every look', async () => {
    const tries: Date[] = [];
    const desk = open({
      digest: {
        prepare() {
          tries.push(time);
          return Promise.reject(new Error('disk full'));
        },
        writer: null as never,
        releases: { find: () => null, sources: () => [] },
      },
    });
    desk.begin();
    await passTime(2 * 3_600_000);
    const minutes = tries.map((at) => (at.getTime() - Date.parse('2026-11-02T12:00:00Z')) / 60_000);
    expect(minutes).toEqual([0, 10, 30, 70]);
    await expect(desk.runRound()).rejects.toThrow('disk full');
    await desk.close();
  });

  test('stands still while rounds are paused, over a restart too', async () => {
    const desk = open();
    desk.pause();
    desk.begin();
    await passTime(3_600_000);
    await desk.close();
    const next = open();
    next.begin();
    await passTime(3_600_000);
    expect(rounds).toEqual([]);
    expect(next.nextRoundAt()).toBeNull();
    next.resume();
    await passTime(60_000);
    expect(rounds).toHaveLength(1);
    expect(next.nextRoundAt()).toEqual(new Date('2026-11-03T09:00:00Z'));
    await next.close();
  });

  test('takes up a round that was killed', async () => {
    createDigestNotes(database).write('round-at', time.toISOString());
    createDigestNotes(database).write('round-open', 'yes');
    found = [{ name: 'one' }];
    const desk = open();
    desk.begin();
    await clock.advance(0);
    expect(rounds).toHaveLength(1);
    await passTime(120_000);
    expect(rounds).toHaveLength(1);
    expect(posts.count('draft')).toBe(1);
    await desk.close();
  });

  test('shows drafts that no admin has seen', async () => {
    const release = releaseNamed('one');
    posts.add({ origin: 'round', content: postContent('one'), release, reasons: [] });
    const desk = open();
    desk.begin();
    await clock.advance(0);
    expect(shown).toEqual([1]);
    await desk.close();
  });
});

describe('later appearances', () => {
  test('give a draft its new words, and a published post what it would say', async () => {
    const desk = open();
    found = [{ name: 'one' }, { name: 'two' }, { name: 'three' }];
    await desk.runRound();
    posts.approve(1, { by: 7, revision: 1, dueAt: time });
    posts.claimDue(time);
    posts.published(1, { channelId: -100, messageId: 5 });
    text = 'Вышла и статья.';
    for (const name of ['one', 'two']) {
      known.set(name, { ...releaseNamed(name), changedAt: new Date('2026-11-02T13:00:00Z') });
    }
    shown = [];
    expect((await desk.runRound()).renewed).toBe(2);
    expect(posts.find(1)).toMatchObject({ content: postContent('one', 'Текст.'), revision: 1 });
    expect(posts.find(1)?.renewed).toMatchObject(postContent('one', 'Вышла и статья.'));
    expect(posts.find(2)).toMatchObject({
      content: postContent('two', 'Вышла и статья.'),
      revision: 2,
    });
    expect([shown, refreshed, renewedInChannel]).toEqual([[1], [2], []]);
    // Known by now: nothing is written anew.
    expect((await desk.runRound()).renewed).toBe(0);
    await desk.close();
  });

  test('leave what an editor wrote', async () => {
    const desk = open();
    found = [{ name: 'one' }];
    await desk.runRound();
    const edited = postContent('one', 'Своими словами.');
    if (edited.kind === 'release') edited.post.generator = 'editor';
    posts.revise(1, 1, { content: edited });
    text = 'Вышла и статья.';
    known.set('one', { ...releaseNamed('one'), changedAt: new Date('2026-11-02T13:00:00Z') });
    await desk.runRound();
    const after = posts.find(1)?.content;
    expect(after?.kind === 'release' && after.post.text).toContain('Своими словами.');
    await desk.close();
  });

  test('are not made of what is left while a page is away, but of all of it later', async () => {
    const desk = open({ mode: 'auto' });
    found = [{ name: 'one' }];
    await desk.runRound();
    posts.claimDue(time);
    posts.published(1, { channelId: -100, messageId: 5 });
    known.set('one', { ...releaseNamed('one'), changedAt: new Date('2026-11-02T13:00:00Z') });
    text = 'Мало.';
    notRead = [{ url: 'https://huggingface.co/acme/one', reason: 'HTTP 503' }];
    await desk.runRound();
    expect(renewedInChannel).toEqual([]);
    expect(posts.find(1)?.renewed).toBeNull();
    text = 'Вышла и статья.';
    notRead = [{ url: 'https://huggingface.co/acme/one', reason: 'HTTP 403' }];
    await desk.runRound();
    expect(renewedInChannel).toEqual([1]);
    await desk.close();
  });

  test('are found under the name of what the release became part of, for one post of it', async () => {
    const desk = open();
    found = [{ name: 'model' }, { name: 'paper' }];
    await desk.runRound();
    const sent = posts.add({
      origin: 'message',
      content: postContent('sent'),
      release: { ...releaseNamed('sent'), id: 'link:https://huggingface.co/acme/sent' },
      reasons: [],
    });
    const merged = { ...releaseNamed('paper'), absorbed: ['model'] };
    for (const name of ['model', 'paper']) known.set(name, { ...merged, changedAt: LATER });
    known.set('huggingface:acme/sent', { ...releaseNamed('sent'), id: 'huggingface:acme/sent' });
    text = 'Вышла и статья.';
    expect((await desk.runRound()).renewed).toBe(2);
    expect(posts.find(1)?.revision).toBe(1);
    expect(posts.find(2)).toMatchObject({ revision: 2, release: { absorbed: ['model'] } });
    expect(posts.find(sent?.id ?? 0)).toMatchObject({
      revision: 2,
      release: { id: 'huggingface:acme/sent' },
    });
    expect((await desk.runRound()).renewed).toBe(0);
    await desk.close();
  });

  test('of what became part of another are brought to the only post that there is', async () => {
    const desk = open();
    found = [{ name: 'model' }];
    await desk.runRound();
    known.set('model', { ...releaseNamed('paper'), absorbed: ['model'], changedAt: LATER });
    text = 'Вышла и статья.';
    expect((await desk.runRound()).renewed).toBe(1);
    await desk.close();
  });

  test('are offered once in the same words, and not any more when they are out of date', async () => {
    const desk = open();
    found = [{ name: 'one' }];
    await desk.runRound();
    posts.approve(1, { by: 7, revision: 1, dueAt: time });
    posts.claimDue(time);
    posts.published(1, { channelId: -100, messageId: 5 });
    const change = async (hour: number, said: string) => {
      known.set('one', {
        ...releaseNamed('one'),
        changedAt: new Date(`2026-11-02T${hour}:00:00Z`),
      });
      text = said;
      return (await desk.runRound()).renewed;
    };
    expect(await change(13, 'Вышла и статья.')).toBe(1);
    expect(await change(14, 'Вышла и статья.')).toBe(0);
    expect(posts.find(1)?.renewed).not.toBeNull();
    expect(shown).toEqual([1, 1]);
    expect(await change(15, 'Текст.')).toBe(0);
    expect(posts.find(1)?.renewed).toBeNull();
    await desk.close();
  });

  test('are brought to the channel at once where nobody decides', async () => {
    const desk = open({ mode: 'auto' });
    found = [{ name: 'one' }];
    await desk.runRound();
    posts.claimDue(time);
    posts.published(1, { channelId: -100, messageId: 5 });
    text = 'Вышла и статья.';
    known.set('one', { ...releaseNamed('one'), changedAt: new Date('2026-11-02T13:00:00Z') });
    await desk.runRound();
    expect(renewedInChannel).toEqual([1]);
    await desk.close();
  });
});

describe('a list', () => {
  test('names what was published in its time, and is a draft like others', async () => {
    const desk = open();
    expect(await desk.makeList('week')).toBeNull();
    found = [{ name: 'one' }, { name: 'two' }];
    await desk.runRound();
    for (const id of [1, 2]) {
      posts.approve(id, { by: 7, revision: 1, dueAt: time });
      posts.claimDue(time);
      posts.published(id, { channelId: -100, messageId: 4 + id });
      time = new Date(time.getTime() + 2 * 86_400_000);
    }
    const list = await desk.makeList('week');
    expect(list).toMatchObject({ id: 3, origin: 'list', state: 'draft', release: null });
    expect(list?.content.post.text).toMatch(/^🗞 2 релиза за неделю\n/u);
    expect(shown.at(-1)).toBe(3);
    // Two admins who want it at once want one.
    expect(await desk.makeList('week')).toMatchObject({ id: 3 });
    expect(shown.slice(-2)).toEqual([3, 3]);
    expect(await desk.makeList('day')).toBeNull();
    await desk.close();
  });
});
