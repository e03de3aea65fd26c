import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Embedder } from '../../retrieval/embed/embedder.ts';
import { openEmbeddedIndex } from '../../retrieval/index/embedded-index.ts';
import { fuseArms } from '../../retrieval/index/fuse.ts';
import type { IndexedPassage } from '../../retrieval/index/passage-index.ts';
import { passageId } from '../../retrieval/passage-id.ts';
import { analyzePassage, analyzeQuery } from '../../retrieval/text/analyze.ts';
import { createHashedEmbedder } from '../support/hashed-embedder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { createPeers } from './retrieval-peers.ts';
import { round, share } from './statistics.ts';

interface RetrievalFile {
  paras: { id: string; text: string; sents?: string[] }[];
  queries: { id: string; q: string; rel: string[]; sent?: string[] }[];
}

/** What is ranked, and for each question which of it are right. */
interface Task {
  ids: string[];
  texts: string[];
  questions: { text: string; right: ReadonlySet<string> }[];
}

interface Figures {
  recallAt1: number;
  recallAt5: number;
  recallAt10: number;
  mrrAt10: number;
}

/**
 * How often the embedded index finds the passage that answers, by words alone: each file's
 * paragraphs are passages without titles, ranked as for an answer. Sentences are ranked among all
 * sentences, each with what its paragraph adds. Beside them: the usual methods on the same texts, and
 * the same index with a stub embedder, whose weak vectors must not lower it.
 */
export async function runRetrievalBench({
  dataFolder,
  log,
}: {
  dataFolder: string;
  log: (line: string) => void;
}): Promise<object> {
  const figures: Record<string, object> = {};
  for (const file of readdirSync(dataFolder).filter((name) => name.endsWith('.json'))) {
    const name = file.replace(/\.json$/u, '');
    const data: RetrievalFile = JSON.parse(readFileSync(join(dataFolder, file), 'utf8'));
    figures[name] = await measure(data, (line) => log(`${name}: ${line}`));
  }
  if (Object.keys(figures).length === 0) throw new Error(`no retrieval data in ${dataFolder}`);
  return figures;
}

async function measure(data: RetrievalFile, log: (line: string) => void): Promise<object> {
  const paragraphs = paragraphTask(data);
  const own = await rankAll(paragraphs, { embedder: null });
  log(`passages ranked, recall@1 ${own.figures.recallAt1}`);
  const withStub = await rankAll(paragraphs, { embedder: createHashedEmbedder() });
  const passages = {
    passages: paragraphs.texts.length,
    queries: paragraphs.questions.length,
    ...own.figures,
    queriesPerSecond: own.queriesPerSecond,
    folds: own.folds,
    peers: peersOf(paragraphs),
    withStubEmbedder: {
      ...withStub.figures,
      recallAt1Change: round(withStub.figures.recallAt1 - own.figures.recallAt1, 4),
    },
  };
  if (!data.queries.some(({ sent }) => sent !== undefined)) return passages;
  const sentences = sentenceTask(data);
  const paragraphOf = new Map(
    data.paras.flatMap(({ id, sents = [] }) => sents.map((_, at) => [`${id}-s${at}`, id])),
  );
  const ranked = await rankAll(sentences, {
    embedder: null,
    above: (question, sentence) => own.scoreOf(question, paragraphOf.get(sentence) ?? ''),
  });
  log(`sentences ranked, recall@1 ${ranked.figures.recallAt1}`);
  return {
    ...passages,
    sentences: {
      sentences: sentences.texts.length,
      ...ranked.figures,
      queriesPerSecond: ranked.queriesPerSecond,
      folds: ranked.folds,
      peers: peersOf(sentences),
    },
  };
}

interface Ranked {
  figures: Figures;
  /** recall@1 of every fifth question: how much is chance. */
  folds: number[];
  queriesPerSecond: number;
  /** Between 0 and 1, the best of a question's being 1. */
  scoreOf(question: string, id: string): number;
}

