import type { Passage } from '../retrieval/passage.ts';
import type { CitedAnswer } from './citation-stream.ts';
import { cutClaims, type Claim } from './claims.ts';
import type { PlacedCitation } from './number-sources.ts';

/** The passage that a claim is to cite instead of what it cites. */
export interface Correction {
  claim: Claim;
  passage: Passage;
}

/**
 * The answer with markers that point to the right pages, numbered anew by first appearance. A claim
 * whose markers cannot be told from another's is left as it is.
 */
export function correctCitations(
  cited: CitedAnswer,
  corrections: readonly Correction[],
): { cited: CitedAnswer; corrected: Set<Claim> } {
  const owners = new Map(cited.markers.map((marker) => [marker, ownerOf(marker, cited.claims)]));
  const corrected = new Set<Claim>();
  const replaced = new Map<PlacedCitation, Passage | null>();
  for (const { claim, passage } of corrections) {
    const own = cited.markers.filter((marker) => owners.get(marker) === claim);
    const isOwn = claim.citations.every(({ source }) => own.some((one) => one.source === source));
    if (own.length === 0 || !isOwn) continue;
    own.forEach((marker, at) => replaced.set(marker, at === 0 ? passage : null));
    corrected.add(claim);
  }
  if (corrected.size === 0) return { cited, corrected };

  const numbers = new Map<string, number>();
  const sources: Passage[][] = [];
  const markers: PlacedCitation[] = [];
  let answer = '';
  let from = 0;
  for (const marker of cited.markers) {
    const other = replaced.get(marker);
    const passages = other === undefined ? marker.passages : other === null ? [] : [other];
    const between = cited.answer.slice(from, marker.start);
    from = marker.end;
    const url = passages[0]?.pageUrl;
    if (url === undefined) {
      answer += between.trimEnd();
      continue;
    }
    const source = numbers.get(url) ?? numbers.size + 1;
    numbers.set(url, source);
    const listed = (sources[source - 1] ??= []);
    listed.push(...passages.filter((passage) => !listed.includes(passage)));
    answer += between;
    markers.push({
      source,
      passages,
      start: answer.length,
      end: answer.length + `[${source}]`.length,
    });
    answer += `[${source}]`;
  }
  answer += cited.answer.slice(from);
  const claims = cutClaims(answer, markers);
  return { cited: { answer, claims, sources, markers }, corrected };
}

/** As cutClaims gives them out: to the claim before the marker, or the first one. */
function ownerOf(marker: PlacedCitation, claims: readonly Claim[]): Claim | undefined {
  return claims.findLast(({ start }) => start < marker.start) ?? claims[0];
}
