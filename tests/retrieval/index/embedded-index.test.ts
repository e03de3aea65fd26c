import { describePassageIndex } from '../../contracts/passage-index.ts';
import { openEmbeddedIndex } from '../../../retrieval/index/embedded-index.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describePassageIndex('the embedded index', async () => {
  const folder = await temporaryFolder();
  const index = await openEmbeddedIndex({ folder: folder.path });
  return {
    index,
    async [Symbol.asyncDispose]() {
      await index.close();
      await folder[Symbol.asyncDispose]();
    },
  };
});
