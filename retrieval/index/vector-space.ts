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
  const before = noted ?? UNKNOWN_SPACE;
  if (before.analysis !== space.analysis) return 'analysis';
  if (space.embedder === null || before.embedder === space.embedder) return 'none';
  return 'embedder';
}

export async function noteSpace(index: PassageIndex, space: VectorSpace): Promise<void> {
  await index.setProperty('space', JSON.stringify(space));
}

/**
 * Before pages of one index are copied into another: notes what the vectors there will have been made
 * with. False when those of the two must not meet; what is copied then goes without, and the next
 * start that may make all anew does so. @throws {IndexError}
 */
export async function joinSpaces(
  from: PassageIndex,
  to: PassageIndex,
  { isNew }: { isNew: boolean },
): Promise<boolean> {
  const space = parse(await from.property('space')) ?? UNKNOWN_SPACE;
  const there = parse(await to.property('space')) ?? UNKNOWN_SPACE;
  const isSame = space.analysis === there.analysis && space.embedder === there.embedder;
  if (isNew) await noteSpace(to, space);
  else if (!isSame) await noteSpace(to, { ...there, analysis: ANALYSIS_OF_NONE });
  return isNew || isSame;
}

/** The index without its dense arm, while that holds the vectors of another embedder. */
export function withoutDense(index: PassageIndex): PassageIndex {
  return {
    replacePage: (page) => index.replacePage(withoutVectors(page)),
    query: (query) => index.query({ ...query, dense: null }),
    readPage: (page) => index.readPage(page),
    rebuildSource(sourceId) {
      const rebuild = index.rebuildSource(sourceId);
      return { ...rebuild, stage: (page) => rebuild.stage(withoutVectors(page)) };
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

/** The page by its words alone. */
export function withoutVectors(page: IndexedPage): IndexedPage {
  return { ...page, passages: page.passages.map((passage) => ({ ...passage, dense: null })) };
}

/** A file from before spaces were noted has the first analysis; who embedded it is unknown. */
const UNKNOWN_SPACE: VectorSpace = { analysis: 1, embedder: null };

/** No version has it, so an index that is said to be of it is made anew. */
const ANALYSIS_OF_NONE = 0;

function parse(note: string | null): VectorSpace | null {
  if (note === null) return null;
  try {
    const { analysis, embedder } = JSON.parse(note) as Partial<VectorSpace>;
    return typeof analysis === 'number' ? { analysis, embedder: embedder ?? null } : null;
  } catch {
    return null;
  }
}
