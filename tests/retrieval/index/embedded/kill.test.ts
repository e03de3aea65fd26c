import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';

import { openEmbeddedIndex } from '../../../../retrieval/index/embedded-index.ts';
import { WRITTEN_PAGES } from '../../../support/index-writer.ts';
import { hybridQuery } from '../../../support/indexed-pages.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

it.each([1, 7, 40, 150, 400])(
  'keeps every page that was acknowledged, and keeps it whole, when killed after %i of them',
  async (acknowledgements) => {
    await using folder = await temporaryFolder();
    const acknowledged = await writeUntilKilled(folder.path, acknowledgements);
    const problems: string[] = [];
    const index = await openEmbeddedIndex({
      folder: folder.path,
      onProblem: (sentence) => problems.push(sentence),
    });
    for (let page = 0; page < WRITTEN_PAGES; page += 1) {
      const { terms } = await index.query(hybridQuery({ terms: { [page]: 1 } }));
      const versions = new Set(terms.map(({ passage }) => Number(passage.text)));
      const [version = 0] = versions;
      expect(versions.size).toBeLessThanOrEqual(1);
      expect(version).toBeGreaterThanOrEqual(acknowledged.get(page) ?? 0);
      expect(terms).toHaveLength(version === 0 ? 0 : 1 + (version % 5));
    }
    expect(problems).toEqual([]);
    await index.close();
  },
);

/** Resolves with the last version of each page that was acknowledged before the kill. */
async function writeUntilKilled(folder: string, acknowledgements: number) {
  const program = new URL('../../../support/index-writer.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [program, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const acknowledged = new Map<number, number>();
  let lines = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const [page = 0, version = 0] = line.split(' ').map(Number);
    acknowledged.set(page, version);
    lines += 1;
    if (lines === acknowledgements) child.kill('SIGKILL');
  }
  expect((await exited)[1]).toBe('SIGKILL');
  return acknowledged;
}
