import { expect, test } from 'vitest';

import { generateCallSchema, writeCallSchema } from '../../../support/call-schema-generator.ts';

const FILE = '../../../../bot/demo/fake-telegram/call-schema.json';

// Made anew by: vitest run -u tests/bot/demo/fake-telegram/call-schema.test.ts
test(
  'the schema of calls is that of the installed @grammyjs/types',
  { timeout: 60_000 },
  async () => {
    const schema = generateCallSchema();
    expect(Object.keys(schema.methods)).toHaveLength(187);
    await expect(writeCallSchema(schema)).toMatchFileSnapshot(FILE);
  },
);
