import { describe, expect, it } from 'vitest';

import { createLogger } from '../../bot/logger.ts';
import { rebuildIndex } from '../../bot/rebuild-index.ts';
import type { Embedder } from '../../retrieval/embed/embedder.ts';
import { EmbedError } from '../../retrieval/errors.ts';
import { openInSpace } from '../../retrieval/index/open-in-space.ts';
import type { PassageIndex } from '../../retrieval/index/passage-index.ts';
import { createHashedEmbedder } from '../support/hashed-embedder.ts';
import { hurriedClock } from '../support/hurried-clock.ts';
import { hybridQuery, indexedPage } from '../support/indexed-pages.ts';
import { manualClock } from '../support/manual-clock.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const { signal } = new AbortController();
const small = createHashedEmbedder({ dimensions: 8 });
const large = createHashedEmbedder({ dimensions: 16 });

async function filledIndex(folder: string, embedder: Embedder, pages = 3): Promise<void> {
  const { index } = await openInSpace({ folder, analysis: 1, embedder });
  for (let at = 0; at < pages; at += 1) {
    const text = `Исток реки ${at}.`;
    const [dense = null] = await embedder.embedPassages([text], { signal });
    const page = indexedPage(`https://a.example/${at}`, [{ id: at, text }]);
    const passages = page.passages.map((passage) => ({ ...passage, dense }));
    await index.replacePage({ ...page, passages });
  }
  await index.close();
}

async function foundByMeaning(index: PassageIndex, embedder: Embedder): Promise<number> {
  const dense = [...(await embedder.embedQuery('Исток реки', { signal }))];
  return (await index.query(hybridQuery({ dense }))).dense.length;
}

function recordedLog() {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(String(JSON.parse(line).msg)) };
  return { lines, logger: createLogger({ level: 'info', secrets: [], destination }) };
}

describe('an index of another embedder', () => {
  it('is made anew, with its progress in the log', async () => {
    await using folder = await temporaryFolder();
    await filledIndex(folder.path, small);
    const opened = await openInSpace({ folder: folder.path, analysis: 1, embedder: large });
    const { lines, logger } = recordedLog();
    await rebuildIndex({ opened, embedder: large, logger }).finished;
    expect(await foundByMeaning(opened.index, large)).toBe(3);
    expect(lines).toEqual([
      'The index is made anew for the embeddings and the analysis of this version.',
      'Making the index anew: 3 of 3 pages.',
      'The index has been made anew and serves.',
    ]);
    await opened.index.close();
  });

  it('is tried again, ever later, for as long as the embedder fails', async () => {
    await using folder = await temporaryFolder();
    await filledIndex(folder.path, small);
    let failures = 3;
    const flaky: Embedder = {
      ...large,
      embedPassages(texts, options) {
        failures -= 1;
        if (failures < 0) return large.embedPassages(texts, options);
        return Promise.reject(new EmbedError('embeddings: no connection', { retryable: true }));
      },
    };
    const opened = await openInSpace({ folder: folder.path, analysis: 1, embedder: flaky });
    const { lines, logger } = recordedLog();
    const clock = hurriedClock();
    await rebuildIndex({ opened, embedder: flaky, logger, clock }).finished;
    expect(clock.waits).toEqual([5000, 10_000, 20_000]);
    expect(lines).toContain('The index could not be made anew yet; the old one serves.');
    expect(await foundByMeaning(opened.index, large)).toBe(3);
    await opened.index.close();
  });

  it('is left as it is when the program stops', async () => {
    await using folder = await temporaryFolder();
    await filledIndex(folder.path, small);
    const asked = Promise.withResolvers<void>();
    const stuck: Embedder = {
      ...large,
      embedPassages: (_texts, options) => {
        asked.resolve();
        const { promise, reject } = Promise.withResolvers<Float32Array[]>();
        options.signal.addEventListener('abort', () => reject(options.signal.reason));
        return promise;
      },
    };
    const opened = await openInSpace({ folder: folder.path, analysis: 1, embedder: stuck });
    const { lines, logger } = recordedLog();
    const rebuild = rebuildIndex({ opened, embedder: stuck, logger, clock: manualClock() });
    await asked.promise;
    await rebuild.stop();
    expect(lines).toHaveLength(1);
    expect(await opened.index.count()).toEqual({ pages: 3, passages: 3 });
    await opened.index.close();
  });
});

describe('an index of this embedder', () => {
  it('is left alone', async () => {
    await using folder = await temporaryFolder();
    await filledIndex(folder.path, small);
    const opened = await openInSpace({ folder: folder.path, analysis: 1, embedder: small });
    const { lines, logger } = recordedLog();
    await rebuildIndex({ opened, embedder: small, logger }).finished;
    expect(lines).toEqual([]);
    expect(await foundByMeaning(opened.index, small)).toBe(3);
    await opened.index.close();
  });

  it('is made anew when another model answers under its name', async () => {
    await using folder = await temporaryFolder();
    await filledIndex(folder.path, small);
    const other = { ...large, model: small.model };
    const opened = await openInSpace({ folder: folder.path, analysis: 1, embedder: other });
    expect(opened.difference).toBe('none');
    await rebuildIndex({ opened, embedder: other, logger: recordedLog().logger }).finished;
    expect(await foundByMeaning(opened.index, other)).toBe(3);
    await opened.index.close();
  });
});
