import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

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

// Each is loaded by itself: what the others need would count as its memory.
const benchmarks: Record<string, Benchmark> = {
  answers: {
    data: 'retrieval',
    run: figuresOf(async (options) => (await import('./answers.ts')).runAnswersBench(options)),
  },
  crawl: {
    data: null,
    run: figuresOf(async (options) => (await import('./crawl.ts')).runCrawlBench(options)),
  },
  digest: {
    data: null,
    run: figuresOf(async ({ log }) => (await import('./digest.ts')).runDigestBench({ log })),
  },
  direct: {
    data: null,
    run: figuresOf(async () => (await import('./direct.ts')).runDirectBench()),
  },
  extraction: {
    data: 'extraction',
    run: figuresOf(async (options) =>
      (await import('./extraction.ts')).runExtractionBench(options),
    ),
  },
  index: {
    data: 'retrieval',
    run: figuresOf(async (options) => (await import('./index/figures.ts')).runIndexBench(options)),
  },
  latency: {
    data: null,
    run: figuresOf(async (options) => (await import('./latency.ts')).runLatencyBench(options)),
  },
  lies: {
    data: 'retrieval',
    run: figuresOf(async (options) => (await import('./lies.ts')).runLiesBench(options)),
  },
  load: {
    data: null,
    async run(options) {
      const { runLoadBench, showLoad } = await import('./load.ts');
      const figures = await runLoadBench(options);
      return { figures, table: showLoad(figures) };
    },
  },
  planted: {
    data: 'retrieval',
    run: figuresOf(async (options) => (await import('./planted.ts')).runPlantedBench(options)),
  },
  reindex: {
    data: null,
    run: figuresOf(async ({ log }) => (await import('./reindex.ts')).runReindexBench({ log })),
  },
  retrieval: {
    data: 'retrieval',
    run: figuresOf(async (options) => (await import('./retrieval.ts')).runRetrievalBench(options)),
  },
  sentences: {
    data: 'retrieval',
    run: figuresOf(async (options) => (await import('./sentences.ts')).runSentencesBench(options)),
  },
  startup: {
    data: 'retrieval',
    run: figuresOf(async (options) => (await import('./startup.ts')).runStartupBench(options)),
  },
  verification: {
    data: 'verification',
    run: figuresOf(async (options) =>
      (await import('./verification.ts')).runVerificationBench(options),
    ),
  },
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
