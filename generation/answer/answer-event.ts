import type { CitedDisagreement } from '../../citations/cite-disagreements.ts';
import type { CitedSentence, CitedSource } from '../../citations/citation.ts';
import type { Language, UnreadPage } from '../../retrieval/passage.ts';

import type { AsOf } from './as-of.ts';
import type { AnswerLength } from './answerer.ts';
import type { FileTask, RequestedFiles } from './requested-files.ts';

/** Milliseconds since the question was taken; firstToken and total count from there, the rest are spans. */
export interface AnswerTimings {
  search: number;
  crawl: number;
  rank: number;
  firstToken: number;
  total: number;
}

/** A page that was read and comes closest, offered when nothing answers. */
export interface ClosestPage {
  url: string;
  title: string;
  site: string;
}

/**
 * Why there is no answer. `nothing-found`: the search worked and found no page. `nothing-read`: pages
 * were found and none could be read. `not-answered`: pages were read and none answers.
 * `search-failed`: no engine answered and the index holds nothing that fits. `not-in-files`: the files
 * that were asked about do not answer. `no-question`: a greeting or thanks, and no model to return them.
 * The others refuse the question itself before any search.
 */
export type DeclineReason =
  | 'nothing-found'
  | 'nothing-read'
  | 'not-answered'
  | 'search-failed'
  | 'not-in-files'
  | 'no-question'
  | 'empty-question'
  | 'question-too-long'
  | 'unsupported-language';

/** All that is known about one answered question. Wording for a reader is the renderer's. */
export interface AnswerReport {
  question: string;
  language: Language;
  standaloneQuestion: string;
  /** The answer with markers [1] that count sources from 1 in order of appearance; '' when there is none. */
  answer: string;
  sentences: CitedSentence[];
  sources: CitedSource[];
  /** Where pages contradict each other on a figure or date of the answer; their pages are sources. */
  disagreements: CitedDisagreement[];
  /** Null where the answer does not depend on its time. */
  asOf: AsOf | null;
  /** Up to three; only when the question was declined after reading. */
  closest: ClosestPage[];
  notRead: UnreadPage[];
  /** `extractive`, or the model's name: who wrote the answer that is shown. */
  generator: string;
  /** Who sent a file asks what it says, or wants something done with code. */
  fileTask?: FileTask | 'code-question' | null;
  /** True when pages were named that were to answer, and did not: the rest of the web was searched. */
  isBeyondPages?: true;
  /** True when a model answered by itself what needs no search: there are no sources then. */
  isDirect: boolean;
  /** Up to three, in the answer's language; what was read answers them. */
  nextQuestions: string[];
  /** True when a model was to answer, failed, and quotes took over. */
  modelFailed: boolean;
  /** True when the reader stopped the writing before its end. */
  stopped: boolean;
  /** What did not work, one plain English sentence each; for operators. */
  degraded: string[];
  timingsMs: AnswerTimings;
}

/** The way of a question, as it happens. The last event is `answered`, `declined` or `failed`. */
export type AnswerEvent =
  /** Again with `inOtherWords`, when no page answered that the question's own words had found. */
  | { type: 'searching'; question: string; language: Language; inOtherWords?: true }
  /** Files of the chat are looked at, and nothing else so far. */
  | { type: 'reading-files'; files: number }
  | { type: 'reading'; pages: number }
  /** Text with markers already renumbered to sources. */
  | { type: 'text-delta'; text: string }
  /** What was streamed is withdrawn; another text follows (a model failed half-way). */
  | { type: 'text-reset' }
  /** Its answer may cite other pages than what was streamed: those that do bear a claim out. */
  | { type: 'answered'; report: AnswerReport }
  | { type: 'declined'; reason: DeclineReason; report: AnswerReport }
  | { type: 'failed'; error: unknown; report: AnswerReport };

export interface AskRequest {
  /** As the person wrote it. */
  question: string;
  /** Forces the answer's language; otherwise it is the question's. */
  language?: 'ru' | 'en';
  length: AnswerLength;
  /** What was said before in the same conversation, the oldest first, for «а когда?». */
  history?: readonly EarlierTurn[];
  /** Files of the chat; by default there are none. */
  files?: RequestedFiles;
  /** Addresses of pages that are to answer; the web is searched only where they do not. */
  pages?: readonly string[];
  /** True when no model may write the answer, even where one is configured. */
  quotesOnly?: boolean;
}

/** A question that was asked before, and what was answered. */
export interface EarlierTurn {
  /** After its own completion from history. */
  standaloneQuestion: string;
  /** With markers. */
  answer: string;
}

export interface AskOptions {
  /** Ends everything at once: the last event is `failed`. */
  signal: AbortSignal;
  /**
   * The reader has seen enough: nothing more is written, and what was is cited and checked as far as
   * its last whole sentence. The last event is then `answered` with `report.stopped`; its answer may
   * be shorter than what was streamed. When no whole sentence had been written, or it was aborted
   * before the writing, the last event is `failed` with the reason of this signal (an `AbortError`
   * unless `abort` was given another), after a `text-reset` if anything was streamed.
   */
  stopWriting?: AbortSignal;
}

/** Answers one question. Never throws: whatever fails ends in a `failed` or `declined` event. */
export type Ask = (request: AskRequest, options: AskOptions) => AsyncIterable<AnswerEvent>;
