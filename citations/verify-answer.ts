import type { Passage } from '../retrieval/passage.ts';
import type { CitedAnswer } from './citation-stream.ts';
import type { Quote, Verdict } from './citation.ts';
import type { Claim } from './claims.ts';
import { attributionOf } from './claims/attribution.ts';
import { closestPassages } from './claims/closest-passages.ts';
import { measureOverlap, readOverlapText } from './claims/overlap.ts';
import { askSecondOpinion, type SecondOpinion } from './claims/second-opinion.ts';
import { correctCitations } from './correct-citations.ts';
import { findDifference, type Difference } from './find-difference.ts';
import { contains } from './matching.ts';
import { readPassage } from './passage-reading.ts';
import { placeOfQuote } from './place-of-quote.ts';
import { quoteAddress } from './quote-address.ts';
import { resolveCitations, type ResolvedAnswer } from './resolve.ts';
import { isFact, readStatement } from './statement.ts';
import { checkSupport, isCyrillic } from './support.ts';

/** How one sentence of a verified answer came to its verdict. */
export interface ClaimCheck {
  verdict: Verdict;
  /** The chance, 0 to 1, that what it cites carries it, by wording alone: see attributionOf. */
  likelihood: number;
  /** The exact sentence of a source that decided, or null where nothing was cited. */
  decidedBy: { source: number; quote: string } | null;
  /** What it has otherwise than that sentence; null where it is supported or no one thing is it. */
  difference: Difference | null;
  /** Whether it cited another page before. */
  isCorrected: boolean;
  /** Whether the verdict is a second opinion. */
  isSecondOpinion: boolean;
}

export interface VerifiedAnswer extends ResolvedAnswer {
  /** One for each sentence, in the same order. */
  checks: ClaimCheck[];
  /** Why a second opinion was asked for and not had; null otherwise. */
  opinionFault: unknown;
}

export interface VerifyOptions {
  /** All passages that were at hand; what a claim should have cited is looked for among them. */
  passages?: readonly Passage[];
  /** Asked about claims that their sources neither carry nor contradict by their words. */
  secondOpinion?: SecondOpinion;
  signal?: AbortSignal;
  deadlineMs?: number;
}

/**
 * Checks every claim of a finished answer against what it cites, then against the other passages: a
 * claim that one of those carries cites that one from then on. Never rejects for the second opinion's
 * sake.
 */
export async function verifyAnswer(
  cited: CitedAnswer,
  { passages = [], secondOpinion, signal, deadlineMs = 8_000 }: VerifyOptions = {},
): Promise<VerifiedAnswer> {
  const { cited: correct, corrected } = correctCitations(cited, findCorrections(cited, passages));
  const resolved = resolveCitations(correct);
  const checks = resolved.sentences.map(({ verdict, quotes }, at): ClaimCheck => {
    const [quote] = quotes;
    const before = cited.claims[at];
    return {
      verdict,
      likelihood: likelihoodOf(correct.claims[at]),
      decidedBy: quote === undefined ? null : { source: quote.source, quote: quote.quote },
      difference: differenceOf(correct.claims[at], verdict, quote?.quote),
      isCorrected: before !== undefined && corrected.has(before),
      isSecondOpinion: false,
    };
  });
  if (secondOpinion === undefined) return { ...resolved, checks, opinionFault: null };

  const doubtful = correct.claims.flatMap((claim, at) =>
    checks[at]?.verdict === 'partly' || checks[at]?.verdict === 'unsupported'
      ? [{ claim, at }]
      : [],
  );
  const { opinions, fault } = await askSecondOpinion(
    secondOpinion,
    doubtful.map(({ claim }) => ({ claim: claim.text, passages: citedTexts(claim) })),
    { deadlineMs, ...(signal === undefined ? {} : { signal }) },
  );
  doubtful.forEach(({ claim, at }, asked) => {
    const opinion = opinions[asked];
    const sentence = resolved.sentences[at];
    const check = checks[at];
    if (!opinion || !sentence || !check) return;
    // A judge may overlook a figure; comparing does not.
    if (opinion.verdict === 'supported' && hasForeignFact(claim)) return;
    sentence.verdict = opinion.verdict;
    sentence.support = supportOf[opinion.verdict];
    check.verdict = opinion.verdict;
    check.isSecondOpinion = true;
    const decisive = opinion.quote === null ? null : placeQuote(opinion.quote, claim);
    const decidingQuote = decisive?.quote ?? check.decidedBy?.quote;
    check.difference = differenceOf(claim, opinion.verdict, decidingQuote);
    if (decisive === null) return;
    sentence.quotes = sentence.quotes.map((quote) =>
      quote.source === decisive.source ? decisive : quote,
    );
    check.decidedBy = { source: decisive.source, quote: decisive.quote };
  });
  return { ...resolved, checks, opinionFault: fault };
}