/** @param above - what each adds to its own score, from 0 to 1, for standing where it stands */
async function rankAll(
  { ids, texts, questions }: Task,
  {
    embedder,
    above = () => 0,
  }: { embedder: Embedder | null; above?: (question: string, id: string) => number },
): Promise<Ranked> {
  await using folder = await temporaryFolder();
  const index = await openEmbeddedIndex({ folder: folder.path });
  const { signal } = new AbortController();
  try {
    const idOf = new Map<string, string>();
    for (let from = 0; from < texts.length; from += passagesAPage) {
      const url = `https://texts.example/${from}`;
      const some = texts.slice(from, from + passagesAPage);
      const dense = (await embedder?.embedPassages(some, { signal })) ?? [];
      const passages = some.map((text, position) => {
        const passage = passageOf({ text, url, position, dense: dense[position] ?? null });
        idOf.set(passage.id, ids[from + position] ?? '');
        return passage;
      });
      await index.replacePage({ url, scope: 'public', sourceId: null, passages });
    }
    const scores = new Map<string, Map<string, number>>();
    const startedAt = performance.now();
    const ranks: number[] = [];
    for (const { text, right } of questions) {
      const dense = (await embedder?.embedQuery(text, { signal })) ?? null;
      const query = { ...analyzeQuery(text), dense, scopes: ['public' as const] };
      const hits = await index.query({ ...query, limit: listLength });
      const fused = fuseArms(hits, { limit: Infinity, perPage: Infinity, question: text });
      const best = fused[0]?.score ?? 1;
      const list = fused.map(({ id, score }) => {
        const known = idOf.get(id) ?? '';
        return { id: known, score: score / best + above(text, known) };
      });
      list.sort((one, other) => other.score - one.score);
      scores.set(text, new Map(list.map(({ id, score }) => [id, score])));
      ranks.push(rankOf(list, right));
    }
    const seconds = (performance.now() - startedAt) / 1000;
    return {
      figures: figuresOf(ranks),
      folds: [0, 1, 2, 3, 4].map((fold) =>
        share(
          ranks.filter((_, at) => at % 5 === fold),
          (rank) => rank === 1,
        ),
      ),
      queriesPerSecond: round(questions.length / seconds, 1),
      scoreOf: (question, id) => scores.get(question)?.get(id) ?? 0,
    };
  } finally {
    await index.close();
  }
}

/** As long as the lists that retrieve.ts asks an arm for. */
const listLength = 96;
const passagesAPage = 200;

function passageOf({
  text,
  url,
  position,
  dense,
}: {
  text: string;
  url: string;
  position: number;
  dense: Float32Array | null;
}): IndexedPassage {
  return {
    id: passageId({ scope: 'public', url, position }),
    pageUrl: url,
    title: '',
    site: 'texts.example',
    language: 'other',
    publishedAt: null,
    fetchedAt: '2026-11-01T12:00:00.000Z',
    heading: null,
    position,
    place: null,
    text,
    ...analyzePassage({ title: '', heading: null, text }),
    dense,
  };
}

function paragraphTask({ paras, queries }: RetrievalFile): Task {
  return {
    ids: paras.map(({ id }) => id),
    texts: paras.map(({ text }) => text),
    questions: queries.map(({ q, rel }) => ({ text: q, right: new Set(rel) })),
  };
}

function sentenceTask({ paras, queries }: RetrievalFile): Task {
  return {
    ids: paras.flatMap(({ id, sents = [] }) => sents.map((_, at) => `${id}-s${at}`)),
    texts: paras.flatMap(({ sents = [] }) => sents),
    questions: queries.map(({ q, sent = [] }) => ({ text: q, right: new Set(sent) })),
  };
}

function peersOf({ ids, texts, questions }: Task): Record<string, Figures> {
  return Object.fromEntries(
    Object.entries(createPeers(texts)).map(([name, search]) => {
      const ranks = questions.map(({ text, right }) =>
        rankOf(
          search(text, 10).map((at) => ({ id: ids[at] ?? '' })),
          right,
        ),
      );
      return [name, figuresOf(ranks)];
    }),
  );
}

/** From 1; infinite where none of the right ones was found. */
function rankOf(list: readonly { id: string }[], right: ReadonlySet<string>): number {
  const at = list.findIndex(({ id }) => right.has(id));
  return at < 0 ? Infinity : at + 1;
}

function figuresOf(ranks: readonly number[]): Figures {
  const reciprocal = ranks.map((rank) => (rank <= 10 ? 1 / rank : 0));
  const sum = reciprocal.reduce((total, value) => total + value, 0);
  return {
    recallAt1: share(ranks, (rank) => rank <= 1),
    recallAt5: share(ranks, (rank) => rank <= 5),
    recallAt10: share(ranks, (rank) => rank <= 10),
    mrrAt10: round(sum / Math.max(1, ranks.length), 4),
  };
}
