import type { PostDraft } from '../digest-post.ts';
import type { FactTable } from '../fact.ts';

export interface PhraseOptions {
  /** For facts that expire. */
  now: Date;
  hasGithub: boolean;
  hasHuggingface: boolean;
}

/** Writes what a post says in one language, from facts alone. */
export type Phrasebook = (table: FactTable, options: PhraseOptions) => PostDraft;

/** What a release is to its readers: its post opens and is titled by it. */
export type PostForm = 'benchmark' | 'dataset' | 'finetune' | 'model' | 'method' | 'tool' | 'story';
