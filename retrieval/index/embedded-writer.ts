import { toFailure } from './embedded/failure.ts';
import { givePrecedence } from './embedded/give-precedence.ts';
import { IndexFileWriter } from './embedded/index-file-writer.ts';
import { openIndexFile } from './embedded/index-file.ts';
import type { WriterReply, WriterRequest } from './embedded/messages.ts';
import { serveCalls } from '../workers/serve-calls.ts';

/** Worker: the only one that writes the index file. */
givePrecedence();
serveCalls(answer, { toFailure });

let writer: IndexFileWriter | null = null;

function answer(request: WriterRequest): WriterReply {
  switch (request.kind) {
    case 'open': {
      const { database, file, problems } = openIndexFile(request);
      writer = new IndexFileWriter(database);
      return { kind: 'opened', file, problems };
    }
    case 'commit': {
      if (writer === null) throw new Error('the file is not open');
      return { kind: 'committed', ...writer.commit(request.operations) };
    }
    case 'close': {
      writer?.close();
      writer = null;
      return { kind: 'closed' };
    }
  }
}
