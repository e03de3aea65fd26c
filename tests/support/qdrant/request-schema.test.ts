import { expect, test } from 'vitest';

import { generateRequestSchema, writeRequestSchema } from './request-schema-generator.ts';
import { checkBody, REQUEST_BODIES } from './request-schema.ts';

// Made anew by: vitest run tests/support/qdrant/request-schema.test.ts --update
test(
  'the schema of requests is that of the installed @qdrant/js-client-rest',
  { timeout: 60_000 },
  async () => {
    const schema = generateRequestSchema(REQUEST_BODIES);
    await expect(writeRequestSchema(schema)).toMatchFileSnapshot(
      '../../fixtures/qdrant/request-schema.json',
    );
  },
);

test('a request that the client takes has no fault', () => {
  const filter = { must: [{ key: 'url', match: { any: ['a'] } }] };
  expect(checkBody({ limit: 10, filter }, 'ScrollRequest')).toBeNull();
});

test.each([
  [{ filter: { must: [{ key: 'url', match: { anny: ['a'] } }] } }, 'match: has no'],
  [{ limit: '10' }, 'ScrollRequest.limit: is'],
  [{ limits: 10 }, 'ScrollRequest: has no field limits'],
  [{ filter: { must: [{ keys: 'url' }] } }, 'must[0]: has no'],
])('a request %j is refused', (body, fault) => {
  expect(checkBody(body, 'ScrollRequest')).toContain(fault);
});
