import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

import { compose } from '../../../bot/compose.ts';
import { readConfig } from '../../../bot/config.ts';
import type { Environment } from '../../../bot/config.ts';
import { atReadingPace } from '../../../bot/demo/reading-pace.ts';
import { start } from '../../../bot/start.ts';
import type { Ask } from '../../../generation/answer/answer-event.ts';

/** What the bot's own process tells of itself. */
export interface BotFigures {
  /** How late the event loop was, beyond the time between two looks at it. */
  eventLoopDelayP50Ms: number;
  eventLoopDelayP99Ms: number;
  eventLoopDelayMaxMs: number;
  /** Of the processor, while it was measured. */
  cpuSeconds: number;
  /** From its start on. */
  peakRssMb: number;
}

/** `measure` is answered by itself, `figures` by figures. */
export type BotRequest = 'measure' | 'figures';

/** Between two looks at the event loop. */
const RESOLUTION_MS = 5;

// Only as a program of its own: importing the types above runs nothing.
if (import.meta.main) await run(JSON.parse(process.argv[2] ?? '{}') as Environment);

/** The bot as an operator runs it. What it is asked about itself comes from the parent process. */
async function run(environment: Environment): Promise<void> {
  const stop = new AbortController();
  process.on('SIGTERM', () => stop.abort());
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  let cpuBefore = process.cpuUsage();
  process.on('message', (request: BotRequest) => {
    if (request === 'measure') {
      delay.enable();
      delay.reset();
      cpuBefore = process.cpuUsage();
      process.send?.(request);
      return;
    }
    delay.disable();
    const cpu = process.cpuUsage(cpuBefore);
    process.send?.({
      eventLoopDelayP50Ms: lateMs(delay.percentile(50)),
      eventLoopDelayP99Ms: lateMs(delay.percentile(99)),
      eventLoopDelayMaxMs: lateMs(delay.max),
      cpuSeconds: (cpu.user + cpu.system) / 1e6,
      peakRssMb: peakRssMb(),
    } satisfies BotFigures);
  });
  const config = readConfig(environment);
  await start({
    config,
    token: config.telegram.token ?? '',
    async compose(settings, options) {
      const app = await compose(settings, options);
      return { ...app, ask: writingEverySecondSlowly(app.ask) };
    },
    signal: stop.signal,
  });
  process.disconnect?.();
}

/** As a model would: so that drafts and edits flow beside the answers. */
function writingEverySecondSlowly(ask: Ask): Ask {
  const slowly = atReadingPace(ask, { wordsPerSecond: 12 });
  let count = 0;
  return (request, options) => {
    count += 1;
    return count % 2 === 0 ? slowly(request, options) : ask(request, options);
  };
}

/** The monitor counts from one look to the next, so that a loop that is never late shows the resolution. */
function lateMs(nanoseconds: number): number {
  return Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
}

/** Linux counts the parent's memory into a new process's `maxRSS`, but not into this. */
function peakRssMb(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS / 1024;
  const [, kilobytes] = /^VmHWM:\s*(\d+)/mu.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}
