import type { AnswerRequest, Answerer, AnswererEvent } from '../../generation/answer/answerer.ts';
import type { Retrieval, RetrievalEvent, Retriever } from '../../retrieval/retrieve.ts';

export interface ScriptedAnswerer extends Answerer {
  readonly requests: readonly AnswerRequest[];
  /** How many answers are under way. */
  readonly running: number;
}

/** Says its pieces one after the other; an error among them is thrown there, null declines. */
export function scriptedAnswerer(
  name: string,
  pieces: readonly (string | Error | null)[],
): ScriptedAnswerer {
  const requests: AnswerRequest[] = [];
  let running = 0;
  return {
    name,
    requests,
    get running() {
      return running;
    },
    async *answer(request, { signal }): AsyncIterable<AnswererEvent> {
      requests.push(request);
      running += 1;
      try {
        for (const piece of pieces) {
          signal.throwIfAborted();
          if (piece instanceof Error) throw piece;
          yield piece === null ? { type: 'declined' } : { type: 'text-delta', text: piece };
        }
      } finally {
        running -= 1;
      }
    },
  };
}

export interface ScriptedRetriever extends Retriever {
  questions: string[];
  /** What it was asked for in other words, and what it was to leave out. */
  searchedAgain: { searchFor: string; except: readonly string[] }[];
}

/** A retriever that comes to this, or fails with an error; other words find nothing by default. */
export function scriptedRetriever(
  first: Partial<Retrieval> | Error,
  inOtherWords: Partial<Retrieval> | Error = { pagesFound: 0 },
): ScriptedRetriever {
  const questions: string[] = [];
  const searchedAgain: ScriptedRetriever['searchedAgain'] = [];
  return {
    questions,
    searchedAgain,
    async *retrieve(
      { question, searchFor, except = [] },
      { signal },
    ): AsyncIterable<RetrievalEvent> {
      const outcome = searchFor === undefined ? first : inOtherWords;
      if (searchFor === undefined) questions.push(question);
      else searchedAgain.push({ searchFor, except });
      signal.throwIfAborted();
      if (outcome instanceof Error) throw outcome;
      const pages = outcome.pagesFound ?? 2;
      if (pages > 0) yield { type: 'reading', pages };
      yield { type: 'retrieved', retrieval: { ...nothingFound, pagesFound: pages, ...outcome } };
    },
    async settled() {},
  };
}

const nothingFound: Retrieval = {
  passages: [],
  pagesFound: 0,
  pagesRead: 0,
  searchFailed: false,
  notRead: [],
  tried: [],
  degraded: [],
  timingsMs: { search: 1, crawl: 2, rank: 3 },
};
