import { fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { serialize } from 'node:v8';

import { openEmbeddedIndex } from '../../../retrieval/index/embedded-index.ts';
import { dotProduct } from '../../../retrieval/index/embedded/dense-scan.ts';
import type { IndexedPage } from '../../../retrieval/index/passage-index.ts';
import { passageId } from '../../../retrieval/passage-id.ts';
import { analyzePassage } from '../../../retrieval/text/analyze.ts';
import { hashedVector } from '../../support/hashed-embedder.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { pick, readSentences, sampleText } from '../sampled-passages.ts';
import { sequence } from '../sequence.ts';
import { startFlags } from '../start-flags.ts';
import { mean, round } from '../statistics.ts';
import { measurePeers } from './peers.ts';
import type { ServeFigures, ServeTask } from './serve.ts';

const dimensions = 384;
const passagesAPage = 20;
const questionsAsked = 200;
const upserts = 40;

/**
 * The embedded index filled with texts of about 120 words, sampled from the retrieval data's
 * sentences so that terms and grams are real, with vectors of hashed stems. It is served by a
 * process of its own, whose memory is counted; questions are sentences.
 */
export async function runIndexBench({
  dataFolder,
  passages,
  peersFolder,
  log,
}: {
  dataFolder: string;
  passages: number;
  /** Where sqlite-vec and LanceDB are looked for, to be measured beside it. */
  peersFolder: string;
  log: (line: string) => void;
}): Promise<object> {
  const sentences = readSentences(dataFolder);
  const next = sequence(7);
  const questions = Array.from({ length: questionsAsked }, () => pick(sentences, next));
  const exact = questions.map((question) => new Nearest(hashedVector(question, dimensions)));
  await using folder = await temporaryFolder();
  const index = await openEmbeddedIndex({ folder: folder.path });
  const vectorsFile = join(folder.path, 'vectors.f32');
  const vectors = openSync(vectorsFile, 'w');
  const numbers = new Map<string, number>();
  const startedAt = performance.now();
  let writing = 0;
  for (let page = 0; page * passagesAPage < passages; page += 1) {
    const count = Math.min(passagesAPage, passages - page * passagesAPage);
    const made = samplePage(`https://sample-${page}.example/`, count, sentences, next);
    const writtenAt = performance.now();
    await index.replacePage(made);
    writing += performance.now() - writtenAt;
    for (const nearest of exact) nearest.look(made);
    for (const { id, dense } of made.passages) {
      numbers.set(id, numbers.size);
      writeSync(vectors, dense ?? new Float32Array(dimensions));
    }
    if (page % 1000 === 999) log(`${(page + 1) * passagesAPage} passages indexed`);
  }
  log(`with the brute-force answers: ${Math.round((performance.now() - startedAt) / 1000)} s`);
  await index.close();
  closeSync(vectors);
  const diskMb = statSync(join(folder.path, 'index.sqlite')).size / 2 ** 20;
  const pages = Array.from({ length: upserts }, (_, at) =>
    Array.from({ length: 5 }, (_, page) =>
      serialize(samplePage(`https://fresh-${at}-${page}.example/`, passagesAPage, sentences, next)),
    ),
  );
  const served = await serve({ folder: folder.path, dimensions, questions, upserts: pages });
  const { nearest, ...figures } = served;
  const recalls = nearest.map((ids, at) => {
    const right = exact[at]?.ids() ?? [];
    return right.filter((id) => ids.includes(id)).length / right.length;
  });
  const peers = await measurePeers({
    installedIn: peersFolder,
    folder: folder.path,
    vectorsFile,
    dimensions,
    queries: questions.map((question) => hashedVector(question, dimensions)),
    exact: exact.map((best) => best.ids().map((id) => numbers.get(id) ?? -1)),
  });
  return {
    passages,
    dimensions,
    buildSeconds: round(writing / 1000, 1),
    diskMb: Math.round(diskMb),
    ...figures,
    coldStartSeconds: round(figures.coldStartSeconds, 2),
    eventLoopMaxBlockMs: round(figures.eventLoopMaxBlockMs, 1),
    rssMb: Math.round(figures.rssMb),
    recallAt10: mean(recalls),
    peers,
  };
}

function samplePage(
  url: string,
  count: number,
  sentences: readonly string[],
  next: () => number,
): IndexedPage {
  const passages = Array.from({ length: count }, (_, position) => {
    const text = sampleText(sentences, next);
    return {
      id: passageId({ scope: 'public', url, position }),
      pageUrl: url,
      title: '',
      site: 'sample.example',
      language: 'ru' as const,
      publishedAt: null,
      fetchedAt: '2026-01-01T00:00:00.000Z',
      heading: null,
      position,
      place: null,
      text,
      ...analyzePassage({ title: '', heading: null, text }),
      dense: hashedVector(text, dimensions),
    };
  });
  return { url, scope: 'public', sourceId: null, passages };
}

async function serve(task: ServeTask): Promise<ServeFigures> {
  const child = fork(new URL('serve.ts', import.meta.url), {
    serialization: 'advanced',
    execArgv: startFlags(),
  });
  const exited = once(child, 'exit');
  child.send(task);
  const answered = once(child, 'message') as Promise<[ServeFigures]>;
  const first = await Promise.race([answered, exited.then(() => null)]);
  if (first === null) throw new Error('the process that serves ended without an answer');
  await exited;
  return first[0];
}

/** The ten passages nearest to one question, found by looking at every one. */
class Nearest {
  readonly #query: Float32Array;
  #best: { id: string; score: number }[] = [];

  constructor(query: Float32Array) {
    this.#query = query;
  }

  look({ passages }: IndexedPage): void {
    for (const { id, dense } of passages) {
      const score = dense === null ? 0 : dotProduct(this.#query, dense);
      const worst = this.#best.at(-1);
      if (worst !== undefined && this.#best.length === 10 && score <= worst.score) continue;
      this.#best = [...this.#best, { id, score }]
        .sort((one, other) => other.score - one.score || (one.id < other.id ? -1 : 1))
        .slice(0, 10);
    }
  }

  ids(): string[] {
    return this.#best.map(({ id }) => id);
  }
}
