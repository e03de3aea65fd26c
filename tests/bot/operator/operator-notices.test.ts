import type { DatabaseSync } from 'node:sqlite';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { createLocales } from '../../../bot/locales/locale.ts';
import { createLogger } from '../../../bot/logger.ts';
import { FAULTS } from '../../../bot/operator/fault.ts';
import { createOperatorNotices } from '../../../bot/operator/operator-notices.ts';
import type { OperatorNotices } from '../../../bot/operator/operator-notices.ts';
import { openDatabase } from '../../../bot/state/database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const ANNA = 1;
const BOB = 2;
const DOWN = 'searxng: the server is not available (HTTP 503)';
const SEARCH_DOWN =
  'Поиск не отвечает, поэтому на новые вопросы ответов нет. Проверьте доступ в сеть и SEARXNG_URL, если он задан. Если поиск поднимется сам, больше ничего делать не нужно.\nПодробности: searxng: the server is not available (HTTP 503)';

const locales = createLocales();
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let database: DatabaseSync;
let told: [adminId: number, text: string][];
let admins: number[];
let refusal: ((adminId: number) => Promise<void>) | null;
let log: string[];
let time: Date;
let notices: OperatorNotices;

beforeEach(async () => {
  folder = await temporaryFolder();
  told = [];
  admins = [ANNA];
  refusal = null;
  log = [];
  time = new Date('2026-11-02T10:00:00Z');
  begin();
});
afterEach(async () => {
  database.close();
  await folder[Symbol.asyncDispose]();
});

/** As with a start of the program. */
function begin(): void {
  database = openDatabase({ folder: folder.path }).database;
  notices = createOperatorNotices({
    database,
    async tell(adminId, text) {
      await refusal?.(adminId);
      told.push([adminId, text]);
    },
    adminIds: () => admins,
    localeOf: (adminId) => (adminId === BOB ? locales.en : locales.ru),
    logger: createLogger({
      level: 'info',
      secrets: [],
      destination: { write: (line) => void log.push(line) },
    }),
    now: () => time,
  });
}

async function restart(): Promise<void> {
  await notices.settled();
  database.close();
  begin();
}

async function began(details = DOWN): Promise<void> {
  notices.began('search-down', details);
  await notices.settled();
}

async function ended(): Promise<void> {
  notices.ended('search-down');
  await notices.settled();
}

function passMinutes(minutes: number): void {
  time = new Date(time.getTime() + minutes * 60_000);
}

test('an admin is told once that something is wrong, and once that it is over', async () => {
  await began();
  await began();
  await began();
  expect(told).toEqual([[ANNA, SEARCH_DOWN]]);
  passMinutes(12);
  await ended();
  await ended();
  expect(told.slice(1)).toEqual([[ANNA, 'Поиск снова работает. Не работал 12 минут.']]);
});

test('the same over restarts of the program', async () => {
  await began();
  await restart();
  await began();
  expect(told).toHaveLength(1);
  passMinutes(60 * 5);
  await restart();
  await ended();
  expect(told.slice(1)).toEqual([[ANNA, 'Поиск снова работает. Не работал 5 часов.']]);
  await restart();
  await ended();
  expect(told).toHaveLength(2);
});

test('what was never wrong is not over', async () => {
  await ended();
  expect(told).toEqual([]);
});

test('what comes back is told of again', async () => {
  await began();
  await ended();
  await began();
  expect(told.map(([, text]) => text.slice(0, 20))).toEqual([
    'Поиск не отвечает, п',
    'Поиск снова работает',
    'Поиск не отвечает, п',
  ]);
});

test('every admin is told, in the language of each', async () => {
  admins = [ANNA, BOB];
  await began();
  expect(told.map(([adminId, text]) => [adminId, text.split(',')[0]])).toEqual([
    [ANNA, 'Поиск не отвечает'],
    [BOB, 'The search is not responding'],
  ]);
  await ended();
  expect(told.slice(2)).toEqual([
    [ANNA, 'Поиск снова работает. Не работал меньше минуты.'],
    [BOB, 'The search works again. It was down for less than a minute.'],
  ]);
});

test('several at the same moment make one notice', async () => {
  const held = Promise.withResolvers<void>();
  refusal = () => held.promise;
  notices.began('search-down', DOWN);
  notices.began('search-down', DOWN);
  held.resolve();
  await notices.settled();
  expect(told).toHaveLength(1);
});

test('a program that ends does not wait for ever for a notice', async () => {
  refusal = () => new Promise(() => {});
  notices.began('search-down', DOWN);
  await notices.settled(0);
  expect(told).toEqual([]);
});

test('a notice that reached nobody is sent when the fault is seen again', async () => {
  refusal = () => Promise.reject(new Error('Telegram cannot be reached'));
  await began();
  refusal = null;
  await began();
  expect(told).toEqual([[ANNA, SEARCH_DOWN]]);
});

test('one that reached an admin is not sent again for the sake of another', async () => {
  admins = [ANNA, BOB];
  refusal = (adminId) => (adminId === BOB ? Promise.reject(new Error('no')) : Promise.resolve());
  await began();
  refusal = null;
  await began();
  expect(told.map(([adminId]) => adminId)).toEqual([ANNA]);
  expect(log.join('')).toContain('an admin could not be told of a fault');
});

test('that it is over is told later where it could not be told', async () => {
  await began();
  refusal = () => Promise.reject(new Error('Telegram cannot be reached'));
  passMinutes(30);
  await ended();
  refusal = null;
  passMinutes(1);
  await restart();
  await ended();
  await ended();
  expect(told.slice(1)).toEqual([[ANNA, 'Поиск снова работает. Не работал 31 минуту.']]);
});

test('a fault that nobody was told of ends without a word', async () => {
  admins = [];
  await began();
  expect(log.join('')).toContain(DOWN);
  admins = [ANNA];
  await ended();
  expect(told).toEqual([]);
});

test('whoever becomes an admin while it stands is told', async () => {
  admins = [];
  await began();
  admins = [ANNA];
  await began();
  expect(told).toEqual([[ANNA, SEARCH_DOWN]]);
});

test('a disk that keeps nothing stays in the log', async () => {
  database.close();
  await began();
  await ended();
  expect(told).toEqual([]);
  expect(log.join('')).toContain('a notice for the operator could not be kept');
  database = openDatabase({ folder: folder.path }).database;
});

describe.each(['ru', 'en'] as const)('in %s', (language) => {
  test.each(FAULTS)('%s is said in words that say what to do', (fault) => {
    const { t } = locales[language];
    const text = t(`fault-${fault}`, { details: 'the details' });
    expect(text).toContain('the details');
    expect(text.length).toBeLessThan(400);
    expect(t(`fault-${fault}-over`, { lasted: 'a while' })).toContain('a while');
  });
});

test.each([
  [0, 'меньше минуты', 'less than a minute'],
  [1, '1 минуту', '1 minute'],
  [3, '3 минуты', '3 minutes'],
  [119, '119 минут', '119 minutes'],
  [120, '2 часа', '2 hours'],
  [60 * 47, '47 часов', '47 hours'],
  [60 * 24 * 21, '21 день', '21 days'],
])('%d minutes are %s', async (minutes, inRussian, inEnglish) => {
  admins = [ANNA, BOB];
  await began();
  passMinutes(minutes);
  await ended();
  expect(told.slice(2)).toEqual([
    [ANNA, `Поиск снова работает. Не работал ${inRussian}.`],
    [BOB, `The search works again. It was down for ${inEnglish}.`],
  ]);
});
