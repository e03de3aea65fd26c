import { createHash } from 'node:crypto';

import type { Embedder } from '../embed/embedder.ts';
import type { PassageIndex, Scope } from '../index/passage-index.ts';
import { createTolerantIndex } from '../index/tolerant-index.ts';
import type { PageReader } from '../reading/page-reader.ts';

import { fileAddress } from './file-address.ts';
import { readFile } from './read-file.ts';
import type { ReadFile } from './read-file.ts';

/** What a chat's files are kept in: their text stands in the index and nowhere else. */
export interface FileLibrary {
  /**
   * Reads a file and keeps what it says for one chat alone. The same bytes in the same place are kept
   * once. @throws {FileError} when it cannot be read, {IndexError} when it cannot be kept
   */
  keep(file: FileToKeep, options: { signal: AbortSignal }): Promise<KeptText>;
  /** The beginning of what was kept, in whole passages. @throws {IndexError} */
  beginning(
    file: { scope: Scope; url: string },
    options: { maxCharacters: number },
  ): Promise<{
    text: string;
    isCut: boolean;
  }>;
  /** Removes what was kept, from the disk as well. @throws {IndexError} */
  remove(scope: Scope): Promise<void>;
}

export interface FileToKeep {
  name: string;
  bytes: Uint8Array;
  /** The chat and topic it belongs to, as `77` or `-100/5`. */
  place: string;
  /** ISO 8601. */
  sentAt: string;
}

export interface KeptText extends Omit<ReadFile, 'page'> {
  url: string;
  /** Of this file alone: whoever asks names the scopes of all files that may be seen. */
  scope: Scope;
  passages: number;
}

export interface FileLibraryOptions {
  index: Pick<PassageIndex, 'replacePage' | 'query' | 'readPage' | 'deleteScope'>;
  read: PageReader['read'];
  embedder: Embedder | null;
  /** Told what failed with its cause; readers never see it. */
  onFailure: (what: string, error: unknown) => void;
}

export function createFileLibrary({
  index,
  read,
  embedder,
  onFailure,
}: FileLibraryOptions): FileLibrary {
  const kept = createTolerantIndex(index, { onRefusal: (error) => onFailure('index', error) });
  return {
    async keep({ name, bytes, place, sentAt }, { signal }) {
      const id = fingerprint(bytes);
      const scope: Scope = `chat:${place}/${id}`;
      const address = fileAddress({ id, name });
      const { page, ...about } = await readFile(
        { name, address, bytes, scope, sentAt },
        { read, embedder, signal, onEmbedFailure: (error) => onFailure('embeddings', error) },
      );
      signal.throwIfAborted();
      // The same bytes may have come under another name.
      await index.deleteScope(scope);
      await kept.replacePage(page);
      return { ...about, url: page.url, scope, passages: page.passages.length };
    },
    async beginning({ scope, url }, { maxCharacters }) {
      const passages = await index.readPage({ scope, url });
      let text = '';
      for (const [at, passage] of passages.entries()) {
        const more = at === 0 ? passage.text : `\n${passage.text}`;
        if (text.length + more.length > maxCharacters) {
          const fits = text === '' ? more.slice(0, maxCharacters) : text;
          return { text: fits, isCut: true };
        }
        text += more;
      }
      return { text, isCut: false };
    },
    remove: (scope) => index.deleteScope(scope),
  };
}

/** Of a file's bytes: tells whether they were read before. */
export function fingerprint(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 32);
}
