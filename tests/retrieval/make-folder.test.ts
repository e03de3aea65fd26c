import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { makeFolder } from '../../retrieval/make-folder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('makes every folder of a path that is missing', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'one', 'two', 'three');
  makeFolder(path);
  expect(statSync(path).isDirectory()).toBe(true);
  makeFolder(path);
});

test('says so where a file stands in the way', async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'file');
  writeFileSync(file, '');
  expect(() => makeFolder(join(file, 'below'))).toThrow(/ENOTDIR/u);
});

test.skipIf(!existsSync('/proc/self'))('does not try for ever where no folder can be made', () => {
  expect(() => makeFolder('/proc/no-such-process/index')).toThrow(/ENOENT/u);
});