// What comparing words gives at least, or at most, with each verdict.
const supportOf = { supported: 0.85, partly: 0.6, unsupported: 0.3, contradicted: 0.1 };

const wholeFrom = 0.95;

function findCorrections(
  { claims }: CitedAnswer,
  passages: readonly Passage[],
): { claim: Claim; passage: Passage }[] {
  if (passages.length === 0) return [];
  return claims.flatMap((claim) => {
    const own = claim.citations.flatMap((citation) => citation.passages);
    if (own.length === 0) return [];
    const before = checkSupport(claim.text, own);
    if (before.verdict === 'supported') return [];
    // A page that is about it and says otherwise outweighs one that says nearly all of it.
    const isAboutIt = before.verdict === 'partly' || before.verdict === 'contradicted';
    // Across languages words do not meet: what a page in the claim's own denies, no other one restores.
    const isOwn = ({ text }: Passage): boolean => isCyrillic(text) === isCyrillic(claim.text);
    const others = passages.filter(
      (passage) => !own.includes(passage) && (isOwn(passage) || !own.some(isOwn)),
    );
    const passage = closestPassages(claim.text, others).find((other) => {
      // What its title adds is not said of the same thing for sure.
      const evidence = isAboutIt ? { text: other.text, title: '', heading: null } : other;
      const { verdict, support } = checkSupport(claim.text, [evidence]);
      return verdict === 'supported' && (!isAboutIt || support >= wholeFrom);
    });
    return passage === undefined ? [] : [{ claim, passage }];
  });
}

function differenceOf(
  claim: Claim | undefined,
  verdict: Verdict,
  quote: string | undefined,
): Difference | null {
  if (claim === undefined || quote === undefined || verdict === 'supported') return null;
  const difference = findDifference(claim.text, quote);
  if (difference === null || difference.found !== null || difference.kind === 'negation') {
    return difference;
  }
  // What that sentence lacks may stand in another one.
  const stands = citedTexts(claim).some((text) => text.includes(difference.claimed));
  return stands ? null : difference;
}

function likelihoodOf(claim: Claim | undefined): number {
  if (claim === undefined || claim.citations.length === 0) return 0;
  const text = readOverlapText(citedTexts(claim).join('\n'));
  return attributionOf(measureOverlap(claim.text, text));
}

function citedTexts({ citations }: Claim): string[] {
  return citations.flatMap(({ passages }) => passages.map(({ text }) => text));
}

function hasForeignFact(claim: Claim): boolean {
  const readings = claim.citations.flatMap(({ passages }) => passages.map(readPassage));
  return readStatement(claim.text).terms.some(
    (term) => isFact(term) && !readings.some(({ whole }) => contains(whole, term)),
  );
}

function placeQuote(quote: string, { citations }: Claim): Quote | null {
  for (const { source, passages } of citations) {
    const passage = passages.find(({ text }) => text.includes(quote));
    if (passage === undefined) continue;
    const place = placeOfQuote(passage, quote);
    return { source, quote, quoteUrl: quoteAddress(passage, quote), place };
  }
  return null;
}
