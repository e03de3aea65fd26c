import { pino } from 'pino';
import { describe, expect, test } from 'vitest';

import { statsFeature } from '../../../bot/features/stats.ts';
import { unknownFeature } from '../../../bot/features/unknown.ts';
import type { KeptStats } from '../../../bot/operator/kept-stats.ts';
import type { PeriodStats, Stats } from '../../../bot/state/stats.ts';
import { startFeatureBot } from '../../support/feature-bot.ts';
import { startTelegram } from '../../support/telegram.ts';

const NONE: PeriodStats = {
  questions: 0,
  answered: 0,
  declined: 0,
  failed: 0,
  stopped: 0,
  medianMs: null,
  p95Ms: null,
  liked: 0,
  disliked: 0,
  chats: 0,
};

const STATS: Stats = {
  day: NONE,
  week: {
    questions: 8,
    answered: 5,
    declined: 1,
    failed: 1,
    stopped: 1,
    medianMs: 1_249,
    p95Ms: 12_000,
    liked: 3,
    disliked: 2,
    chats: 21,
  },
  disliked: ['Почему\n  небо https://example.org голубое?', `Ы${'ы'.repeat(200)}`],
};

async function ask(
  userId: number,
  stats: Stats,
  { inGroup = false, readKept }: { inGroup?: boolean; readKept?: () => Promise<KeptStats> } = {},
): Promise<string> {
  await using telegram = await startTelegram();
  const features = [
    statsFeature({
      readStats: () => stats,
      ...(readKept !== undefined && { readKept }),
      logger: pino({ level: 'silent' }),
    }),
    unknownFeature(),
  ];
  await using bot = await startFeatureBot({ telegram, features, adminIds: [7] });
  const from = telegram.createUser({ id: userId, language_code: userId === 8 ? 'en' : 'ru' });
  const chatId = inGroup ? telegram.createGroup({ members: [from] }).id : userId;
  telegram.write('/stats@istok_test_bot', { from, chatId });
  await bot.handled(1);
  return telegram
    .callsOf('sendMessage')
    .map(({ payload }) => String(payload['text']))
    .join('|');
}

describe('/stats', () => {
  test('tells an admin how the bot is doing', async () => {
    expect(await ask(7, STATS)).toBe(
      [
        'За сутки',
        'Вопросов не было.',
        '',
        'За семь дней',
        '8 вопросов',
        'в 21 чате',
        'отвечено 63 %, ответа не нашлось 13 %, сбои 13 %, остановлено 13 %',
        'половина ответов не дольше 1,2 с, 95 % не дольше 12 с',
        '👍 3, 👎 2',
        '',
        'Что не понравилось',
        '• Почему небо https://example.org голубое?',
        `• Ы${'ы'.repeat(118)}…`,
      ].join('\n'),
    );
  });

  test('is short while nothing was asked', async () => {
    expect(await ask(7, { day: NONE, week: NONE, disliked: [] })).toBe(
      'За сутки\nВопросов не было.\n\nЗа семь дней\nВопросов не было.',
    );
  });

  test('is no command for anybody else', async () => {
    expect(await ask(77, STATS)).toBe(
      'Такой команды нет. Задайте вопрос своими словами, а что я умею, покажет /help.',
    );
  });

  test('is not shown in a group, where others would read the questions', async () => {
    expect(await ask(7, STATS, { inGroup: true })).toBe('Это покажу только в личных сообщениях.');
    expect(await ask(77, STATS, { inGroup: true })).toBe('');
  });

  test('tells what is kept of the web, and nothing of it when it cannot be counted', async () => {
    const none = { day: NONE, week: NONE, disliked: [] };
    const kept = {
      pages: 21,
      passages: 102,
      sources: 2,
      bytes: 4_400_000,
      fetched: 8,
      fromCache: 3,
    };
    const told = await ask(7, none, { readKept: () => Promise.resolve(kept) });
    expect(told).toContain(
      'Прочитанное\n21 страница, 102 отрывка\nисточников: 2\nна диске 5 МБ\nстраниц без новой загрузки: 38 %',
    );
    const untold = await ask(7, none, { readKept: () => Promise.reject(new Error('disk')) });
    expect(untold).not.toContain('Прочитанное');
    expect(untold).toContain('За сутки');
  });
});
