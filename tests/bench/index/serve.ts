import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { deserialize } from 'node:v8';

import { openEmbeddedIndex } from '../../../retrieval/index/embedded-index.ts';
import { fuseArms } from '../../../retrieval/index/fuse.ts';
import type { IndexedPage, PassageIndex } from '../../../retrieval/index/passage-index.ts';
import { nextTurn } from '../../../retrieval/next-turn.ts';
import { analyzeQuery } from '../../../retrieval/text/analyze.ts';
import { hashedVector } from '../../support/hashed-embedder.ts';
import { quantile } from '../statistics.ts';

/** What the process that serves is told. */
export interface ServeTask {
  folder: string;
  dimensions: number;
  questions: string[];
  /**
   * Written while questions are asked, 100 passages each time. Each page as it comes from the thread
   * that reads pages: serialised, and taken apart when it is its turn.
   */
  upserts: Uint8Array[][];
}

export interface ServeFigures {
  /** From the process's start to its first answer. */
  coldStartSeconds: number;
  hybridP50Ms: number;
  hybridP95Ms: number;
  /** The dense arm alone, its ten best: what peers do. */
  denseP50Ms: number;
  denseP95Ms: number;
  /** Ids of the dense arm's ten best of each question. */
  nearest: string[][];
  upsert100P95Ms: number;
  /** Hybrid queries while pages are written. */
  hybridP95WhileWritingMs: number;
  eventLoopMaxBlockMs: number;
  rssMb: number;
}

/** A process of its own, so that its memory is what serving takes. */
if (process.argv[1] === import.meta.filename) {
  const [task] = (await once(process, 'message')) as [ServeTask];
  process.send?.(await serve(task));
  process.disconnect?.();
}

async function serve(task: ServeTask): Promise<ServeFigures> {
  const { folder, dimensions, questions, upserts } = task;
  const index = await openEmbeddedIndex({ folder });
  const ask = async (question: string): Promise<{ ms: number; nearest: string[] }> => {
    const words = analyzeQuery(question);
    const dense = hashedVector(question, dimensions);
    const startedAt = performance.now();
    const hits = await index.query({ ...words, dense, scopes: ['public'], limit: 96 });
    fuseArms(hits, { limit: 24 });
    const ms = performance.now() - startedAt;
    return { ms, nearest: hits.dense.slice(0, 10).map(({ passage }) => passage.id) };
  };
  await ask(questions[0] ?? '');
  const coldStartSeconds = process.uptime();

  const quiet = [];
  for (const question of questions) quiet.push(await ask(question));
  const alone: number[] = [];
  for (const question of questions) {
    const dense = hashedVector(question, dimensions);
    const startedAt = performance.now();
    await index.query({ ...analyzeQuery(''), dense, scopes: ['public'], limit: 10 });
    alone.push(performance.now() - startedAt);
  }
  const rssMb = process.memoryUsage.rss() / 2 ** 20;

  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  const written = new AbortController();
  const busy: number[] = [];
  const asking = (async () => {
    for (let at = 0; !written.signal.aborted; at += 1) {
      busy.push((await ask(questions[at % questions.length] ?? '')).ms);
    }
  })();
  const writes = await writeAll(index, upserts);
  written.abort();
  await asking;
  delays.disable();
  await index.close();
  const ms = quiet.map((answer) => answer.ms);
  return {
    coldStartSeconds,
    hybridP50Ms: quantile(ms, 0.5),
    hybridP95Ms: quantile(ms, 0.95),
    denseP50Ms: quantile(alone, 0.5),
    denseP95Ms: quantile(alone, 0.95),
    nearest: quiet.map(({ nearest }) => nearest),
    upsert100P95Ms: quantile(writes, 0.95),
    hybridP95WhileWritingMs: quantile(busy, 0.95),
    eventLoopMaxBlockMs: delays.max / 1e6,
    rssMb,
  };
}

async function writeAll(
  index: PassageIndex,
  upserts: readonly (readonly Uint8Array[])[],
): Promise<number[]> {
  const times: number[] = [];
  for (const serialised of upserts) {
    const pages: IndexedPage[] = [];
    for (const page of serialised) {
      await nextTurn();
      pages.push(deserialize(page) as IndexedPage);
    }
    const startedAt = performance.now();
    await Promise.all(pages.map((page) => index.replacePage(page)));
    times.push(performance.now() - startedAt);
  }
  return times;
}
