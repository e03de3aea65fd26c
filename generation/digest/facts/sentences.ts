import type { Fact, Subject } from '../fact.ts';
import { found } from './parameters.ts';
import type { PageStatement } from './statements.ts';
import { foldName, isSubject, namesIn } from './subject.ts';

/**
 * Sentences that tell what a release is in its pages' own words: for a post in the language of its
 * pages, where the glossary has no words. One names the release, or goes on from one that does.
 */
export function readSentences(statement: PageStatement, subject: Subject): Fact[] {
  const { text, kind, page, before } = statement;
  if (kind !== 'sentence' || page.role === 'config') return [];
  if (!/[.!]$/u.test(text) || /https?:|@|[<>{}|]/u.test(text) || text.length > 260) return [];
  const isNamedIn = (words: string): boolean => {
    const folded = foldName(words);
    return (
      subject.aliases.some((alias) => folded.includes(alias)) ||
      namesIn(words).some(({ name }) => isSubject(name, subject))
    );
  };
  const standsAlone = text.length >= 40 && !LEANS.test(text) && isNamedIn(text);
  const others = namesIn(text).filter(({ name }) => !isSubject(name, subject));
  const goesOn = others.length === 0 && before.some(isNamedIn);
  const after = standsAlone ? null : (before.at(-1) ?? null);
  if (!standsAlone && (!goesOn || after === null)) return [];
  return [found({ kind: 'sentence', text, after }, text, statement)];
}

/** Its first word leans on what was said before. */
const LEANS =
  /^(?:поэтому|однако|но|а|и|также|кроме того|при этом|благодаря этому|итак|это|эта|этот|therefore|however|but|and|also|this|these|it|moreover|thus)(?!\p{L})/iu;
