import { fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Environment } from '../../../bot/config.ts';
import { startFlags } from '../start-flags.ts';
import type { BotFigures, BotRequest } from './measured-bot.ts';

/** The bot in a process of its own, so that what it costs is its own alone. */
export interface MeasuredBot {
  /** Rejects with what it has logged when it ends before it is told to. */
  readonly broken: Promise<never>;
  measure(): Promise<void>;
  figures(): Promise<BotFigures>;
  /** Ends it as an operator would; resolves to how many lines of which level it has logged. */
  stop(): Promise<Record<string, number>>;
}

export function runMeasuredBot(
  environment: Environment,
  { folder, execArgv = [] }: { folder: string; execArgv?: readonly string[] },
): MeasuredBot {
  const log = join(folder, 'log');
  const output = openSync(log, 'w');
  const bot = fork(PROGRAM, [JSON.stringify(environment)], {
    execArgv: [...startFlags(), '-r', CHECK_NODE, ...execArgv],
    stdio: ['ignore', output, output, 'ipc'],
    env: {},
  });
  closeSync(output);
  const exited = once(bot, 'exit');
  const broken = exited.then((): never => {
    throw new Error(`The bot has ended: ${readFileSync(log, 'utf8')}`);
  });
  broken.catch(() => {});

  async function ask(request: BotRequest): Promise<unknown> {
    bot.send(request);
    const [answer] = (await Promise.race([once(bot, 'message'), broken])) as [unknown];
    return answer;
  }

  return {
    broken,
    async measure() {
      await ask('measure');
    },
    figures: () => ask('figures') as Promise<BotFigures>,
    async stop() {
      bot.kill('SIGTERM');
      await exited;
      return countByLevel(readFileSync(log, 'utf8'));
    },
  };
}

const PROGRAM = fileURLToPath(new URL('measured-bot.ts', import.meta.url));
const CHECK_NODE = fileURLToPath(new URL('../../../bot/check-node.cts', import.meta.url));

function countByLevel(log: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const line of log.split('\n')) {
    if (line === '') continue;
    const [, level = ''] = /^\{"level":(\d+)/u.exec(line) ?? [];
    const name = LEVELS[level] ?? 'other';
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

const LEVELS: Record<string, string> = { 30: 'info', 40: 'warn', 50: 'error', 60: 'fatal' };
