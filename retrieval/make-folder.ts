import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder and those above it where they are missing.
 * @throws the system's error when one cannot be made. Node's own `recursive: true` never returns
 * where the system says of a folder in one that exists that there is no such thing, as /proc does.
 */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(resolve(folder)));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another program was quicker.
    if (!existsSync(folder)) throw error;
  }
}
