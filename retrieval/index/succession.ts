import { randomUUID } from 'node:crypto';

import { IndexError } from '../errors.ts';
import type { MoveOptions } from './index-move.ts';
import { MovableIndex } from './movable-index.ts';
import { forgetMove, forgetMovedTo, holdsAll } from './moved-to.ts';
import type { PassageIndex } from './passage-index.ts';
import { joinSpaces, withoutVectors } from './vector-space.ts';

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
  if (note !== null && (await hasTakenOver(note, successor))) await emptyOld(old);
  else if (note?.state === 'done' && (await holdsAll(successor))) {
    const { signal } = new AbortController();
    await copyAll(new MovableIndex(old), { old, successor }, { note, signal });
    await emptyOld(old);
  } else if (note?.intoEmpty === true && (await old.count()).pages === 0) {
    // Copied once and deleted since, all of it.
    await forgetMove(successor);
    await old.setProperty(NOTE, '');
  }
  return standingOf({ old, successor });
}

/** The same, and nothing is changed: for a program that runs beside another. @throws {IndexError} */
export async function standingOf({ old, successor }: Succession): Promise<Standing> {
  const note = await readNote(old);
  if (note !== null && (await hasTakenOver(note, successor))) return 'successor';
  if (note?.intoEmpty === true) return 'old';
  if ((await old.count()).pages === 0) return 'successor';
  return (await successor.count()).pages === 0 ? 'old' : 'both-filled';
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
  if (before !== null && (await hasTakenOver(before, successor))) return emptyOld(old);
  const note = await begin({ old, successor }, 'begun');
  await copyAll(new MovableIndex(old), { old, successor }, { ...options, note });
  await writeNote(old, { ...note, state: 'done' });
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
    async move(options: Pick<MoveOptions, 'onProgress' | 'signal' | 'batchPages'>): Promise<void> {
      // With this note, a successor that holds all is one that serves.
      await forgetMovedTo(successor);
      const note = await begin({ old, successor }, 'taking-over');
      await copyAll(index, { old, successor }, { ...options, note });
      await emptyOld(old);
    },
  };
}

/** In the old index: how far its move has come. */
const NOTE = 'succession';

interface MoveNote {
  /**
   * `begun` and `done` by a program beside the one that serves; `taking-over` by that one itself,
   * and then the successor serves from the step on in which it holds all. `emptying` when nothing
   * of the old index is wanted any more.
   */
  state: 'begun' | 'done' | 'taking-over' | 'emptying';
  /** Whether the successor held nothing before: then it may hold nothing that the old one lacks. */
  intoEmpty: boolean;
  /** Of the program that moves it. */
  mover: string;
}

async function begin(
  { old, successor }: Succession,
  state: 'begun' | 'taking-over',
): Promise<MoveNote> {
  const before = await readNote(old);
  const isEmpty = (await successor.count()).pages === 0;
  const note = { state, intoEmpty: before?.intoEmpty ?? isEmpty, mover: randomUUID() };
  await writeNote(old, note);
  return note;
}

async function copyAll(
  index: MovableIndex,
  { old, successor }: Succession,
  {
    note,
    ...options
  }: Omit<MoveOptions, 'holdsOthers' | 'transform' | 'check'> & { note: MoveNote },
): Promise<void> {
  const areVectorsOfOne = await joinSpaces(old, successor, { isNew: note.intoEmpty });
  await index.moveTo(successor, {
    ...options,
    holdsOthers: !note.intoEmpty,
    transform: async (page) => (areVectorsOfOne ? page : withoutVectors(page)),
    async check() {
      // Whoever comes to its end empties the old index, which the other would take for deletions.
      if ((await readNote(old))?.mover === note.mover) return;
      throw new IndexError('another program has begun to move the index', { retryable: false });
    },
  });
}

async function hasTakenOver({ state }: MoveNote, successor: PassageIndex): Promise<boolean> {
  return state === 'emptying' || (state === 'taking-over' && (await holdsAll(successor)));
}

async function readNote(old: PassageIndex): Promise<MoveNote | null> {
  const note = await old.property(NOTE);
  return note === null || note === '' ? null : (JSON.parse(note) as MoveNote);
}

async function writeNote(old: PassageIndex, note: MoveNote): Promise<void> {
  await old.setProperty(NOTE, JSON.stringify(note));
}

async function emptyOld(old: PassageIndex): Promise<void> {
  // Said before: an index that is empty by this must not be taken for one whose pages were deleted.
  await writeNote(old, { state: 'emptying', intoEmpty: false, mover: '' });
  await old.clear();
  await old.setProperty(NOTE, '');
}
