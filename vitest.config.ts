import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';

import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

/** Files of more than 20 s on two cores. Those that start many programs stand apart. */
const LONG = [
  'tests/bot/messages/generated-answers.test.ts',
  'tests/integration/lies.test.ts',
  'tests/integration/move-killed.test.ts',
  'tests/integration/chat-files.test.ts',
  'tests/bench/load.test.ts',
  'tests/integration/killed.test.ts',
  'tests/integration/told-of-faults.test.ts',
  'tests/integration/lifecycle.test.ts',
  'tests/integration/reindex-killed.test.ts',
  'tests/bot/demo/web/demo-answers.test.ts',
  'tests/retrieval/index/qdrant/kill.test.ts',
  'tests/integration/publishing-killed.test.ts',
  'tests/retrieval/index/succession.test.ts',
  'tests/retrieval/index/qdrant/space-killed.test.ts',
  'tests/retrieval/index/embedded/space-killed.test.ts',
];

/** A long file that begins last keeps one core busy and the other idle. */
class LongOnesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}

function placeOf({ moduleId }: TestSpecification): number {
  const place = LONG.findIndex((name) => moduleId.endsWith(`/${name}`));
  return place === -1 ? LONG.length : place;
}

const gone = LONG.filter((name) => !existsSync(new URL(name, import.meta.url)));
if (gone.length > 0) throw new Error(`vitest.config.ts names no file: ${gone.join(', ')}`);

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // Needs a browser: npm run test:browser.
    exclude: ['tests/browser/**'],
    pool: 'forks',
    sequence: { sequencer: LongOnesFirst },
    // Half of the time is spent waiting for other programs, so three share even two cores.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // Tests that are marked as concurrent start programs of their own: more would only crowd.
    maxConcurrency: 5,
  },
});
