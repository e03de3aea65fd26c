import type { IndexedPage, PassageIndex } from './passage-index.ts';

/** What an index's vectors were made with: those of two spaces are never mixed. */
export interface VectorSpace {
  /** `ANALYSIS_VERSION`: how texts become words and their weights. */
  analysis: number;
  /** The embedder's model; null without one. */
  embedder: string | null;
}

/** What tells an index from one that this program would write. */
export type SpaceDifference = 'none' | 'analysis' | 'embedder';

/**
 * Compares an index with what this program would write into it, and notes it in one that is still
 * empty. An embedder that was not there before is a difference: old passages have no vectors. One
 * that is not there any more is none: words rank without it, and it may come back.
 *
 * @throws {IndexError}
 */
export async function compareSpace(
  index: PassageIndex,
  space: VectorSpace,
): Promise<SpaceDifference> {
  const noted = parse(await index.property('space'));
  const { pages } = await index.count();
  if (pages === 0) {
    await noteSpace(index, space);
    return 'none';
  }
  // A file from before spaces were noted has the first analysis; by whom it was embedded is unknown.
  const before = noted ?? { analysis: 1, embedder: null };
  if (before.analysis !== space.analysis) return 'analysis';
  if (space.embedder === null || before.embedder === space.embedder) return 'none';
  return 'embedder';
}

export async function noteSpace(index: PassageIndex, space: VectorSpace): Promise<void> {
  await index.setProperty('space', JSON.stringify(space));
}

/** The index without its dense arm, while that holds the vectors of another embedder. */
export function withoutDense(index: PassageIndex): PassageIndex {
  return {
    replacePage: (page) => index.replacePage(bare(page)),
    query: (query) => index.query({ ...query, dense: null }),
    readPage: (page) => index.readPage(page),
    rebuildSource(sourceId) {
      const rebuild = index.rebuildSource(sourceId);
      return { ...rebuild, stage: (page) => rebuild.stage(bare(page)) };
    },
    deleteSource: (sourceId) => index.deleteSource(sourceId),
    deleteScope: (scope) => index.deleteScope(scope),
    deleteFetchedBefore: (time) => index.deleteFetchedBefore(time),
    count: () => index.count(),
    countBySource: () => index.countBySource(),
    readPages: (options) => index.readPages(options),
    property: (name) => index.property(name),
    setProperty: (name, value) => index.setProperty(name, value),
    clear: () => index.clear(),
    close: () => index.close(),
  };
}

function bare(page: IndexedPage): IndexedPage {
  return { ...page, passages: page.passages.map((passage) => ({ ...passage, dense: null })) };
}

function parse(note: string | null): VectorSpace | null {
  if (note === null) return null;
  try {
    const { analysis, embedder } = JSON.parse(note) as Partial<VectorSpace>;
    return typeof analysis === 'number' ? { analysis, embedder: embedder ?? null } : null;
  } catch {
    return null;
  }
}
