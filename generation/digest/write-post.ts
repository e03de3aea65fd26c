import type { SecondOpinion } from '../../citations/claims/second-opinion.ts';
import type { Release } from '../../retrieval/releases/release.ts';
import type { DigestPost, PostDraft, PostLanguage } from './digest-post.ts';
import type { FactTable } from './fact.ts';
import { checkPost, MOST_PARAGRAPHS, POST_LENGTH } from './house-rules.ts';
import { isMajor } from './is-major.ts';
import { quotationOf } from './quotation.ts';
import { fit, joinParagraphs, layOut, linesOf, linksOf } from './lay-out.ts';
import { verifyLines } from './verify-post.ts';
import { writeInEnglish } from './words/english.ts';
import { writeInRussian } from './words/russian.ts';

export interface WritePostOptions {
  language?: PostLanguage;
  /** Facts that expire carry this date. */
  now: Date;
  secondOpinion?: SecondOpinion | null;
  signal?: AbortSignal;
}

/**
 * A post from facts alone, checked. Where they do not suffice it is shorter, and says among its broken
 * rules which one it misses.
 */
export async function writePost(
  release: Release,
  table: FactTable,
  options: WritePostOptions,
): Promise<DigestPost> {
  const { language = 'ru', now } = options;
  const { github, huggingface } = release.links;
  const write = language === 'ru' ? writeInRussian : writeInEnglish;
  const draft = write(table, {
    now,
    hasGithub: github !== null,
    hasHuggingface: huggingface !== null,
  });
  const filled = quoteMore(draft, table, { language, links: linksOf(release, language) });
  return finishPost(release, table, filled, { ...options, generator: 'facts' });
}

/** A post that its facts leave short says more in its sources' own words, where they are in its language. */
function quoteMore(
  draft: PostDraft,
  table: FactTable,
  { language, links }: { language: PostLanguage; links: ReturnType<typeof linksOf> },
): PostDraft {
  const { text: said } = layOut(joinParagraphs(draft, { most: MOST_PARAGRAPHS }), links);
  const { length } = said;
  if (length >= POST_LENGTH.least) return draft;
  const told = new Set(linesOf(draft).flatMap(({ facts }) => facts.map((fact) => fact.quote)));
  const quotation = quotationOf(table, {
    language,
    most: POST_LENGTH.most - length - MARGIN,
    told,
    said,
    isDefined: true,
    lead: language === 'ru' ? 'Из источников: ' : 'From the sources: ',
  });
  if (quotation === null) return draft;
  const paragraph = { kind: 'text', lines: [quotation] } as const;
  const paragraphs = draft.paragraphs.filter((one) => one.kind !== 'text' || one.lines.length > 0);
  // After who made what, and before the figures and what limits it.
  return { ...draft, paragraphs: paragraphs.toSpliced(1, 0, paragraph) };
}

/** For the quotation's own words and marks. */
const MARGIN = 30;

/** Lays a draft out, checks it against its facts and the rules of the house. */
export async function finishPost(
  release: Release,
  table: FactTable,
  draft: PostDraft,
  {
    language = 'ru',
    now,
    secondOpinion = null,
    signal,
    generator,
  }: WritePostOptions & { generator: string },
): Promise<DigestPost> {
  const major = isMajor(release, table);
  const links = linksOf(release, language);
  // What a model or an editor wrote is laid out as it was written.
  const fitted =
    generator === 'facts'
      ? fit(
          joinParagraphs(draft, { most: MOST_PARAGRAPHS }),
          links,
          major ? POST_LENGTH.mostOfMajor : POST_LENGTH.most,
        )
      : draft;
  const laidOut = layOut(fitted, links);
  const { claims, sources } = await verifyLines(linesOf(fitted), table, {
    secondOpinion,
    ...(signal === undefined ? {} : { signal }),
  });
  const post = {
    releaseId: release.id,
    language,
    ...laidOut,
    claims,
    sources,
    isMajor: major,
    generator,
  };
  return { ...post, brokenRules: checkPost(post, table, { now }) };
}
