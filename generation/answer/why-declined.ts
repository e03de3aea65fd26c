import { asksAboutLinks, takeLinks } from '../../retrieval/links.ts';
import type { RankedPassage } from '../../retrieval/passage.ts';
import type { Retrieval } from '../../retrieval/retrieve.ts';
import { contentStems } from '../../retrieval/text/stop-words.ts';
import { tokenize } from '../../retrieval/text/terms.ts';

import type { AnswerReport, DeclineReason } from './answer-event.ts';
import { isCourtesyAlone } from './direct/needs-search.ts';

/** Why a question is not even searched for, or null. */
export function refuseQuestion(
  { standaloneQuestion: question, language }: AnswerReport,
  maxLength: number,
): DeclineReason | null {
  if (!/[\p{L}\p{N}]/u.test(question)) return 'empty-question';
  if (question.length > maxLength) return 'question-too-long';
  if (isCourtesyAlone(question)) return 'no-question';
  return language === 'other' && !asksAboutLinks(question) ? 'unsupported-language' : null;
}

/** Why there is nothing to answer from, or nothing in it that answers. */
export function whyNothing({ searchFailed, pagesFound, pagesRead }: Retrieval): DeclineReason {
  if (pagesRead > 0) return 'not-answered';
  if (pagesFound > 0) return 'nothing-read';
  return searchFailed ? 'search-failed' : 'nothing-found';
}

/** Pages that share a word with the question, at most three; the nearest of nothing is no help. */
export function closestPages(
  question: string,
  passages: readonly RankedPassage[],
): AnswerReport['closest'] {
  const asked = new Set(contentStems(tokenize(takeLinks(question).rest)));
  const pages = new Map<string, AnswerReport['closest'][number]>();
  for (const { pageUrl: url, title, site, text } of passages) {
    const sharesWord = tokenize(`${title}\n${text}`).some((token) => asked.has(token.stem));
    if (sharesWord && !pages.has(url)) pages.set(url, { url, title, site });
  }
  return [...pages.values()].slice(0, 3);
}
