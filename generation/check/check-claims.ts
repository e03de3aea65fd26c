import type { SecondOpinion } from '../../citations/claims/second-opinion.ts';
import { nextTurn } from '../../retrieval/next-turn.ts';
import type { Passage } from '../../retrieval/passage.ts';
import type { Retrieval, Retriever } from '../../retrieval/retrieve.ts';
import { reword } from '../../retrieval/search/reword.ts';
import { detectLanguage } from '../../retrieval/text/language.ts';
import { ModelError } from '../models/chat-model.ts';

import type { Check, CheckedClaim, CheckEvent, UncheckedReason } from './check-event.ts';
import { findClaims, type FoundClaim } from './find-claims.ts';
import { judgeClaim } from './judge-claim.ts';
import { lookAgain, type UndecidedClaim } from './second-look.ts';

export interface CheckClaimsOptions {
  retriever: Pick<Retriever, 'retrieve'>;
  /** Asked about claims that words alone do not decide. */
  secondOpinion?: SecondOpinion | null;
  /** Claims of one message that are checked. */
  maxClaims?: number;
  /** Claims that are looked up at once. */
  atOnce?: number;
  /** The longest that one claim may be looked up. */
  claimTimeoutMs?: number;
  opinionTimeoutMs?: number;
  onFailure?: (what: string, error: unknown) => void;
}

/**
 * Checks what a message states: each claim is searched for and laid beside what was read. Its words are
 * searched for and compared, and are never instructions to anyone.
 */
export function createCheck({
  retriever,
  secondOpinion = null,
  maxClaims = 5,
  atOnce = 2,
  claimTimeoutMs = 30_000,
  opinionTimeoutMs = 12_000,
  onFailure = () => {},
}: CheckClaimsOptions): Check {
  return async function* check({ message, ownPages = [] }, { signal, stopChecking }) {
    const startedAt = performance.now();
    const halted = stopChecking === undefined ? signal : AbortSignal.any([signal, stopChecking]);
    const degraded = new Set<string>();
    const language = detectLanguage(message);
    try {
      const { claims: found, leftOut } = findClaims(message, { limit: maxClaims });
      if (found.length === 0) {
        const reason = language === 'other' ? 'unsupported-language' : 'no-claim';
        yield { type: 'nothing-to-check', reason };
        return;
      }
      yield { type: 'claims-found', claims: found, leftOut };
      const checked = new Map<number, CheckedClaim>();
      const undecided: UndecidedClaim[] = [];
      for await (const one of inTurns(found, lookUp, atOnce)) {
        signal.throwIfAborted();
        if (one.claim.verdict === 'not-found' && secondOpinion !== null && !halted.aborted) {
          undecided.push(one);
        } else yield decided(one);
      }
      yield* decideRest(undecided);
      signal.throwIfAborted();
      const claims = found.map(({ text }, at) => checked.get(at) ?? unchecked(text, 'stopped'));
      const stopped = stopChecking?.aborted === true && claims.some(isStopped);
      const timingsMs = { total: performance.now() - startedAt };
      const report = { message, language, claims, leftOut, stopped, timingsMs };
      yield { type: 'checked', report: { ...report, degraded: [...degraded] } };

      function decided({ at, claim }: { at: number; claim: CheckedClaim }): CheckEvent {
        checked.set(at, claim);
        return { type: 'claim-checked', at, claim };
      }

      async function* decideRest(rest: readonly UndecidedClaim[]): AsyncGenerator<CheckEvent> {
        if (rest.length === 0 || secondOpinion === null) return;
        const options = { signal: halted, deadlineMs: opinionTimeoutMs };
        const look = await lookAgain(rest, secondOpinion, options);
        if (look.fault !== null && !halted.aborted) {
          onFailure('second opinion', look.fault);
          const why = look.fault instanceof ModelError ? look.fault.message : 'none was given';
          degraded.add(`second opinion: ${why}`);
        }
        const changed = new Map(look.decided.map(({ at, claim }) => [at, claim]));
        for (const { at, claim } of rest) yield decided({ at, claim: changed.get(at) ?? claim });
      }
    } catch (error) {
      if (!signal.aborted) onFailure('check', error);
      yield { type: 'failed', error };
    }

    /** Never rejects: one claim that cannot be looked up costs no other. */
    async function lookUp(
      { text, language: spoken }: FoundClaim,
      at: number,
    ): Promise<UndecidedClaim> {
      if (halted.aborted) return { at, claim: unchecked(text, 'stopped'), passages: [] };
      const late = new AbortController();
      const timer = setTimeout(() => late.abort(), claimTimeoutMs);
      try {
        const inTime = AbortSignal.any([halted, late.signal]);
        const first = await look({ question: text, language: spoken, bothLanguages: true }, inTime);
        const isOpen = first.hasRead && first.claim.verdict === 'not-found';
        const searchFor = isOpen ? reword(text) : null;
        if (searchFor === null) return { at, ...first };
        // What stands nowhere in its own words may stand in others.
        const asked = { question: text, language: spoken, searchFor, except: first.tried };
        const second = await look(asked, inTime).catch((error: unknown) => {
          if (late.signal.aborted && !halted.aborted) return null;
          throw error;
        });
        return { at, ...(second?.hasRead === true ? second : first) };
      } catch (error) {
        const isCut = halted.aborted || late.signal.aborted;
        if (!isCut) onFailure('claim', error);
        const reason = halted.aborted ? 'stopped' : late.signal.aborted ? 'too-late' : 'failed';
        return { at, claim: unchecked(text, reason), passages: [] };
      } finally {
        clearTimeout(timer);
      }
    }

    async function look(asked: Parameters<Retriever['retrieve']>[0], inTime: AbortSignal) {
      const retrieval = await retrieve(retriever, asked, { signal: inTime });
      for (const sentence of retrieval.degraded) degraded.add(sentence);
      const passages = retrieval.passages.filter((passage) => !isOwn(passage, ownPages));
      await nextTurn();
      const judged = judgeClaim(asked.question, passages);
      const reason = judged.verdict === 'not-found' ? whyUnread(retrieval) : null;
      const claim = reason === null ? judged : unchecked(asked.question, reason);
      return { claim, passages, tried: retrieval.tried, hasRead: retrieval.pagesRead > 0 };
    }
  };
}

