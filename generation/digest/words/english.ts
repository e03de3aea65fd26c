import type { DraftParagraph, PostDraft, PostLine } from '../digest-post.ts';
import type { FactTable } from '../fact.ts';
import { writeInRussian } from './russian.ts';
import type { PhraseOptions } from './phrasebook.ts';

export function writeInEnglish(table: FactTable, options: PhraseOptions): PostDraft {
  return writeInRussian(table, options);
}
export type { DraftParagraph, PostLine };
