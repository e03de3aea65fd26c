import { splitSentences } from '../../retrieval/text/sentences.ts';

/** Ends of the sentences after which another one has begun, each with the markers that follow it. */
export function completeSentenceEnds(text: string): number[] {
  const ends: number[] = [];
  for (const { end } of splitSentences(text).slice(0, -1)) {
    const rest = text.slice(end);
    // A marker that may still grow belongs to the sentence before it.
    if (/^\s*(?:[[【][\d\s,]*[\]】]\s*)*[[【][\d\s,]*$/u.test(rest)) break;
    const markers = rest.match(/^\s*(?:[[【][\d\s,]*[\]】]\s*)+/u)?.[0].trimEnd() ?? '';
    ends.push(end + markers.length);
  }
  return ends;
}

/**
 * What is left of a text that broke off somewhere: all up to the end of its last whole sentence, the
 * markers of that included; '' when there is none. A last sentence counts as whole once it has an end
 * mark and a marker: without one, a marker or the rest of a number may have been on its way.
 */
export function upToWholeSentence(text: string): string {
  const trimmed = text.trimEnd();
  const ends = completeSentenceEnds(trimmed);
  const last = trimmed.slice(ends.at(-1) ?? 0);
  if (endsWithMarker.test(last)) return trimmed;
  return trimmed.slice(0, ends.at(-1) ?? 0);
}

/** «… километров [2].», «… километров. [2][3]» */
const endsWithMarker = /[\]】]\s*[.!?…]+["'»”’)]*$|[.!?…]["'»”’)]*\s*(?:[[【][\d\s,]+[\]】]\s*)+$/u;
