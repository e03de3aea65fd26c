import type { IndexCount } from '../../retrieval/index/passage-index.ts';
import type { Reindexer } from '../../retrieval/sources/reindexer.ts';
import type { SourceStore } from '../../retrieval/sources/source-store.ts';

/** What an admin's commands about sources work on. */
export interface SourcesDesk {
  store: SourceStore;
  reindexer: Reindexer;
  /** Pages and passages of each source that has any. */
  countBySource(): Promise<Map<string, IndexCount>>;
  /** Removes a source and its pages. */
  remove(id: string): Promise<void>;
  /** Why an address may not be a source; null when it may. What a name leads to shows on reading. */
  refuseAddress(address: string): 'not-an-address' | 'not-public' | null;
  /** Reads what is due, or what the index has lost. Never rejects. */
  look(): Promise<void>;
  /** Looks now and every minute. */
  keepFresh(): void;
  /** Leaves what is under way for the next start. */
  close(): Promise<void>;
}
