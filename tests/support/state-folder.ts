import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

import { openDatabase } from '../../bot/state/database.ts';

/** A new database in a folder of its own, which goes away with the scope that uses it. */
export function openState(): Disposable & { database: DatabaseSync; folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'istok-state-'));
  const { database } = openDatabase({ folder });
  return {
    database,
    folder,
    [Symbol.dispose]() {
      if (database.isOpen) database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
