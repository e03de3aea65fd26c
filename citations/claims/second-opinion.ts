import type { Verdict } from '../citation.ts';

/** A claim that wording alone does not decide, with the texts that may. */
export interface DoubtfulClaim {
  claim: string;
  /** What it cites, closest first; never empty. */
  passages: readonly string[];
}

export interface Opinion {
  verdict: Exclude<Verdict, 'uncited'>;
  /** The sentence that decides, as the judge gives it: an exact part of one passage, or null. */
  quote: string | null;
}

/** Judges claims with more understanding than comparing words has: a model, for instance. */
export interface SecondOpinion {
  /**
   * All claims in one call: an opinion for each in the same order, null where there is none. Rejects
   * when it cannot judge, and when the signal aborts.
   */
  judge(
    claims: readonly DoubtfulClaim[],
    options: { signal: AbortSignal },
  ): Promise<readonly (Opinion | null)[]>;
}

/** What came of asking: opinions in the order of the claims, and why there are none. */
export interface OpinionsAsked {
  opinions: readonly (Opinion | null)[];
  fault: unknown;
}

/**
 * Asks within a deadline. A judge that fails, is late, or gives another number of opinions than there
 * are claims leaves every claim as it was; a quote that no passage has takes its opinion with it.
 */
export async function askSecondOpinion(
  judge: SecondOpinion,
  claims: readonly DoubtfulClaim[],
  { signal, deadlineMs }: { signal?: AbortSignal; deadlineMs: number },
): Promise<OpinionsAsked> {
  const none = claims.map(() => null);
  if (claims.length === 0) return { opinions: none, fault: null };
  const deadline = new AbortController();
  const timer = setTimeout(
    () => deadline.abort(new Error(`no second opinion within ${deadlineMs} ms`)),
    deadlineMs,
  );
  const both = AbortSignal.any([deadline.signal, ...(signal === undefined ? [] : [signal])]);
  try {
    const opinions = await Promise.race([judge.judge(claims, { signal: both }), rejectOn(both)]);
    if (opinions.length !== claims.length) {
      throw new Error(`${opinions.length} opinions on ${claims.length} claims`);
    }
    return { opinions: opinions.map((opinion, at) => sincere(opinion, claims[at])), fault: null };
  } catch (fault) {
    return { opinions: none, fault };
  } finally {
    clearTimeout(timer);
  }
}

function sincere(opinion: Opinion | null, claim: DoubtfulClaim | undefined): Opinion | null {
  if (opinion === null || claim === undefined) return null;
  const { quote } = opinion;
  if (
    quote !== null &&
    !claim.passages.some((passage) => quote !== '' && passage.includes(quote))
  ) {
    return null;
  }
  return opinion;
}

/** A judge may not heed the signal; the answer must not wait for it. */
function rejectOn(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  if (signal.aborted) reject(signal.reason);
  else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  return promise;
}
