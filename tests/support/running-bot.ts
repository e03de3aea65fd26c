import { readConfig } from '../../bot/config.ts';
import type { Environment } from '../../bot/config.ts';
import { start } from '../../bot/start.ts';
import type { StartOptions } from '../../bot/start.ts';
import { createSendingPace } from '../../bot/telegram/sending-pace.ts';
import type { Ask } from '../../generation/answer/answer-event.ts';
import type { FileLibrary } from '../../retrieval/files/file-library.ts';
import type { Check } from '../../generation/check/check-event.ts';
import type { TestTelegram } from './telegram.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** The whole bot but for what answers, at work on a Telegram of loopback. */
export interface RunningTestBot extends AsyncDisposable {
  readonly folder: string;
  /** Lines of the log. */
  readonly log: readonly string[];
  /** Ends the bot as SIGTERM does. Rejects with what kept it from running. */
  stop(): Promise<void>;
}

export interface RunningTestBotOptions {
  telegram: TestTelegram;
  ask: Ask;
  check?: Check;
  files?: FileLibrary;
  settings?: Environment;
  /** Of a bot that ran before. */
  folder?: string;
  botOptions?: StartOptions['botOptions'];
}

/** Without the pauses between messages, unless the test gives a pace. */
export async function startTestBot({
  telegram,
  ask,
  check,
  files,
  settings = {},
  folder,
  botOptions = {},
}: RunningTestBotOptions): Promise<RunningTestBot> {
  await using cleanup = new AsyncDisposableStack();
  const path = folder ?? cleanup.use(await temporaryFolder()).path;
  const log: string[] = [];
  const stopping = new AbortController();
  const running = start({
    config: readConfig({
      BOT_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: telegram.url,
      DATA_DIR: path,
      LOG_LEVEL: 'debug',
      ...settings,
    }),
    token: telegram.token,
    compose: () =>
      Promise.resolve({
        ask,
        ...(check && { check }),
        ...(files && { files }),
        close: () => Promise.resolve(),
      }),
    signal: stopping.signal,
    logDestination: { write: (line) => void log.push(line) },
    botOptions: { pace: withoutPauses(), ...botOptions },
  });
  // Whoever stops it sees what went wrong.
  running.catch(() => {});
  const kept = cleanup.move();
  const stop = async (): Promise<void> => {
    stopping.abort();
    await running;
    if (log.join('').includes(telegram.token)) throw new Error('The log holds the token.');
  };
  return {
    folder: path,
    log,
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
      await kept.disposeAsync();
    },
  };
}

function withoutPauses(): ReturnType<typeof createSendingPace> {
  return createSendingPace({
    gapMs: 0,
    limits: { messageGapMs: 0, groupFrameGapMs: 0, groupMessages: 1_000_000, keptForAnswers: 0 },
  });
}
