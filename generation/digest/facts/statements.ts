import type { Block } from '../../../retrieval/passage.ts';
import { splitSentences } from '../../../retrieval/text/sentences.ts';
import type { Subject } from '../fact.ts';
import type { SourcePage } from '../source-page.ts';
import { isPageOf, namesIn } from './subject.ts';

/** One thing that a page says, in its own words. */
export interface PageStatement {
  /** Exactly part of a block. */
  text: string;
  heading: string;
  kind: 'sentence' | 'row' | 'line';
  page: SourcePage;
  /** Whether the page is about the release. */
  isOfPage: boolean;
  /** The system that a pronoun at its beginning stands for, where another sentence names it. */
  carried: string | null;
  /** The sentences of its block right before it. */
  before: readonly string[];
}

/** Sentences, rows and lines of a page, in order. Code says nothing of a release. */
export function statementsOf(page: SourcePage, subject: Subject): PageStatement[] {
  const isOfPage = isPageOf(page, subject);
  const statements: PageStatement[] = [];
  let heading = '';
  for (const block of page.blocks) {
    if (statements.length >= MOST_STATEMENTS) break;
    if (block.kind === 'heading') {
      heading = block.text;
      continue;
    }
    if (block.kind === 'code') continue;
    let last: string | null = null;
    const texts = textsOf(block, page);
    for (const [at, text] of texts.entries()) {
      if (text.length > LONGEST) continue;
      const carried: string | null = PRONOUN.test(text) ? last : null;
      last = carried ?? namesIn(text)[0]?.name ?? null;
      const before = texts.slice(Math.max(0, at - MOST_BEFORE), at);
      const kind = kindOf(block, page);
      statements.push({ text, heading, kind, page, isOfPage, carried, before });
    }
  }
  return statements;
}

const PRONOUN =
  /^(?:its?|they|their|this|these|both|он[аио]?|е[её]|его|их|эта|этот|это|обе)(?!\p{L})/iu;

const MOST_STATEMENTS = 6000;
const LONGEST = 1200;
const MOST_BEFORE = 4;

function textsOf({ kind, text }: Block, { role }: SourcePage): string[] {
  if (kind === 'table-row' || role === 'config') return [text];
  return splitSentences(text.slice(0, 20_000)).map((sentence) => sentence.text);
}

function kindOf({ kind }: Block, { role }: SourcePage): PageStatement['kind'] {
  if (kind === 'table-row') return 'row';
  return role === 'config' ? 'line' : 'sentence';
}
