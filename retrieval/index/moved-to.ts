import type { PassageIndex } from './passage-index.ts';

/** The cursor behind the last page that a move copied there; null where it begins. @throws {IndexError} */
export async function readMovedTo(index: PassageIndex): Promise<string | null> {
  const noted = await index.property(MOVED_TO);
  return noted === null || noted === '' || noted === ALL ? null : noted;
}

/** @throws {IndexError} */
export async function noteMovedTo(index: PassageIndex, cursor: string): Promise<void> {
  await index.setProperty(MOVED_TO, cursor);
}

/** From here on it may serve. @throws {IndexError} */
export async function noteHoldsAll(index: PassageIndex): Promise<void> {
  await index.setProperty(MOVED_TO, ALL);
}

/** Whether everything was moved there, so that it may serve. @throws {IndexError} */
export async function holdsAll(index: PassageIndex): Promise<boolean> {
  return (await index.property(MOVED_TO)) === ALL;
}

/** So that what an earlier move noted does not count for the next one. @throws {IndexError} */
export async function forgetMovedTo(index: PassageIndex): Promise<void> {
  await index.setProperty(MOVED_TO, '');
}

/** Empties an index that a move began to fill, so that the next one begins anew. @throws {IndexError} */
export async function forgetMove(index: PassageIndex): Promise<void> {
  // Before the pages go: a cursor without them would skip what they were copied from.
  await forgetMovedTo(index);
  await index.clear();
}

/** In the index that is filled: up to where the old one was copied. */
const MOVED_TO = 'moved-to';
const ALL = 'all';
