import type { Fact, Subject } from '../fact.ts';
import { found } from './parameters.ts';
import type { PageStatement } from './statements.ts';
import { foldName } from './subject.ts';

/**
 * Sentences that tell what a release is in its pages' own words: for a post in the language of its
 * pages, where the glossary has no words. They name the release, and can stand alone.
 */
export function readSentences(statement: PageStatement, subject: Subject): Fact[] {
  const { text, kind, page } = statement;
  if (kind !== 'sentence' || page.role === 'config') return [];
  if (
    text.length < 40 ||
    text.length > 260 ||
    !/[.!]$/u.test(text) ||
    /https?:|@|[<>{}|]/u.test(text)
  )
    return [];
  if (LEANS.test(text)) return [];
  const folded = foldName(text);
  if (!subject.aliases.some((alias) => folded.includes(alias))) return [];
  return [found({ kind: 'sentence', text }, text, statement)];
}

/** Its first word leans on what was said before. */
const LEANS =
  /^(?:поэтому|однако|но|а|и|также|кроме того|при этом|благодаря этому|итак|это|эта|этот|therefore|however|but|and|also|this|these|it|moreover|thus)(?!\p{L})/iu;
