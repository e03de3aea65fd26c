import { IndexFileScanner } from './embedded/index-file-scanner.ts';
import type { ScannerReply, ScannerRequest } from './embedded/messages.ts';
import { serveCalls } from './embedded/serve-calls.ts';

/** Worker: holds the vectors in memory and answers queries. Reads the file, never writes it. */
serveCalls<ScannerRequest, ScannerReply>(answer);

let scanner: IndexFileScanner | null = null;

function answer(request: ScannerRequest): ScannerReply {
  if (request.kind === 'load') {
    scanner = new IndexFileScanner(request.file);
    return { kind: 'loaded' };
  }
  if (scanner === null) throw new Error('the file is not loaded');
  switch (request.kind) {
    case 'apply': {
      scanner.apply(request.changes);
      return { kind: 'applied' };
    }
    case 'query': {
      return { kind: 'hits', hits: scanner.query(request.query) };
    }
    case 'count': {
      return { kind: 'counted', ...scanner.count() };
    }
    case 'close': {
      scanner.close();
      scanner = null;
      return { kind: 'closed' };
    }
  }
}