async function retrieve(
  retriever: Pick<Retriever, 'retrieve'>,
  asked: Parameters<Retriever['retrieve']>[0],
  options: { signal: AbortSignal },
): Promise<Retrieval> {
  for await (const event of retriever.retrieve(asked, options)) {
    if (event.type === 'retrieved') return event.retrieval;
  }
  throw new Error('the retriever ended without a result');
}

/** Looks up so many at once and yields each as it is done. */
async function* inTurns<Item, Result extends { at: number }>(
  items: readonly Item[],
  work: (item: Item, at: number) => Promise<Result>,
  atOnce: number,
): AsyncGenerator<Result> {
  const underWay = new Map<number, Promise<Result>>();
  let next = 0;
  while (next < items.length || underWay.size > 0) {
    for (; underWay.size < atOnce && next < items.length; next += 1) {
      const item = items[next];
      if (item !== undefined) underWay.set(next, work(item, next));
    }
    const done = await Promise.race(underWay.values());
    underWay.delete(done.at);
    yield done;
  }
}

/** Nothing was found is said only where something could have been. */
function whyUnread({
  passages,
  pagesFound,
  pagesRead,
  searchFailed,
}: Retrieval): UncheckedReason | null {
  if (searchFailed) return 'search-failed';
  return pagesFound > 0 && pagesRead === 0 && passages.length === 0 ? 'nothing-read' : null;
}

function unchecked(text: string, reason: UncheckedReason): CheckedClaim {
  return { text, verdict: 'unchecked', reason, evidence: [], isSecondOpinion: false };
}

function isStopped({ reason }: CheckedClaim): boolean {
  return reason === 'stopped';
}

/** Whether a passage is of a page that the message itself comes from. */
function isOwn({ pageUrl }: Passage, ownPages: readonly string[]): boolean {
  const address = pageUrl.toLowerCase();
  return ownPages.some((own) => {
    const start = own.toLowerCase();
    return address === start || address.startsWith(`${start}/`) || address.startsWith(`${start}?`);
  });
}
