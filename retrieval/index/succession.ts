import { holdsAll, MovableIndex } from './movable-index.ts';
import type { MoveOptions } from './movable-index.ts';
import type { IndexedPage, PassageIndex } from './passage-index.ts';

export interface Succession {
  /** The index that pages have been kept in so far. */
  old: PassageIndex;
  /** The one that is to take its place. */
  successor: PassageIndex;
}

/** `old` while the successor does not hold everything; `both-filled` serves from the successor. */
export type Standing = 'old' | 'successor' | 'both-filled';

/**
 * Says which of the two serves. A move that another program brought to its end is concluded first:
 * what this one wrote meanwhile is copied, what it removed is removed, and the old index is emptied,
 * so that nothing a reader has deleted since lives on in it. @throws {IndexError}
 */
export async function settleSuccession({ old, successor }: Succession): Promise<Standing> {
  const note = await readNote(old);
  if (note?.state === 'done' && (await holdsAll(successor))) {
    await catchUp({ old, successor }, note);
    await emptyOld(old);
  }
  return standingOf({ old, successor });
}

/** The same, and nothing is changed: for a program that runs beside another. @throws {IndexError} */
export async function standingOf({ old, successor }: Succession): Promise<Standing> {
  if ((await old.count()).pages === 0) return 'successor';
  const isUnderWay = (await readNote(old)) !== null;
  return isUnderWay || (await successor.count()).pages === 0 ? 'old' : 'both-filled';
}

/**
 * Copies everything into the successor, going on where a run that was cut short stopped. A program
 * that has the old index open serves from it until it starts again. @throws {IndexError}
 */
export async function fillSuccessor(
  { old, successor }: Succession,
  options: Pick<MoveOptions, 'onProgress' | 'signal' | 'batchPages'>,
): Promise<void> {
  const before = await readNote(old);
  const isEmpty = (await successor.count()).pages === 0;
  const note: MoveNote = { state: 'begun', last: null, intoEmpty: before?.intoEmpty ?? isEmpty };
  await writeNote(old, note);
  await copySpace({ old, successor });
  const tracked = trackLast(old);
  await new MovableIndex(tracked.index).moveTo(successor, options);
  await writeNote(old, { ...note, state: 'done', last: tracked.last() });
}

/**
 * The old index, serving, and the work of moving it: every write reaches both meanwhile, and when
 * all is copied the successor serves and the old one is emptied.
 */
export function moveWhileServing({ old, successor }: Succession) {
  const index = new MovableIndex(old);
  return {
    index,
    /** @throws {IndexError} and the old one serves on */
    async move(options: Pick<MoveOptions, 'onProgress' | 'signal'>): Promise<void> {
      const isEmpty = (await successor.count()).pages === 0;
      await writeNote(old, { state: 'begun', last: null, intoEmpty: isEmpty });
      await copySpace({ old, successor });
      await index.moveTo(successor, options);
      // The successor serves from here on, and may hold what the old one never had.
      await writeNote(old, { state: 'done', last: null, intoEmpty: false });
      await emptyOld(old);
    },
  };
}

/** In the old index: how far its move has come. */
const NOTE = 'succession';

interface MoveNote {
  state: 'begun' | 'done';
  /** The cursor behind the last page that was copied. */
  last: string | null;
  /** Whether the successor held nothing before: then it may hold nothing that the old one lacks. */
  intoEmpty: boolean;
}

/** What the vectors were made with goes with them: vector-space.ts. */
async function copySpace({ old, successor }: Succession): Promise<void> {
  const space = await old.property('space');
  if (space !== null) await successor.setProperty('space', space);
}

async function readNote(old: PassageIndex): Promise<MoveNote | null> {
  const note = await old.property(NOTE);
  return note === null || note === '' ? null : (JSON.parse(note) as MoveNote);
}

async function writeNote(old: PassageIndex, note: MoveNote): Promise<void> {
  await old.setProperty(NOTE, JSON.stringify(note));
}

async function emptyOld(old: PassageIndex): Promise<void> {
  await old.clear();
  await old.setProperty(NOTE, '');
}

async function catchUp({ old, successor }: Succession, note: MoveNote): Promise<void> {
  for await (const page of pagesOf(old, note.last)) await successor.replacePage(page);
  if (!note.intoEmpty) return;
  const [before, after] = [await old.count(), await successor.count()];
  if (before.pages === after.pages) return;
  const kept = new Set<string>();
  for await (const page of pagesOf(old, null)) kept.add(keyOf(page));
  for await (const page of pagesOf(successor, null)) {
    if (!kept.has(keyOf(page))) await successor.replacePage({ ...page, passages: [] });
  }
}

async function* pagesOf(index: PassageIndex, after: string | null): AsyncGenerator<IndexedPage> {
  let cursor = after;
  do {
    const read = await index.readPages({ cursor, limit: 32 });
    yield* read.pages;
    ({ cursor } = read);
  } while (cursor !== null);
}

/** Remembers the cursor behind the last page that was read, which the end of reading leaves out. */
function trackLast(index: PassageIndex): { index: PassageIndex; last(): string | null } {
  let last: string | null = null;
  return {
    index: {
      replacePage: (page) => index.replacePage(page),
      query: (query) => index.query(query),
      readPage: (page) => index.readPage(page),
      rebuildSource: (sourceId) => index.rebuildSource(sourceId),
      deleteSource: (sourceId) => index.deleteSource(sourceId),
      deleteScope: (scope) => index.deleteScope(scope),
      deleteFetchedBefore: (time) => index.deleteFetchedBefore(time),
      count: () => index.count(),
      countBySource: () => index.countBySource(),
      async readPages({ cursor, limit }) {
        const read = await index.readPages({ cursor, limit });
        if (read.cursor !== null) last = read.cursor;
        else if (read.pages.length > 0) {
          const again = await index.readPages({ cursor, limit: read.pages.length });
          last = again.cursor ?? last;
        } else last = cursor ?? last;
        return read;
      },
      property: (name) => index.property(name),
      setProperty: (name, value) => index.setProperty(name, value),
      clear: () => index.clear(),
      close: () => index.close(),
    },
    last: () => last,
  };
}

function keyOf({ scope, url }: IndexedPage): string {
  return `${scope} ${url}`;
}
