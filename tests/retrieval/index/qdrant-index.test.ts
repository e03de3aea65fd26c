import { randomUUID } from 'node:crypto';

import { QdrantClient } from '@qdrant/js-client-rest';
import { describe } from 'vitest';

import { openQdrantIndex } from '../../../retrieval/index/qdrant-index.ts';
import { describePassageIndex } from '../../contracts/passage-index.ts';
import { startQdrant } from '../../support/qdrant/start-qdrant.ts';

const { QDRANT_URL: url = '', QDRANT_API_KEY: apiKey = '' } = process.env;

describePassageIndex('the Qdrant index over its stand-in', async () => {
  const qdrant = await startQdrant();
  const index = await openQdrantIndex({ url: qdrant.url, collection: 'istok', pausesMs: [] });
  return {
    index,
    async [Symbol.asyncDispose]() {
      await index.close();
      await qdrant[Symbol.asyncDispose]();
    },
  };
});

describe.skipIf(url === '')(
  `on a real server, ${url || 'which QDRANT_URL does not name, so that this is skipped'}`,
  () => {
    describePassageIndex('the Qdrant index', async () => {
      const collection = `istok-test-${randomUUID()}`;
      const index = await openQdrantIndex({ url, apiKey: apiKey || null, collection });
      return {
        index,
        async [Symbol.asyncDispose]() {
          await index.close();
          await dropCollections(collection);
        },
      };
    });
  },
);

async function dropCollections(prefix: string): Promise<void> {
  const client = new QdrantClient({ url, ...(apiKey === '' ? {} : { apiKey }) });
  const { collections } = await client.getCollections();
  for (const { name } of collections) {
    if (name.startsWith(`${prefix}-`)) await client.deleteCollection(name);
  }
}
