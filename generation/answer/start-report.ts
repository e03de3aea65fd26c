import { takeLinks } from '../../retrieval/links.ts';
import type { Language } from '../../retrieval/passage.ts';
import { detectLanguage } from '../../retrieval/text/language.ts';
import { isStopWord } from '../../retrieval/text/stop-words.ts';
import { tokenize } from '../../retrieval/text/terms.ts';

import type { AnswerReport, AskRequest, EarlierTurn } from './answer-event.ts';
import { withoutInvisible } from './fence.ts';
import { questionInText } from './question-in-text.ts';
import { standaloneQuestion } from './standalone-question.ts';

/**
 * What is known before anything was done. A follow-up is completed from what was said before; of a text
 * that is too long for a question, what it asks is taken.
 */
export function startReport(
  request: AskRequest,
  { generator, maxQuestionLength }: { generator: string; maxQuestionLength: number },
): AnswerReport {
  const asked = withoutInvisible(request.question.replace(/\s+/gu, ' ')).trim();
  const found =
    asked.length > maxQuestionLength ? questionInText(withoutInvisible(request.question)) : null;
  const history = request.history ?? [];
  const completed = standaloneQuestion(asked, history);
  // What was asked is judged by its length, not what became of it.
  const isFollowUp = completed.isFollowUp && completed.question.length <= maxQuestionLength;
  return {
    question: request.question,
    language:
      request.language ??
      (isFollowUp ? followUpLanguage(asked, history) : languageOf(found?.asked ?? asked, asked)),
    standaloneQuestion: isFollowUp ? completed.question : (found?.standalone ?? asked),
    answer: '',
    sentences: [],
    sources: [],
    disagreements: [],
    asOf: null,
    closest: [],
    notRead: [],
    generator,
    isDirect: false,
    nextQuestions: [],
    modelFailed: false,
    stopped: false,
    degraded: [],
    timingsMs: { search: 0, crawl: 0, rank: 0, firstToken: 0, total: 0 },
  };
}

/** That of a question; one of few letters, such as «DeepSeek-V3?», is in that of the text around it. */
function languageOf(asked: string, text: string): Language {
  const own = ownLanguage(asked);
  return own === 'other' ? ownLanguage(text) : own;
}

/** Without a letter or a digit nothing is asked, in no language; a link says nothing of its sender's. */
function ownLanguage(asked: string): Language {
  const { links, rest } = takeLinks(asked);
  const isLinkAlone = links.length > 0 && !/\p{L}/u.test(rest);
  return isLinkAlone || !/[\p{L}\p{N}]/u.test(rest) ? 'other' : detectLanguage(rest);
}

/** «А у DeepSeek-R1?» is Russian for its one word; "R1?" is of the language that was spoken before. */
function followUpLanguage(asked: string, history: readonly EarlierTurn[]): Language {
  const own = detectLanguage(asked);
  const hasWord = tokenize(asked).some(({ word }) => isStopWord(word));
  if (own !== 'other' && /[а-яё]/iu.test(asked)) return 'ru';
  if (own !== 'other' && hasWord) return own;
  const before = ownLanguage(history.at(-1)?.standaloneQuestion ?? '');
  return before === 'other' ? own : before;
}

/** Writes its times into the report. */
export function startClock({ timingsMs }: AnswerReport) {
  const startedAt = performance.now();
  return {
    firstToken() {
      if (timingsMs.firstToken === 0) timingsMs.firstToken = performance.now() - startedAt;
    },
    stop() {
      timingsMs.total = performance.now() - startedAt;
    },
  };
}
