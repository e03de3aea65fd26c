import { citeDisagreements } from '../../citations/cite-disagreements.ts';
import { createCitationStream } from '../../citations/citation-stream.ts';
import type { CitedAnswer } from '../../citations/citation-stream.ts';
import type { SecondOpinion } from '../../citations/claims/second-opinion.ts';
import { verifyAnswer } from '../../citations/verify-answer.ts';
import type { AskedFiles } from '../../retrieval/files/asked-files.ts';
import { isFileAddress } from '../../retrieval/files/file-address.ts';
import { asksAboutLinks, takeLinks } from '../../retrieval/links.ts';
import { nextTurn } from '../../retrieval/next-turn.ts';
import type { RankedPassage, ReadInPart } from '../../retrieval/passage.ts';
import type { Retrieval, Retriever } from '../../retrieval/retrieve.ts';
import { reword } from '../../retrieval/search/reword.ts';

import { checkCodeSentences } from '../code/check-code-sentences.ts';
import { writesCode } from '../code/code-instructions.ts';
import { codeTaskIn } from '../code/code-task.ts';
import { ModelError } from '../models/chat-model.ts';
import type { AnswerEvent, AnswerTimings, Ask, DeclineReason } from './answer-event.ts';
import { asOf } from './as-of.ts';
import type { Answerer, AnswerRequest } from './answerer.ts';
import type { CompleteQuestion } from './complete-question.ts';
import { withoutCourtesy } from './courtesy.ts';
import { answerDirectly, isForModelAlone } from './direct/answer-directly.ts';
import type { DirectAnswerer } from './direct/direct-answerer.ts';
import { nextQuestions } from './next-questions.ts';
import { asksForSummary } from './requested-files.ts';
import type { RequestedFiles } from './requested-files.ts';
import { startClock, startReport } from './start-report.ts';
import { upToWholeSentence } from './whole-sentences.ts';
import { closestPages, refuseQuestion, whyNothing } from './why-declined.ts';

export interface AnswerOptions {
  retriever: Retriever;
  /** Writes the answer from a model; null when none is configured. */
  modelAnswerer: Answerer | null;
  /** Quotes: the default, and what takes over when the model fails. */
  extractiveAnswerer: Answerer;
  /** Answers what needs no search; null: everything is looked up. */
  directAnswerer?: DirectAnswerer | null;
  /** Reads a question in the light of what was said before; by rules alone when null. */
  completeQuestion?: CompleteQuestion | null;
  /** Asked about claims of a model that words alone do not decide. */
  secondOpinion?: SecondOpinion | null;
  /** The longest question, in UTF-16 units. */
  maxQuestionLength?: number;
  onFailure?: (what: string, error: unknown) => void;
}

