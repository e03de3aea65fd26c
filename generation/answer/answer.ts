import { createCitationStream } from '../../citations/citation-stream.ts';
import { resolveCitations } from '../../citations/resolve.ts';
import type { RankedPassage } from '../../retrieval/passage.ts';
import type { Retrieval, Retriever } from '../../retrieval/retrieve.ts';
import { asksAboutLinks, takeLinks } from '../../retrieval/links.ts';
import { detectLanguage } from '../../retrieval/text/language.ts';
import { contentStems } from '../../retrieval/text/stop-words.ts';
import { tokenize } from '../../retrieval/text/terms.ts';

import { ModelError } from '../models/chat-model.ts';
import type { AnswerEvent, AnswerReport, Ask, AskRequest, DeclineReason } from './answer-event.ts';
import type { Answerer } from './answerer.ts';
import { withoutInvisible } from './fence.ts';

export interface AnswerOptions {
  retriever: Retriever;
  /** Writes the answer from a model; null when none is configured. */
  modelAnswerer: Answerer | null;
  /** Quotes: the default, and what takes over when the model fails. */
  extractiveAnswerer: Answerer;
  /** The longest question, in UTF-16 units. */
  maxQuestionLength?: number;
  onFailure?: (what: string, error: unknown) => void;
}

/** Puts the way of a question together: search, read, rank, write, cite, check. */
export function createAsk({
  retriever,
  modelAnswerer,
  extractiveAnswerer,
  maxQuestionLength = 2000,
  onFailure = () => {},
}: AnswerOptions): Ask {
  return async function* ask(request, { signal }) {
    const report = startReport(request, (modelAnswerer ?? extractiveAnswerer).name);
    const clock = startClock(report);
    let shown = false;
    try {
      const refused = refuseQuestion(report, maxQuestionLength);
      if (refused !== null) {
        yield decline(refused);
        return;
      }
      yield { type: 'searching', question: report.standaloneQuestion, language: report.language };
      const retrieval = yield* retrieve();
      if (retrieval.passages.length === 0) {
        yield decline(whyNothing(retrieval));
        return;
      }
      if (asksAboutLinks(report.standaloneQuestion)) askAboutPages(retrieval.passages);
      const outcome = yield* write(retrieval);
      clock.stop();
      yield outcome;
    } catch (error) {
      clock.stop();
      if (!signal.aborted) onFailure('answer', error);
      yield { type: 'failed', error, report };
    }

    function decline(reason: DeclineReason): AnswerEvent {
      clock.stop();
      return { type: 'declined', reason, report };
    }

    async function* retrieve(): AsyncGenerator<AnswerEvent, Retrieval> {
      const { standaloneQuestion: question, language } = report;
      for await (const event of retriever.retrieve({ question, language }, { signal })) {
        if (event.type === 'reading') {
          yield event;
          continue;
        }
        report.notRead = event.retrieval.notRead;
        report.degraded.push(...event.retrieval.degraded);
        Object.assign(report.timingsMs, event.retrieval.timingsMs);
        return event.retrieval;
      }
      throw new Error('the retriever ended without a result');
    }

    /** «https://…» alone, or «о чём https://…?»: of the sender's language its page may say more. */
    function askAboutPages([first]: readonly RankedPassage[]): void {
      const { links } = takeLinks(report.standaloneQuestion);
      if (report.language === 'other') report.language = first?.language ?? 'other';
      const asked = report.language === 'ru' ? 'О чём эта страница' : 'What is the page about';
      report.standaloneQuestion = `${asked}: ${links.join(' ')}`;
    }

    async function* write(retrieval: Retrieval): AsyncGenerator<AnswerEvent, AnswerEvent> {
      if (modelAnswerer === null) return yield* writeWith(extractiveAnswerer, retrieval);
      try {
        return yield* writeWith(modelAnswerer, retrieval);
      } catch (error) {
        if (signal.aborted || !(error instanceof ModelError)) throw error;
        onFailure('model', error);
        report.degraded.push(error.message);
        report.modelFailed = true;
        report.generator = extractiveAnswerer.name;
      }
      if (shown) yield { type: 'text-reset' };
      return yield* writeWith(extractiveAnswerer, retrieval);
    }

    async function* writeWith(
      answerer: Answerer,
      retrieval: Retrieval,
    ): AsyncGenerator<AnswerEvent, AnswerEvent> {
      const { passages } = retrieval;
      const stream = createCitationStream(passages);
      const { standaloneQuestion: question, language } = report;
      const asked = { question, language, passages, length: request.length };
      shown = false;
      for await (const event of answerer.answer(asked, { signal })) {
        if (event.type === 'declined') {
          // A model may begin to talk and then see that it has no answer.
          if (shown) yield { type: 'text-reset' };
          // What the index still holds of earlier questions was not read for this one.
          const reason = whyNothing(retrieval);
          if (reason === 'not-answered')
            report.closest = closestPages(report.standaloneQuestion, passages);
          return { type: 'declined', reason, report };
        }
        const text = stream.push(event.text);
        if (text === '') continue;
        clock.firstToken();
        shown = true;
        yield { type: 'text-delta', text };
      }
      const { tail, ...cited } = stream.finish();
      if (tail !== '') {
        clock.firstToken();
        yield { type: 'text-delta', text: tail };
      }
      Object.assign(report, resolveCitations(cited));
      return { type: 'answered', report };
    }
  };
}

function startReport(request: AskRequest, generator: string): AnswerReport {
  const question = withoutInvisible(request.question.replace(/\s+/gu, ' ')).trim();
  const { links, rest } = takeLinks(question);
  const isLinkAlone = links.length > 0 && !/\p{L}/u.test(rest);
  return {
    question: request.question,
    // Without a letter or a digit nothing is asked, in no language.
    language:
      request.language ??
      (isLinkAlone || !/[\p{L}\p{N}]/u.test(rest) ? 'other' : detectLanguage(rest)),
    standaloneQuestion: question,
    answer: '',
    sentences: [],
    sources: [],
    closest: [],
    notRead: [],
    generator,
    modelFailed: false,
    stopped: false,
    degraded: [],
    timingsMs: { search: 0, crawl: 0, rank: 0, firstToken: 0, total: 0 },
  };
}

function startClock({ timingsMs }: AnswerReport) {
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

function refuseQuestion(
  { standaloneQuestion: question, language }: AnswerReport,
  maxLength: number,
): DeclineReason | null {
  if (!/[\p{L}\p{N}]/u.test(question)) return 'empty-question';
  if (question.length > maxLength) return 'question-too-long';
  return language === 'other' && !asksAboutLinks(question) ? 'unsupported-language' : null;
}

function whyNothing({ searchFailed, pagesFound, pagesRead }: Retrieval): DeclineReason {
  if (pagesRead > 0) return 'not-answered';
  if (pagesFound > 0) return 'nothing-read';
  return searchFailed ? 'search-failed' : 'nothing-found';
}

/** Pages that share a word with the question, at most three; the nearest of nothing is no help. */
function closestPages(
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
