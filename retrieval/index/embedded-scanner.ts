import { toFailure } from './embedded/failure.ts';
import { givePrecedence } from './embedded/give-precedence.ts';
import { IndexFileScanner } from './embedded/index-file-scanner.ts';
import type { ScannerReply, ScannerRequest } from './embedded/messages.ts';
import { serveCalls } from '../workers/serve-calls.ts';

/** Worker: holds the vectors in memory and answers queries. Reads the file, never writes it. */
serveCalls(answer, { toFailure });

let scanner: IndexFileScanner | null = null;

function answer(request: ScannerRequest): ScannerReply {
  if (request.kind === 'load') {
    scanner = new IndexFileScanner(request);
    // Not sooner: until it is loaded, people wait for nothing else.
    givePrecedence();
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
    case 'read-page': {
      return { kind: 'page-passages', passages: scanner.readPage(request) };
    }
    case 'count': {
      return { kind: 'counted', count: scanner.count() };
    }
    case 'count-by-source': {
      return { kind: 'counted-by-source', counts: scanner.countBySource() };
    }
    case 'rebuilt': {
      return { kind: 'rebuilt-so-far', urls: scanner.rebuilt(request.sourceId) };
    }
    case 'read-pages': {
      return { kind: 'pages', ...scanner.readPages(request.after, request.limit) };
    }
    case 'property': {
      return { kind: 'property-read', value: scanner.property(request.name) };
    }
    case 'close': {
      scanner.close();
      scanner = null;
      return { kind: 'closed' };
    }
  }
}