/** Puts the way of a question together: search, read, rank, write, cite, check. */
export function createAsk({
  retriever,
  modelAnswerer,
  extractiveAnswerer,
  directAnswerer = null,
  completeQuestion = null,
  secondOpinion = null,
  maxQuestionLength = 2000,
  onFailure = () => {},
}: AnswerOptions): Ask {
  return async function* ask(request, { signal, stopWriting }) {
    const writer = request.quotesOnly === true ? null : modelAnswerer;
    const generator = (writer ?? extractiveAnswerer).name;
    const report = startReport(request, { generator, maxQuestionLength });
    const clock = startClock(report);
    const halted = stopWriting === undefined ? signal : AbortSignal.any([signal, stopWriting]);
    let shown = false;
    let partly: ReadonlyMap<string, ReadInPart> = new Map();
    try {
      if (writer !== null && directAnswerer !== null && isForModelAlone(request)) {
        const outcome = yield* answerDirectly({
          request,
          report,
          answerer: directAnswerer,
          signal,
          stopWriting: stopWriting ?? null,
          onFirstToken: () => clock.firstToken(),
          onFailure,
        });
        clock.stop();
        if (outcome !== null) {
          yield outcome;
          return;
        }
      }
      const refused = refuseQuestion(report, maxQuestionLength);
      if (refused !== null) {
        yield decline(refused);
        return;
      }
      if (writer !== null && completeQuestion !== null) await complete(completeQuestion);
      const { files, pages } = request;
      if (pages !== undefined) {
        const fromPages = yield* askPages(pages);
        if (fromPages.type !== 'declined') {
          clock.stop();
          yield fromPages;
          return;
        }
        report.isBeyondPages = true;
      }
      if (files !== undefined && files.order !== 'beside') {
        const fromFiles = yield* askFiles(files);
        if (fromFiles.type !== 'declined' || files.order === 'alone') {
          clock.stop();
          yield fromFiles;
          return;
        }
        report.fileTask = null;
      }
      yield { type: 'searching', question: report.standaloneQuestion, language: report.language };
      const beside = files && { pages: files.pages, isAlone: false };
      const retrieval = yield* retrieve({ files: beside });
      const isAboutLinks = asksAboutLinks(report.standaloneQuestion);
      if (isAboutLinks && retrieval.passages.length > 0) askAboutPages(retrieval.passages);
      const first = yield* writeFrom(retrieval);
      const outcome = isAboutLinks ? first : yield* searchAgain(first, retrieval, beside);
      clock.stop();
      yield outcome;
    } catch (error) {
      clock.stop();
      if (!halted.aborted) onFailure('answer', error);
      yield { type: 'failed', error, report };
    }

    async function* askPages(pages: readonly string[]): AsyncGenerator<AnswerEvent, AnswerEvent> {
      return yield* writeFrom(yield* retrieve({ pages }));
    }

    async function* writeFrom(retrieval: Retrieval): AsyncGenerator<AnswerEvent, AnswerEvent> {
      if (retrieval.passages.length > 0) return yield* write(retrieval);
      return { type: 'declined', reason: whyNothing(retrieval), report };
    }

    /** What no page answers may stand on pages that other words find. */
    async function* searchAgain(
      first: AnswerEvent,
      { tried }: Retrieval,
      files?: AskedFiles,
    ): AsyncGenerator<AnswerEvent, AnswerEvent> {
      // An engine that fails, or finds nothing at all, does so for other words too.
      if (first.type !== 'declined' || first.reason !== 'not-answered') return first;
      const { standaloneQuestion: question, language } = report;
      const searchFor = reword(takeLinks(withoutCourtesy(question)).rest);
      if (searchFor === null) return first;
      yield { type: 'searching', question, language, inOtherWords: true };
      const retrieval = yield* retrieve({ files, searchFor, except: tried });
      return retrieval.pagesRead === 0 ? first : yield* writeFrom(retrieval);
    }

    async function* askFiles(files: RequestedFiles): AsyncGenerator<AnswerEvent, AnswerEvent> {
      const { pages, code } = files;
      yield { type: 'reading-files', files: pages.length };
      // A name of the code that is asked about says nothing of its asker's language.
      if (code !== null && /[а-яё]{2}/iu.test(report.question)) report.language = 'ru';
      const summary = asksForSummary(report.standaloneQuestion) ? 'summary' : null;
      const wish = code === null || !isModel(writer) ? null : codeTaskIn(report.standaloneQuestion);
      const task = files.task ?? wish ?? summary;
      report.fileTask = task ?? (code === null ? null : 'code-question');
      const alone = { pages, isAlone: true, inOrder: task !== null };
      const retrieval = yield* retrieve({ files: alone });
      if (retrieval.passages.length === 0) {
        return { type: 'declined', reason: 'not-in-files', report };
      }
      const isCode = code !== null && (task !== 'summary' || !isModel(writer));
      return yield* write(retrieval, {
        declineReason: 'not-in-files',
        asked: {
          ...(task === 'summary' && { wantsSummary: true }),
          ...(isCode && { code: { ...code, task } }),
        },
      });
    }

    async function complete(completer: CompleteQuestion): Promise<void> {
      const { history = [] } = request;
      const { question, standaloneQuestion } = report;
      const isFollowUp = standaloneQuestion !== question.replaceAll(/\s+/gu, ' ').trim();
      const byRules = { question: standaloneQuestion, isFollowUp };
      const asked = { question, history, byRules };
      const completed = await completer(asked, { signal: halted });
      report.standaloneQuestion = completed.question;
    }

    /** Whoever stands for the quotes, as the demo's liar does, has their name. */
    function isModel(answerer: Answerer | null): boolean {
      return answerer !== null && answerer.name !== extractiveAnswerer.name;
    }

    function decline(reason: DeclineReason): AnswerEvent {
      clock.stop();
      return { type: 'declined', reason, report };
    }

    async function* retrieve(from: RetrieveFrom): AsyncGenerator<AnswerEvent, Retrieval> {
      const { language } = report;
      const question = withoutCourtesy(report.standaloneQuestion);
      const isFirst = from.searchFor === undefined;
      const wanted = { question, language, bothLanguages: writer !== null && isFirst, ...from };
      for await (const event of retriever.retrieve(wanted, { signal: halted })) {
        if (event.type === 'reading') {
          yield event;
          continue;
        }
        halted.throwIfAborted();
        report.notRead = [...(isFirst ? [] : report.notRead), ...event.retrieval.notRead];
        report.degraded = [...new Set([...report.degraded, ...event.retrieval.degraded])];
        addTimings(report.timingsMs, event.retrieval.timingsMs);
        partly = new Map([...partly, ...(event.retrieval.readInPart ?? [])]);
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

    async function* write(
      retrieval: Retrieval,
      about: WritingAbout = {},
    ): AsyncGenerator<AnswerEvent, AnswerEvent> {
      // What has just failed for the pages found first is not waited for again.
      if (writer === null || report.modelFailed) {
        return yield* writeWith(extractiveAnswerer, retrieval, about);
      }
      try {
        return yield* writeWith(writer, retrieval, about);
      } catch (error) {
        if (halted.aborted || !(error instanceof ModelError)) throw error;
        onFailure('model', error);
        report.degraded.push(error.message);
        report.modelFailed = true;
      }
      if (shown) yield { type: 'text-reset' };
      return yield* writeWith(extractiveAnswerer, retrieval, about);
    }

    async function* writeWith(
      answerer: Answerer,
      retrieval: Retrieval,
      { declineReason, asked: more = {} }: WritingAbout,
    ): AsyncGenerator<AnswerEvent, AnswerEvent> {
      const { passages } = retrieval;
      const stream = createCitationStream(passages);
      const { standaloneQuestion: question, language } = report;
      const asked = { question, language, passages, length: request.length, ...more };
      let written = '';
      shown = false;
      // A question may be written about twice, and by others than the first time.
      Object.assign(report, { generator: answerer.name, closest: [] });
      await nextTurn();
      try {
        for await (const event of answerer.answer(asked, { signal: halted })) {
          halted.throwIfAborted();
          if (event.type === 'fallback') {
            onFailure('model', event.error);
            report.degraded.push(event.error.message);
            report.generator = event.to;
            continue;
          }
          if (event.type === 'declined') {
            // A model may begin to talk and then see that it has no answer.
            if (shown) yield { type: 'text-reset' };
            // What the index still holds of earlier questions was not read for this one.
            const reason = declineReason ?? whyNothing(retrieval);
            if (reason === 'not-answered')
              report.closest = closestPages(report.standaloneQuestion, passages);
            return { type: 'declined', reason, report };
          }
          written += event.text;
          const text = stream.push(event.text);
          if (text === '') continue;
          clock.firstToken();
          shown = true;
          yield { type: 'text-delta', text };
        }
      } catch (error) {
        if (stopWriting?.aborted !== true || signal.aborted) throw error;
        const kept = upToWholeSentence(written);
        if (kept !== '') return await stoppedAfter(kept, passages);
        if (shown) yield { type: 'text-reset' };
        throw stopWriting.reason;
      }
      const { tail, ...cited } = stream.finish();
      if (tail !== '') {
        clock.firstToken();
        yield { type: 'text-delta', text: tail };
      }
      await nextTurn();
      const isAboutCode = more.code !== undefined && isModel(answerer);
      const isJudged = answerer !== extractiveAnswerer && !isAboutCode;
      await verify(cited, passages, isJudged ? secondOpinion : null);
      if (isAboutCode) {
        const writes = writesCode(more.code?.task ?? null);
        report.sentences = checkCodeSentences(report.sentences, passages, { writesCode: writes });
      }
      report.nextQuestions = await nextQuestions({
        question,
        language,
        passages,
        answer: report.answer,
        cited: report.sources.map(({ url }) => url),
      });
      return { type: 'answered', report };
    }

    async function verify(
      cited: CitedAnswer,
      passages: readonly RankedPassage[],
      judge: SecondOpinion | null,
    ): Promise<void> {
      const { answer, sentences, sources, checks, opinionFault } = await verifyAnswer(cited, {
        passages,
        signal: halted,
        ...(judge === null ? {} : { secondOpinion: judge }),
      });
      report.answer = answer;
      const disputed = citeDisagreements({ sentences, sources }, passages);
      report.disagreements = disputed.disagreements;
      report.sources = disputed.sources.map((source) => {
        const readInPart = partly.get(source.url);
        return readInPart === undefined ? source : { ...source, readInPart };
      });
      // Whoever sent a file knows of when it is.
      const ofWeb = sources.filter(({ url }) => !isFileAddress(url));
      report.asOf = asOf(report.standaloneQuestion, { sentences, sources: ofWeb });
      report.sentences = sentences.map((sentence, at) => {
        const { difference = null, isCorrected = false } = checks[at] ?? {};
        return {
          ...sentence,
          ...(difference !== null && { difference }),
          ...(isCorrected && { isCorrected }),
        };
      });
      if (opinionFault === null || halted.aborted) return;
      onFailure('second opinion', opinionFault);
      const sentence = opinionFault instanceof ModelError ? opinionFault.message : 'none was given';
      report.degraded.push(`second opinion: ${sentence}`);
    }

    /** It is cited and checked like any answer. */
    async function stoppedAfter(
      kept: string,
      passages: readonly RankedPassage[],
    ): Promise<AnswerEvent> {
      const stream = createCitationStream(passages);
      stream.push(kept);
      // Whoever stopped it waits for nobody's opinion.
      await verify(stream.finish(), passages, null);
      report.stopped = true;
      return { type: 'answered', report };
    }
  };
}

interface RetrieveFrom {
  files?: AskedFiles | undefined;
  /** Pages that alone are asked. */
  pages?: readonly string[];
  /** Other words than the question's, when those have found no answer, and the pages they found. */
  searchFor?: string;
  except?: readonly string[];
}

/** A second search takes its time as well. */
function addTimings(sum: AnswerTimings, more: Partial<AnswerTimings>): void {
  for (const part of ['search', 'crawl', 'rank'] as const) sum[part] += more[part] ?? 0;
}

/** What else is known of the passages that an answer is written from. */
interface WritingAbout {
  /** Why there is no answer where they hold none; else it is told by what was read. */
  declineReason?: DeclineReason;
  asked?: Pick<AnswerRequest, 'wantsSummary' | 'code'>;
}
