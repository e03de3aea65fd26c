import { describe, expect, it } from 'vitest';

import { runReindex } from '../../../bot/cli/run-reindex.ts';
import { createLocale } from '../../../bot/locales/locale.ts';
import { MemoryOutput } from '../../support/memory-output.ts';
import { articlePage } from '../../support/scripted-web.ts';
import { openTestSources } from '../../support/sources-desk.ts';

const locale = createLocale('en');
const A = 'https://a.example';

describe('npm run reindex', () => {
  it('reads all sources and prints how each ended', async () => {
    await using test = await openTestSources({ [`${A}/1`]: articlePage('Волга') });
    test.desk.store.add({ kind: 'page', address: `${A}/1` });
    test.desk.store.add({ kind: 'page', address: `${A}/2` });
    const { code, stdout } = await run(test.desk, []);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^✅ a\.example-1: read\n1 changed, 0 unchanged, 0 not read\nin [\d.]+ s\n\n⚠️ a\.example-2: not read, the earlier pages stay\n/u,
    );
    expect(await run(test.desk, ['a.example-1'])).toMatchObject({ code: 0 });
  });

  it('says what is wrong with what it was told', async () => {
    await using test = await openTestSources({});
    expect(await run(test.desk, ['nobody'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'There is no source nobody.\n',
    });
    expect(await run(test.desk, ['--all'])).toMatchObject({ code: 2, stdout: '' });
    expect(await run(test.desk, [])).toMatchObject({
      code: 0,
      stdout: 'Nothing to read: there are no sources, or all are paused.\n',
    });
  });
});

async function run(
  desk: Awaited<ReturnType<typeof openTestSources>>['desk'],
  args: readonly string[],
) {
  const stdout = new MemoryOutput();
  const stderr = new MemoryOutput();
  const { signal } = new AbortController();
  const code = await runReindex({
    reindexer: desk.reindexer,
    args,
    locale,
    stdout,
    stderr,
    signal,
  });
  return { code, stdout: stdout.text, stderr: stderr.text };
}
