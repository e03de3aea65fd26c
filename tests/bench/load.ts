import { createCrowd } from './load/crowd.ts';
import type { AskedQuestion } from './load/crowd.ts';
import type { LoadFigures } from './load/load-figures.ts';
import { loadTable } from './load/load-table.ts';
import { failOneInTwenty, isPlayed } from './load/one-in-twenty.ts';
import type { BotFigures } from './load/measured-bot.ts';
import { LOAD_QUESTIONS } from './load/questions.ts';
import { runMeasuredBot } from './load/run-measured-bot.ts';
import { startFakeTelegram } from '../../bot/demo/fake-telegram/fake-telegram.ts';
import type {
  ChatEvent,
  FakeTelegram,
  TelegramCall,
} from '../../bot/demo/fake-telegram/fake-telegram.ts';
import { startDemoWeb } from '../support/demo-web-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { quantile, round } from './statistics.ts';

export interface LoadOptions {
  chats: number;
  /** Whether one in twenty calls fails; both ways, one after the other, when undefined. */
  failing?: boolean | undefined;
  log: (line: string) => void;
  /** For the bot's process, such as `--cpu-prof`. */
  execArgv?: readonly string[];
  deadlineMs?: number;
}

/**
 * People in so many chats ask at the same moment, through an emulated Telegram that keeps Telegram's
 * limits, of a small web. The bot runs in a process of its own, which has answered one question before.
 */
export async function runLoadBench({ failing, ...options }: LoadOptions): Promise<LoadResult> {
  if (failing !== undefined) return await runOnce({ ...options, failing });
  const figures = await runOnce({ ...options, failing: false });
  return { ...figures, failing: await runOnce({ ...options, failing: true }) };
}

export interface LoadResult extends LoadFigures {
  /** The same with one call in twenty failing, where both were run. */
  failing?: LoadFigures;
}

export function showLoad({ failing, ...figures }: LoadResult): string {
  const runs = [{ name: failing === undefined ? '' : 'as it is', figures }];
  if (failing !== undefined) runs.push({ name: '1 call in 20 fails', figures: failing });
  return loadTable(runs);
}

async function runOnce({
  chats,
  failing,
  log,
  execArgv = [],
  deadlineMs = 180_000,
}: LoadOptions & { failing: boolean }): Promise<LoadFigures> {
  await using telegram = await startFakeTelegram({ limits: 'telegram' });
  await using web = await startDemoWeb({ slowMs: 3000 });
  await using folder = await temporaryFolder();
  const bot = runMeasuredBot(
    {
      BOT_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: telegram.url,
      WIKIPEDIA: 'off',
      DATA_DIR: folder.path,
      ...web.settings,
    },
    { folder: folder.path, execArgv },
  );
  let asked: AskedQuestion[];
  let figures: BotFigures;
  let logged: Record<string, number>;
  const crowd = createCrowd(telegram, { chats, questions: LOAD_QUESTIONS });
  let faultsPlayed = 0;
  let callsBefore: number;
  let alone: { typingMs: number; readingMs: number };
  try {
    await Promise.race([warmUp(telegram), bot.broken]);
    alone = await Promise.race([askAlone(telegram), bot.broken]);
    callsBefore = telegram.calls.length;
    log(`${chats} chats ask${failing ? ', and one in twenty calls fails' : ''}`);
    await bot.measure();
    const faults = failing ? failOneInTwenty(telegram) : null;
    asked = await Promise.race([
      crowd.ask({ patience: AbortSignal.timeout(deadlineMs) }),
      bot.broken,
    ]);
    figures = await bot.figures();
    faultsPlayed = faults?.count ?? 0;
  } finally {
    // What is still under way comes to its end: only then is it known what came twice.
    logged = await bot.stop();
  }
  const calls = telegram.calls.slice(callsBefore);
  const rejections = countRejections(calls);
  const times = asked.map(({ outcome, afterMs }) => (outcome === null ? deadlineMs : afterMs));
  const count = (outcome: AskedQuestion['outcome']): number =>
    asked.filter((question) => question.outcome === outcome).length;
  const countOf = (method: string): number => calls.filter((call) => call.method === method).length;
  return {
    chats,
    questions: asked.length,
    lost: count(null),
    duplicated: crowd.duplicated(),
    rejected: Object.values(rejections).reduce((sum, number) => sum + number, 0),
    p95Ms: quantile(times, 0.95),
    eventLoopDelayP99Ms: round(figures.eventLoopDelayP99Ms, 1),
    peakRssMb: round(figures.peakRssMb, 1),
    answered: count('answered'),
    declined: count('declined'),
    failed: count('failed'),
    unknownTold: count('unknown'),
    rejections,
    faultsPlayed,
    p50Ms: quantile(times, 0.5),
    typingP95Ms: quantile(crowd.typingTimes(), 0.95),
    aloneTypingMs: round(alone.typingMs, 1),
    aloneReadingMs: round(alone.readingMs, 1),
    seconds: round(Math.max(...times) / 1000, 1),
    eventLoopDelayP50Ms: round(figures.eventLoopDelayP50Ms, 1),
    eventLoopDelayMaxMs: round(figures.eventLoopDelayMaxMs, 1),
    cpuSeconds: round(figures.cpuSeconds, 1),
    calls: calls.length,
    drafts: countOf('sendMessageDraft'),
    edits: countOf('editMessageText'),
    logged,
  };
}

/** One question, so that what is loaded on first use is there. */
async function warmUp(telegram: FakeTelegram): Promise<void> {
  const from = telegram.createUser();
  telegram.write('Кто придумал периодическую таблицу?', { from });
  await telegram.waitForEvent(
    (event) =>
      event.type === 'message' &&
      event.chatId === from.id &&
      event.message.from?.id === telegram.bot.id,
  );
}

/** A question for which a slow page is read, so that there is something to see meanwhile. */
async function askAlone(telegram: FakeTelegram): Promise<{ typingMs: number; readingMs: number }> {
  const from = telegram.createUser({ language_code: 'en' });
  const startedAt = performance.now();
  const untilSeen = async (isSeen: (event: ChatEvent) => boolean): Promise<number> => {
    await telegram.waitForEvent(
      (event) => 'chatId' in event && event.chatId === from.id && isSeen(event),
    );
    return performance.now() - startedAt;
  };
  const typing = untilSeen(({ type }) => type === 'typing');
  const reading = untilSeen(
    (event) => event.type === 'draft' && /^Reading \d+ page/u.test(event.draft.text),
  );
  telegram.write('How does retrieval-augmented generation work?', { from });
  const seen = { typingMs: await typing, readingMs: await reading };
  await untilSeen(
    (event) => event.type === 'message' && event.message.from?.id === telegram.bot.id,
  );
  return seen;
}

/** What a repeated call is refused for, since its first try had come through, is no fault of the bot. */
function countRejections(calls: readonly TelegramCall[]): Record<string, number> {
  const cameThrough = new Set<string>();
  const counts: Record<string, number> = {};
  for (const { method, payload, ok, description, result } of calls) {
    const key = `${method} ${JSON.stringify(payload)}`;
    if (description === 'lost-answer' && result !== null) cameThrough.add(key);
    const isRefused = !ok && !isPlayed(description) && !cameThrough.has(key);
    if (!isRefused) continue;
    const words = `${method}: ${description}`;
    counts[words] = (counts[words] ?? 0) + 1;
  }
  return counts;
}
