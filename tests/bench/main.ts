import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { runAnswersBench } from './answers.ts';
import { runExtractionBench } from './extraction.ts';
import { runLatencyBench } from './latency.ts';

interface Benchmark {
  /** Folder of shared/benchmarks that it reads; null when it makes its own data. */
  data: string | null;
  run(options: { dataFolder: string; log: (line: string) => void }): Promise<object>;
}

const benchmarks: Record<string, Benchmark> = {
  answers: { data: 'retrieval', run: runAnswersBench },
  extraction: { data: 'extraction', run: runExtractionBench },
  latency: { data: null, run: runLatencyBench },
};

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const names = Object.keys(benchmarks).join(', ');
  let parsed;
  try {
    parsed = parseArgs({
      args,
      allowPositionals: true,
      options: { data: { type: 'string' }, json: { type: 'boolean', default: false } },
    });
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
  const [name, ...others] = parsed.positionals;
  const benchmark = name === undefined ? undefined : benchmarks[name];
  if (name === undefined || benchmark === undefined || others.length > 0) {
    return refuse(`Usage: npm run bench -- NAME [--data DIR] [--json], where NAME is ${names}.`);
  }
  const dataFolder = parsed.values.data ?? defaultFolder(benchmark);
  if (benchmark.data !== null && !existsSync(dataFolder)) {
    return refuse(
      `The data of this benchmark is not at ${dataFolder}: pass --data with a folder laid out like benchmarks/${benchmark.data}.`,
    );
  }
  const { json } = parsed.values;
  const figures = await benchmark.run({ dataFolder, log: (line) => console.error(line) });
  console.log(JSON.stringify(figures, null, json ? undefined : 2));
  return 0;
}

function defaultFolder({ data }: Benchmark): string {
  return fileURLToPath(new URL(`../../../shared/benchmarks/${data ?? ''}`, import.meta.url));
}

function refuse(sentence: string): number {
  console.error(sentence);
  return 2;
}
