import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { runAnswersBench } from './answers.ts';
import { runCrawlBench } from './crawl.ts';
import { runDigestBench } from './digest.ts';
import { runExtractionBench } from './extraction.ts';
import { runIndexBench } from './index/figures.ts';
import { runLatencyBench } from './latency.ts';
import { runLiesBench } from './lies.ts';
import { runLoadBench, showLoad } from './load.ts';
import { runPlantedBench } from './planted.ts';
import { runReindexBench } from './reindex.ts';
import { runRetrievalBench } from './retrieval.ts';
import { runSentencesBench } from './sentences.ts';
import { runStartupBench } from './startup.ts';
import { runVerificationBench } from './verification.ts';

interface BenchOptions {
  dataFolder: string;
  /** How many passages to make, where a benchmark makes them. */
  passages: number;
  /** Where programs to compare with are installed, as `node_modules`. */
  peersFolder: string;
  /** How many chats ask at once, where people are played. */
  chats: number;
  /** Whether calls fail, where that is played; undefined for both ways. */
  failing: boolean | undefined;
  log: (line: string) => void;
}

interface Benchmark {
  /** Folder of shared/benchmarks that it reads; null when it makes its own data. */
  data: string | null;
  /** Resolves to its figures, and to a table of them where it has one. */
  run(options: BenchOptions): Promise<{ figures: object; table?: string }>;
}

const benchmarks: Record<string, Benchmark> = {
  answers: { data: 'retrieval', run: figuresOf(runAnswersBench) },
  crawl: { data: null, run: figuresOf(runCrawlBench) },
  digest: { data: null, run: figuresOf(({ log }) => runDigestBench({ log })) },
  extraction: { data: 'extraction', run: figuresOf(runExtractionBench) },
  index: { data: 'retrieval', run: figuresOf(runIndexBench) },
  latency: { data: null, run: figuresOf(runLatencyBench) },
  lies: { data: 'retrieval', run: figuresOf(runLiesBench) },
  load: {
    data: null,
    async run(options) {
      const figures = await runLoadBench(options);
      return { figures, table: showLoad(figures) };
    },
  },
  planted: { data: 'retrieval', run: figuresOf(runPlantedBench) },
  reindex: { data: null, run: figuresOf(({ log }) => runReindexBench({ log })) },
  retrieval: { data: 'retrieval', run: figuresOf(runRetrievalBench) },
  sentences: { data: 'retrieval', run: figuresOf(runSentencesBench) },
  startup: { data: 'retrieval', run: figuresOf(runStartupBench) },
  verification: { data: 'verification', run: figuresOf(runVerificationBench) },
};

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const names = Object.keys(benchmarks).join(', ');
  let parsed;
  try {
    parsed = parseArgs({
      args,
      allowPositionals: true,
      options: {
        data: { type: 'string' },
        json: { type: 'boolean', default: false },
        passages: { type: 'string', default: '100000' },
        chats: { type: 'string', default: '200' },
        failing: { type: 'boolean' },
        peers: { type: 'string', default: fileURLToPath(new URL('../../', import.meta.url)) },
      },
    });
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
  const [name, ...others] = parsed.positionals;
  const benchmark = name === undefined ? undefined : benchmarks[name];
  if (name === undefined || benchmark === undefined || others.length > 0) {
    return refuse(
      `Usage: npm run bench -- NAME [--data DIR] [--passages N] [--chats N] [--peers DIR] [--failing] [--json], where NAME is ${names}.`,
    );
  }
  const dataFolder = parsed.values.data ?? defaultFolder(benchmark);
  if (benchmark.data !== null && !existsSync(dataFolder)) {
    return refuse(
      `The data of this benchmark is not at ${dataFolder}: pass --data with a folder laid out like benchmarks/${benchmark.data}.`,
    );
  }
  const { json, failing, peers: peersFolder } = parsed.values;
  const counts = { passages: 0, chats: 0 };
  for (const option of ['passages', 'chats'] as const) {
    counts[option] = Number(parsed.values[option]);
    if (!Number.isSafeInteger(counts[option]) || counts[option] < 1) {
      return refuse(
        `--${option} takes a whole number from 1, and this is ${parsed.values[option]}.`,
      );
    }
  }
  const log = (line: string): void => console.error(line);
  const { figures, table } = await benchmark.run({
    dataFolder,
    ...counts,
    peersFolder,
    failing,
    log,
  });
  console.log(json ? JSON.stringify(figures) : (table ?? JSON.stringify(figures, null, 2)));
  return 0;
}

function figuresOf(run: (options: BenchOptions) => Promise<object>): Benchmark['run'] {
  return async (options) => ({ figures: await run(options) });
}

function defaultFolder({ data }: Benchmark): string {
  return fileURLToPath(new URL(`../../../shared/benchmarks/${data ?? ''}`, import.meta.url));
}

function refuse(sentence: string): number {
  console.error(sentence);
  return 2;
}
