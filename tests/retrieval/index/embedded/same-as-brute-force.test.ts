import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import { openEmbeddedIndex } from '../../../../retrieval/index/embedded-index.ts';
import type { ArmHits, PassageIndex, Scope } from '../../../../retrieval/index/passage-index.ts';
import { hybridQuery, indexedPage } from '../../../support/indexed-pages.ts';
import type { PassageSketch } from '../../../support/indexed-pages.ts';
import { MemoryIndex } from '../../../support/memory-index.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const weights = fc.dictionary(
  fc.integer({ min: 0, max: 12 }).map((token) => String(token * 357_913_941)),
  fc.constantFrom(0.25, 0.5, 1, 1.7, 2.2),
  { maxKeys: 6 },
);
const dense = fc.constantFrom<number[]>(
  [1, 0, 0],
  [0, 1, 0],
  [0.6, 0.8, 0],
  [0, -0.6, 0.8],
  [-1, 0, 0],
);
const scope = fc.constantFrom<Scope>('public', 'chat:1', 'chat:2');
const maybeDense = fc.option(dense, { nil: undefined });

const replacement = fc.record({
  kind: fc.constant('replace' as const),
  page: fc.nat({ max: 7 }),
  scope,
  passages: fc.array(fc.record({ terms: weights, grams: weights, dense: maybeDense }), {
    maxLength: 4,
  }),
});
const question = fc.record({
  kind: fc.constant('query' as const),
  terms: weights,
  grams: weights,
  dense: maybeDense,
  scopes: fc.uniqueArray(scope),
  limit: fc.integer({ min: 1, max: 12 }),
});
const step = fc.oneof(
  { weight: 30, arbitrary: replacement },
  { weight: 16, arbitrary: question },
  { weight: 1, arbitrary: fc.constant({ kind: 'clear' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'reopen' as const }) },
);

it('answers like an index that looks at everything, after any sequence of steps', async () => {
  await using folder = await temporaryFolder();
  let embedded = await openEmbeddedIndex({ folder: folder.path });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60, size: 'max' }), async (steps) => {
      await embedded.clear();
      const simple = new MemoryIndex();
      for (const next of steps) {
        if (next.kind === 'reopen') {
          await embedded.close();
          embedded = await openEmbeddedIndex({ folder: folder.path });
          continue;
        }
        expect(await run(embedded, next)).toEqual(await run(simple, next));
      }
      expect(await embedded.count()).toEqual(await simple.count());
    }),
    { numRuns: 30, seed: 20_261_101 },
  );
  await embedded.close();
});

type Step = (typeof step extends fc.Arbitrary<infer Value> ? Value : never) & {
  kind: 'replace' | 'query' | 'clear';
};

async function run(index: PassageIndex, next: Step): Promise<unknown> {
  if (next.kind === 'clear') return await index.clear();
  if (next.kind === 'query') {
    const { kind: _kind, dense, ...parts } = next;
    return rounded(await index.query(hybridQuery(dense ? { ...parts, dense } : parts)));
  }
  const sketches = next.passages.map(({ dense, ...passage }, at): PassageSketch => {
    const id = next.page * 100 + at * 10 + SCOPES.indexOf(next.scope);
    return dense ? { id, ...passage, dense } : { id, ...passage };
  });
  const url = `https://a.example/${next.page}`;
  return await index.replacePage(indexedPage(url, sketches, { scope: next.scope }));
}

const SCOPES = ['public', 'chat:1', 'chat:2'];

/** Sums in another order may differ in the last bits; the order of the hits may not. */
function rounded(hits: ArmHits) {
  return Object.entries(hits).map(([arm, list]) => [
    arm,
    list.map(({ passage, score }) => ({ passage, score: score.toPrecision(9) })),
  ]);
}
