import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';

import { openEmbeddedIndex } from '../../../../retrieval/index/embedded-index.ts';
import { REBUILT_PAGES } from '../../../support/index-rebuilder.ts';
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

it.each(
  [1, 2, 3, 4, 9].flatMap((version) =>
    (['staged', 'served'] as const).map((step) => ({ version, step })),
  ),
)(
  'serves a source whole, and none older than was acknowledged, when killed with version $version $step',
  async ({ version, step }) => {
    await using folder = await temporaryFolder();
    const lines = await runUntil(`${step} ${version}`, 'index-rebuilder.ts', folder.path);
    const acknowledged = Number(
      lines.findLast((line) => line.startsWith('served'))?.split(' ')[1] ?? 0,
    );
    const problems: string[] = [];
    const index = await openEmbeddedIndex({
      folder: folder.path,
      onProblem: (sentence) => problems.push(sentence),
    });
    const { terms } = await index.query(hybridQuery({ terms: { 1: 1 }, limit: 99 }));
    const versions = new Set(terms.map(({ passage }) => Number(passage.text)));
    const kept = acknowledged > 0 || versions.has(1) ? REBUILT_PAGES / 3 : 0;
    const served = Math.max(0, ...versions);
    expect(served).toBeGreaterThanOrEqual(acknowledged);
    expect([...versions].toSorted()).toEqual(
      [...new Set([...(kept > 0 ? [1] : []), ...(served > 0 ? [served] : [])])].toSorted(),
    );
    expect(terms).toHaveLength(served === 0 ? 0 : REBUILT_PAGES * 2);
    expect(problems).toEqual([]);
    await index.close();
  },
);

/** Resolves with what the program had printed when it was killed, at that line or soon after. */
async function runUntil(last: string, program: string, folder: string): Promise<string[]> {
  const path = new URL(`../../../support/${program}`, import.meta.url).pathname;
  const child = spawn(process.execPath, [path, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (line === last) child.kill('SIGKILL');
  }
  expect((await exited)[1]).toBe('SIGKILL');
  return lines;
}

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
