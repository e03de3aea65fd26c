import { describeEmbedder } from '../../contracts/embedder.ts';
import { createHashedEmbedder } from '../../support/hashed-embedder.ts';

describeEmbedder('hashed words', (use) => use(createHashedEmbedder()));
