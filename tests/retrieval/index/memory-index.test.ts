import { describePassageIndex } from '../../contracts/passage-index.ts';
import { MemoryIndex } from '../../support/memory-index.ts';

describePassageIndex('the brute-force index', async () => ({
  index: new MemoryIndex(),
  async [Symbol.asyncDispose]() {},
}));
