import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { startFakeTelegram } from '../../bot/demo/fake-telegram/fake-telegram.ts';
import { openEmbeddedIndex } from '../../retrieval/index/embedded-index.ts';
import { passageId } from '../../retrieval/passage-id.ts';
import { analyzePassage } from '../../retrieval/text/analyze.ts';
import { sendJson, startServer } from '../support/loopback-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { sequence } from './sequence.ts';
import { readSentences, sampleText } from './sampled-passages.ts';
import { startFlags } from './start-flags.ts';
import { round } from './statistics.ts';

const passagesAPage = 20;
const idleMs = 3000;

/**
 * The bot as an operator starts it, against an emulated Telegram: from the start of the process to
 * its first answer out of the index, and what it holds in memory when nothing happens. Once with an
 * empty index (where the honest answer is that nothing was found), once with a full one.
 */
export async function runStartupBench({
  dataFolder,
  passages,
  log,
}: {
  dataFolder: string;
  passages: number;
  log: (line: string) => void;
}): Promise<object> {
  const sentences = readSentences(dataFolder);
  await using empty = await temporaryFolder();
  const emptyIndex = await startBot(empty.path, 'сколько весит гиппопотам?');
  log(`empty index: ${JSON.stringify(emptyIndex)}`);
  await using full = await temporaryFolder();
  await fill(join(full.path, 'index'), sentences, passages, log);
  const fullIndex = await startBot(full.path, sentences[0] ?? '');
  return { empty: emptyIndex, full: { passages, ...fullIndex } };
}

/** Passages of about 120 words sampled from the sentences by a fixed sequence. */
async function fill(
  folder: string,
  sentences: readonly string[],
  passages: number,
  log: (line: string) => void,
): Promise<void> {
  const index = await openEmbeddedIndex({ folder });
  const next = sequence(7);
  for (let page = 0; page * passagesAPage < passages; page += 1) {
    const url = `https://sample-${page}.example/`;
    const about = { pageUrl: url, title: `${page}`, site: 'sample.example', heading: null };
    const made = Array.from({ length: Math.min(passagesAPage, passages - page * passagesAPage) });
    await index.replacePage({
      url,
      scope: 'public',
      sourceId: null,
      passages: made.map((_, position) => {
        const text = sampleText(sentences, next);
        const id = passageId({ scope: 'public', url, position });
        const dates = { publishedAt: null, fetchedAt: '2026-01-01T00:00:00.000Z' };
        const vectors = analyzePassage({ title: about.title, heading: null, text });
        return {
          id,
          ...about,
          ...dates,
          language: 'ru',
          position,
          place: null,
          text,
          ...vectors,
          dense: null,
        };
      }),
    });
    if (page % 1000 === 999) log(`${(page + 1) * passagesAPage} passages indexed`);
  }
  await index.close();
}

async function startBot(
  dataDir: string,
  question: string,
): Promise<{ firstPollSeconds: number; firstAnswerSeconds: number; idleRssMb: number }> {
  await using telegram = await startFakeTelegram();
  await using search = await startServer((_request, response) => {
    sendJson(response, { results: [] });
  });
  telegram.write(question);
  const startedAt = performance.now();
  const bot = spawn(
    process.execPath,
    [...startFlags(), '-r', './bot/check-node.cts', 'bot/main.ts'],
    {
      env: {
        PATH: process.env['PATH'],
        BOT_TOKEN: telegram.token,
        TELEGRAM_API_ROOT: telegram.url,
        SEARXNG_URL: search.url,
        WIKIPEDIA: 'off',
        DATA_DIR: dataDir,
        LOG_LEVEL: 'error',
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  try {
    const seconds = (): number => round((performance.now() - startedAt) / 1000, 2);
    await telegram.waitFor('sendChatAction');
    const firstPollSeconds = seconds();
    await telegram.waitFor('sendMessage');
    const firstAnswerSeconds = seconds();
    await pause(idleMs);
    return { firstPollSeconds, firstAnswerSeconds, idleRssMb: residentMb(bot.pid ?? 0) };
  } finally {
    bot.kill('SIGTERM');
    if (bot.exitCode === null) await once(bot, 'exit');
  }
}

function residentMb(pid: number): number {
  return round(
    Number(execFileSync('ps', ['-o', 'rss=', '-p', `${pid}`], { encoding: 'utf8' })) / 1024,
    1,
  );
}
