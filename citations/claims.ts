import type { Passage } from '../retrieval/passage.ts';
import { splitSentences } from '../retrieval/text/sentences.ts';
import { isAsserted, toldBy } from './claims/asserted.ts';
import type { PlacedCitation } from './number-sources.ts';

/** What one claim cites of one source. */
export interface ClaimCitation {
  source: number;
  /** In order of appearance, never empty. */
  passages: Passage[];
}

/** One thing that the answer says: a sentence, a list item or a table row. */
export interface Claim {
  /** Without markers, list marks and emphasis; of «Знаете ли вы, что X?» it is X. */
  text: string;
  /** One for each source, in order of appearance. */
  citations: ClaimCitation[];
  /** Where its words stand in the answer, markers that come after them left out. */
  start: number;
  end: number;
}

/**
 * Cuts an answer into claims and gives each the markers that stand in it or after it. Headings,
 * lead-ins («Вот что известно:»), questions back and code claim nothing, unless they cite or state
 * something all the same: «**GPT-5 вышла в 2019 году**».
 */
export function cutClaims(answer: string, citations: readonly PlacedCitation[]): Claim[] {
  const claims: Claim[] = [];
  let unplaced: PlacedCitation[] = [];
  for (const line of linesOutsideCode(answer)) {
    const cited = citations.filter(({ start, end }) => start >= line.start && end <= line.end);
    const claimed = cutLine(answer, line, cited);
    if (claimed.length > 0) {
      // Markers on a line of their own belong to what was said last; at the very beginning, to what comes first.
      for (const claim of claimed.slice(0, 1)) addCitations(claim, unplaced);
      unplaced = [];
      claims.push(...claimed.filter((claim) => claim.citations.length > 0 || isAsserted(claim)));
      continue;
    }
    const last = claims.at(-1);
    if (last === undefined) unplaced.push(...cited);
    else addCitations(last, cited);
  }
  return claims.map(({ text, citations, start, end }) => ({
    text: toldBy(text),
    citations,
    start,
    end,
  }));
}

interface Line {
  start: number;
  end: number;
}

interface CutClaim extends Claim {
  isHeading: boolean;
}

function* linesOutsideCode(answer: string): Generator<Line> {
  let fence = '';
  let start = 0;
  for (const line of answer.split('\n')) {
    const run = /^[ \t]*(`{3,}|~{3,})/u.exec(line)?.[1] ?? '';
    if (fence === '') {
      if (run === '' || line.trim().slice(run.length).includes('`')) {
        yield { start, end: start + line.length };
      } else fence = run;
    } else if (run.startsWith(fence) && line.trim() === run) fence = '';
    start += line.length + 1;
  }
}

function cutLine(answer: string, whole: Line, cited: readonly PlacedCitation[]): CutClaim[] {
  // "1." at the beginning of a line is no sentence.
  const mark = /^\s*(?:>\s*)*(?:[-*•–—+]|\d{1,3}[.)])\s+/u.exec(
    answer.slice(whole.start, whole.end),
  );
  const line = { start: whole.start + (mark?.[0].length ?? 0), end: whole.end };
  const plain = withoutMarkers(answer, line, cited);
  const isHeading = /^\s*#{1,6}\s|^\s*(\*\*|__)[^*_]+\1:?\s*$/u.test(plain.text);
  const claims: CutClaim[] = [];
  const starts: number[] = [];
  for (const sentence of splitSentences(plain.text)) {
    const text = cleanText(sentence.text);
    if (!/[\p{L}\p{N}]/u.test(text)) continue;
    starts.push(sentence.start);
    const start = plain.toAnswer(sentence.start);
    const end = plain.toAnswer(sentence.end - 1) + 1;
    claims.push({ text, citations: [], start, end, isHeading });
  }
  cited.forEach((citation, index) => {
    const at = plain.markers[index] ?? 0;
    const owner = Math.max(
      0,
      starts.findLastIndex((start) => start < at),
    );
    const claim = claims[owner];
    if (claim !== undefined) addCitations(claim, [citation]);
  });
  return claims;
}

interface PlainLine {
  text: string;
  /** Where each marker stood, in the plain text. */
  markers: number[];
  toAnswer: (offset: number) => number;
}

function withoutMarkers(answer: string, line: Line, cited: readonly PlacedCitation[]): PlainLine {
  let text = '';
  let from = line.start;
  const markers: number[] = [];
  const pieces: { plain: number; answer: number }[] = [{ plain: 0, answer: from }];
  for (const { start, end } of cited) {
    const before = answer.slice(from, start);
    const followedByWord = /^[^\S\n]*[\p{L}\p{N}]/u.test(answer.slice(end, line.end));
    text += followedByWord ? before : before.trimEnd();
    markers.push(text.length);
    from = end;
    // «A [1] b» keeps one of its two spaces, «a[1]b» gets none.
    if (followedByWord && /\s$/u.test(text)) while (/\s/u.test(answer[from] ?? '')) from += 1;
    pieces.push({ plain: text.length, answer: from });
  }
  text += answer.slice(from, line.end);
  return {
    text,
    markers,
    toAnswer(offset) {
      const piece = pieces.findLast(({ plain }) => plain <= offset) ?? { plain: 0, answer: 0 };
      return piece.answer + offset - piece.plain;
    },
  };
}

function cleanText(text: string): string {
  return text
    .replace(/^(?:>\s*)*(?:#{1,6}\s+)?/u, '')
    .replace(/\*\*|__/gu, '')
    .replace(/^\|\s*|\s*\|$/gu, '')
    .trim();
}

function addCitations(claim: Claim, cited: readonly PlacedCitation[]): void {
  for (const { source, passages } of cited) {
    const known = claim.citations.find((citation) => citation.source === source);
    if (known === undefined) claim.citations.push({ source, passages: [...passages] });
    else known.passages.push(...passages.filter((passage) => !known.passages.includes(passage)));
  }
}
