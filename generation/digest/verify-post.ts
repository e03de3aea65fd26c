import { createCitationStream } from '../../citations/citation-stream.ts';
import type { CitedSentence, CitedSource } from '../../citations/citation.ts';
import type { SecondOpinion } from '../../citations/claims/second-opinion.ts';
import { verifyAnswer } from '../../citations/verify-answer.ts';
import type { Passage } from '../../retrieval/passage.ts';
import { passageId } from '../../retrieval/passage-id.ts';
import { splitSentences } from '../../retrieval/text/sentences.ts';
import type { PostLine } from './digest-post.ts';
import type { Fact, FactTable } from './fact.ts';

export interface VerifiedLines {
  claims: CitedSentence[];
  sources: CitedSource[];
}

export interface VerifyLinesOptions {
  secondOpinion?: SecondOpinion | null;
  signal?: AbortSignal;
}

/** Checks each sentence of a post against the quotes of the facts that it was made from. */
export async function verifyLines(
  lines: readonly Pick<PostLine, 'text' | 'facts'>[],
  table: Pick<FactTable, 'pages' | 'subject'>,
  { secondOpinion = null, signal }: VerifyLinesOptions = {},
): Promise<VerifiedLines> {
  const passages: Passage[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (fact: Fact): number => {
    const key = `${fact.address}\n${fact.quote}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    passages.push(passageOf(fact, table, passages.length));
    numbers.set(key, passages.length);
    return passages.length;
  };
  const marked = lines.map(({ text, facts }) => {
    const markers = [...new Set(facts.map(numberOf))].map((number) => `[${number}]`).join('');
    return splitSentences(text.replaceAll(/[[\]]/gu, ''))
      .map((sentence) => `${sentence.text.replace(/[.:]$/u, '')}${markers}.`)
      .join('\n');
  });
  const stream = createCitationStream(passages);
  stream.push(marked.join('\n\n'));
  const cited = stream.finish();
  const { sentences, sources } = await verifyAnswer(cited, {
    ...(secondOpinion === null ? {} : { secondOpinion, passages }),
    ...(signal === undefined ? {} : { signal }),
  });
  return { claims: sentences, sources };
}

function passageOf(
  fact: Fact,
  { pages, subject }: Pick<FactTable, 'pages' | 'subject'>,
  position: number,
): Passage {
  const page = pages.find(
    ({ address, blocks }) =>
      address === fact.address && blocks.some(({ text }) => text.includes(fact.quote)),
  );
  return {
    id: passageId({ scope: 'web', url: fact.address, position }),
    pageUrl: fact.address,
    title: page?.title ?? '',
    site: page?.site ?? '',
    language: page?.language ?? 'other',
    publishedAt: page?.publishedAt ?? null,
    fetchedAt: page?.fetchedAt ?? '',
    heading: null,
    position,
    place: null,
    // What a quote leaves to the page around it: whom it speaks of, and the head of its table.
    text: [subject.name, fact.context ?? '', fact.quote].filter((line) => line !== '').join('\n'),
  };
}
