import { setPriority } from 'node:os';
import { isMainThread } from 'node:worker_threads';

/**
 * Where threads are more than cores, the one that talks to people goes before the one that calls
 * this: what comes to it takes a moment, what the index does takes longer.
 */
export function givePrecedence(): void {
  // Elsewhere a priority is the whole process's.
  if (isMainThread || process.platform !== 'linux') return;
  try {
    setPriority(0, BEHIND_THE_MAIN_THREAD);
  } catch {
    // Some containers forbid it; the work is done all the same.
  }
}

const BEHIND_THE_MAIN_THREAD = 10;
