import type { CitedSource } from '../../citations/citation.ts';
import type { Difference } from '../../citations/find-difference.ts';
import type { Language, Place } from '../../retrieval/passage.ts';

import type { FoundClaim } from './find-claims.ts';

/**
 * `confirmed`: a page bears all of it out. `contradicted`: a page says the same of the same thing with
 * another value. `disputed`: one page says so, another otherwise. `not-found`: pages were read, and
 * neither is sure. `unchecked`: it could not be looked up.
 */
export type ClaimVerdict = 'confirmed' | 'contradicted' | 'disputed' | 'not-found' | 'unchecked';

/** Why a claim could not be looked up. */
export type UncheckedReason = 'search-failed' | 'nothing-read' | 'too-late' | 'stopped' | 'failed';

/** What one page says for or against a claim. */
export interface Evidence {
  stance: 'for' | 'against';
  /** An exact part of the page's text. */
  quote: string;
  /** Opens the page at it. */
  quoteUrl: string;
  place: Place | null;
  /** What the page has otherwise, where one figure, date, name or denial is it. */
  difference: Difference | null;
  page: Omit<CitedSource, 'number' | 'quote' | 'quoteUrl' | 'place'>;
}

export interface CheckedClaim {
  text: string;
  verdict: ClaimVerdict;
  /** Only of what was unchecked. */
  reason: UncheckedReason | null;
  /** What decided: one page, two of what is disputed, none of what was not found. */
  evidence: Evidence[];
  /** Whether the verdict is that of a model which read the pages. */
  isSecondOpinion: boolean;
}

/** All that is known about one checked message. Wording for a reader is the renderer's. */
export interface CheckReport {
  message: string;
  language: Language;
  /** In the order of the message. */
  claims: CheckedClaim[];
  /** Claims beyond those that are checked. */
  leftOut: number;
  /** True when the reader ended it before its end. */
  stopped: boolean;
  /** What did not work, one plain English sentence each; for operators. */
  degraded: string[];
  timingsMs: { total: number };
}

/** Why nothing was checked: the message states nothing, or is in a language that is not read. */
export type NothingToCheck = 'no-claim' | 'unsupported-language';

/** The way of a check, as it happens. The last event is `checked`, `nothing-to-check` or `failed`. */
export type CheckEvent =
  | { type: 'claims-found'; claims: FoundClaim[]; leftOut: number }
  /** In the order in which they are decided; `at` counts claims from 0. */
  | { type: 'claim-checked'; at: number; claim: CheckedClaim }
  | { type: 'checked'; report: CheckReport }
  | { type: 'nothing-to-check'; reason: NothingToCheck }
  | { type: 'failed'; error: unknown };

export interface CheckRequest {
  /** The message as it was forwarded. */
  message: string;
  /** Beginnings of addresses under which the message itself stands: they bear nothing out. */
  ownPages?: readonly string[];
}

export interface CheckOptions {
  /** Ends everything at once: the last event is `failed`. */
  signal: AbortSignal;
  /** The reader has seen enough: what is decided is reported, the rest is `unchecked`. */
  stopChecking?: AbortSignal;
}

/** Checks one message. Never throws: whatever fails ends in an event. */
export type Check = (request: CheckRequest, options: CheckOptions) => AsyncIterable<CheckEvent>;
