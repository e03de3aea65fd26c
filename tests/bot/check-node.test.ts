import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, expect, test } from 'vitest';

const CHECK_NODE = fileURLToPath(new URL('../../bot/check-node.cts', import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'istok-check-node-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function runAs(version: string) {
  const disguise = join(folder, 'disguise.cjs');
  const versions = JSON.stringify({ ...process.versions, node: version });
  writeFileSync(disguise, `Object.defineProperty(process, 'versions', { value: ${versions} });`);
  const program = ['-r', disguise, '-r', CHECK_NODE, '-e', 'console.log("started")'];
  const { stdout, stderr, status } = spawnSync(process.execPath, program, { encoding: 'utf8' });
  return { stdout, stderr, status };
}

test('an old Node is told what is needed before anything else is loaded', () => {
  expect(runAs('20.20.2')).toEqual({
    stdout: '',
    stderr:
      'Istok needs Node 24 or newer and found 20.20.2: remove node_modules and run "npm ci" without --omit=optional, which brings its own Node, or install Node 24 or newer.\n',
    status: 1,
  });
});

test.each(['24.0.0', '26.10.0', '100.0.0'])('Node %s starts without a word', (version) => {
  expect(runAs(version)).toEqual({ stdout: 'started\n', stderr: '', status: 0 });
});
